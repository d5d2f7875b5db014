using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Hashing;
using System.Text;
using Smirk.Dataset.Import;
using Smirk.Workspace;

namespace Smirk.Dataset.Tests.Import;

/// <summary>No picture is lost because of its name, or of another member's header.</summary>
public sealed class MemberNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gbk12.zip", 12, "春天.png")]
    [InlineData("same-name.zip", 2, "a (2).png")]
    [InlineData("far-date.tar.gz", 2, "far.png")]
    public void Members_of_the_archives_that_lost_some_are_all_taken(string name, int count, string member)
    {
        var names = Taken(Path.Combine(TestData.Require("faults"), name));
        Assert.Equal(count, names.Count);
        Assert.Contains($"{name}!{member}", names);
    }

    [Fact]
    public void A_member_with_a_wrong_CRC_is_refused_by_name()
    {
        File.Copy(Path.Combine(TestData.Require("faults"), "bad-crc.zip"), _folder.File("in/a.zip"));
        WriteZip(
            "in/b.zip",
            [("bad.png"u8.ToArray(), DrawnPictures.Png(1), []), ("good.png"u8.ToArray(), DrawnPictures.Png(2), [])], wrongCrc: 0);
        using var workspace = SmirkWorkspace.Open(_folder.File("ws"));
        var result = new ImportStage(workspace).Run(new ImportOptions { Sources = [_folder.File("in")] });
        Assert.Equal(1, result.Counts.Out);
        Assert.Equal(["a.zip!a.jpg", "b.zip!bad.png"], result.Refused.Select(r => Path.GetFileName(r.Path)));
        Assert.All(result.Refused, r => Assert.Contains("CRC", r.Reason));
    }

    [Theory]
    [InlineData(932, "画像.png 横顔のスケッチ.png わらう.jpg")]
    [InlineData(936, "春天.png 微笑.png 夏天的风.jpg")]
    [InlineData(949, "웃는얼굴.png 사진하나.png 우리가족여름휴가.jpg")]
    [InlineData(950, "微笑的臉.png 夏天照片.png 我們的貓.jpg")]
    [InlineData(866, "улыбка.png Летний день.png фото.jpg")]
    [InlineData(1251, "улыбка.png Летний день.png фото.jpg")]
    [InlineData(850, "Müller.png été à la plage.png niño.jpg")]
    [InlineData(1252, "Müller.png été à la plage.png niño.jpg")]
    public void Names_in_a_legacy_code_page_are_read_by_what_fits_them(int codePage, string names)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;
        var expected = names.Replace(".png ", ".png|", StringComparison.Ordinal).Split('|');
        WriteZip("a.zip", [.. expected.Select((n, i) => (encoding.GetBytes(n), DrawnPictures.Png(i + 1), Array.Empty<byte>()))]);
        Assert.Equal(expected.Select(n => $"a.zip!{n}").Order(), Taken(_folder.File("a.zip")).Order());
    }

    [Fact]
    public void The_Unicode_field_of_a_member_is_believed_unless_it_belongs_to_another_name()
    {
        byte[] gbk = [0xB4, 0xBA, 0xCC, 0xEC, (byte)'.', (byte)'p', (byte)'n', (byte)'g'];
        WriteZip(
            "a.zip",
            [(gbk, DrawnPictures.Png(1), UnicodeField(gbk, "ухмылка.png")),
                (gbk, DrawnPictures.Png(2), UnicodeField("x"u8, "other.png"))]);
        Assert.Equal(["a.zip!ухмылка.png", "a.zip!春天.png"], Taken(_folder.File("a.zip")));
    }

    [Fact]
    public void A_tar_with_a_ruined_header_far_dates_and_equal_names_gives_all_other_members()
    {
        var (path, deep) = (_folder.File("a.tar"), new string('d', 150));
        using (var tar = new TarWriter(File.Create(path), TarEntryFormat.Gnu))
        {
            for (var i = 0; i < 5; i++)
            {
                var name = i switch { 3 => $"{deep}/3.png", 4 => "0.png", _ => $"{i}.png" };
                var data = new MemoryStream(DrawnPictures.Png(i + 1));
                tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
            }
        }

        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf("1.png"u8)] ^= 1;
        var far = bytes.AsSpan(bytes.AsSpan().IndexOf("2.png"u8), 512);
        far[136..148].Fill(0xFF);
        far[136] = 0x80;
        Encoding.ASCII.GetBytes("        ").CopyTo(far[148..]);
        var sum = 0;
        foreach (var value in far)
            sum += value;
        Encoding.ASCII.GetBytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(far[148..]);
        File.WriteAllBytes(path, bytes);
        string[] expected = ["a.tar!0 (2).png", "a.tar!0.png", "a.tar!2.png", $"a.tar!{deep}/3.png"];
        Assert.Equal(expected, Taken(path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_and_archives_below_folders_whose_names_are_no_UTF8_are_read()
    {
        WriteZip("one.zip", [("m.png"u8.ToArray(), DrawnPictures.Png(1), [])]);
        _folder.Write("two.png", DrawnPictures.Png(2));
        _folder.Write("three.png", DrawnPictures.Png(3));
        Shell.Run(_folder.Path, @"g=$'in/\xb4\xba\xcc\xec'; mkdir -p ""$g"" in/春天
            mv one.zip ""$g""; mv two.png ""$g/a.png""; mv three.png in/春天/a.png");
        string[] expected = ["春天/a (2).png", "春天/a.png", "春天/one.zip!m.png"];
        Assert.Equal(expected, Taken(_folder.File("in")).Order(StringComparer.Ordinal));
        Assert.Equal(expected, Taken(_folder.File("in")).Order(StringComparer.Ordinal));
    }

    private List<string> Taken(string source)
    {
        using var workspace = SmirkWorkspace.Open(_folder.File("ws"));
        new ImportStage(workspace).Run(new ImportOptions { Sources = [source] });
        Assert.Equal(workspace.Catalog.Files.All().Count(f => f.PictureId is not null), workspace.Catalog.Pictures.All().Count);
        return [.. workspace.Catalog.Files.All().Where(f => f.PictureId is not null).Select(f => f.Path)];
    }

    private static byte[] UnicodeField(ReadOnlySpan<byte> name, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var field = new byte[9 + utf8.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(field, 0x7075);
        BinaryPrimitives.WriteUInt16LittleEndian(field.AsSpan(2), (ushort)(5 + utf8.Length));
        field[4] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(field.AsSpan(5), Crc32.HashToUInt32(name));
        utf8.CopyTo(field, 9);
        return field;
    }

    // .NET writes no names in other encodings beside each other, and no extra fields: a plain ZIP file by hand, members stored.
    private void WriteZip(string name, (byte[] Name, byte[] Bytes, byte[] Extra)[] members, int wrongCrc = -1)
    {
        using var file = new MemoryStream();
        var directory = new MemoryStream();
        for (var i = 0; i < members.Length; i++)
        {
            var (memberName, bytes, extra) = members[i];
            var head = new byte[26];
            head[0] = 20;
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(10), Crc32.HashToUInt32(bytes) ^ (i == wrongCrc ? 1u : 0));
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(14), bytes.Length);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(18), bytes.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(22), (ushort)memberName.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(24), (ushort)extra.Length);
            var place = new byte[14];
            BinaryPrimitives.WriteInt32LittleEndian(place.AsSpan(10), (int)file.Position);
            directory.Write([.. "PK\x01\x02"u8, 20, 0, .. head, .. place, .. memberName, .. extra]);
            file.Write([.. "PK\x03\x04"u8, .. head, .. memberName, .. extra, .. bytes]);
        }

        var end = new byte[18];
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(4), (ushort)members.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(6), (ushort)members.Length);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(8), (int)directory.Length);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), (int)file.Position);
        file.Write([.. directory.ToArray(), .. "PK\x05\x06"u8, .. end]);
        _folder.Write(name, file.ToArray());
    }
}
