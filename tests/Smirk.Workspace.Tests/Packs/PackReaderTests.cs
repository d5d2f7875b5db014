using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Workspace.Tests.Packs;

public sealed class PackReaderTests
{
    private const int Size = 256;

    // The first number of pictures of 256×256 whose bytes an int can't count.
    private const int Over2Gigabytes = 10_923;

    [Fact]
    public void Pack_of_more_than_2_GB_is_read_in_chunks_to_its_last_byte()
    {
        using var folder = new TemporaryFolder();
        var pack = Sparse(folder, Over2Gigabytes, claimed: Over2Gigabytes);
        using (var file = new FileStream(Path.Combine(pack, PackFolder.Pixels), FileMode.Open))
        {
            file.Seek(-1, SeekOrigin.End);
            file.WriteByte(7);
        }

        using var reader = PackReader.Open(pack);
        var (rows, last, longest) = (0, (byte)0, 0);
        var fingerprint = reader.Read((first, pixels) =>
        {
            Assert.Equal(rows, first);
            rows += pixels.Length / (3 * Size * Size);
            (last, longest) = (pixels[^1], Math.Max(longest, pixels.Length));
        });
        Assert.Equal((Over2Gigabytes, (byte)7), (rows, last));
        Assert.InRange(longest, 1, 20_000_000);
        Assert.Matches("^[0-9a-f]{64}$", fingerprint);
    }

    [Fact]
    public void Pack_whose_header_promises_more_than_its_file_holds_is_refused()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<UnusableInputException>(() => PackReader.Open(Sparse(folder, 10, claimed: Over2Gigabytes)));
        Assert.Contains("cut short", error.Message);
    }

    [Theory]
    [InlineData(ElementType.U8, new long[] { 4, 3, 8, 9 })]
    [InlineData(ElementType.U8, new long[] { 4, 2, 8, 8 })]
    [InlineData(ElementType.U8, new long[] { 4, 3, 0, 0 })]
    [InlineData(ElementType.F32, new long[] { 4, 3, 8, 8 })]
    [InlineData(ElementType.U8, new long[] { 4, 192 })]
    public void Tensor_of_another_shape_or_type_is_named(ElementType type, long[] shape)
    {
        using var folder = new TemporaryFolder();
        PackFolder.Write(folder.Path, new TensorToWrite(PackFolder.TensorName, type, shape, new byte[TensorInfo.BytesOf(type, shape)]),
            new Dictionary<string, string>(), Lines(4));
        Assert.Contains("expected U8 [N, 1 or 3, S, S]", Assert.Throws<UnusableInputException>(() => PackReader.Open(folder.Path)).Message);
    }

    [Theory]
    [InlineData("{\"row\":0", "line 1, is damaged")]
    [InlineData("null", "line 1, is damaged")]
    [InlineData("{\"row\":0}", "line 1, is damaged")]
    [InlineData("{\"row\":1,\"picture\":\"a\"}", "row 1 where row 0 was expected")]
    public void Damaged_line_of_pack_jsonl_is_named(string line, string expected)
    {
        using var folder = new TemporaryFolder();
        var pack = Small(folder, "pack", [1, 2]);
        File.WriteAllText(Path.Combine(pack, PackFolder.Lines), line + "\n");
        Assert.Contains(expected, Assert.Throws<UnusableInputException>(() => PackReader.Open(pack)).Message);
    }

    [Fact]
    public void Fingerprint_changes_with_pixels_crops_and_groups_and_not_with_where_files_lie()
    {
        using var folder = new TemporaryFolder();
        var rows = new[] { new PackRow(0, "a", "/here/a.png", "/here", "a"), new PackRow(1, "b", "/here/b.png", "/here", "b") };
        var original = Fingerprint([1, 2], rows);
        Assert.Equal(original, Fingerprint([1, 2], [.. rows.Select(row => row with { File = "/there/x.png", Source = "/there" })]));
        Assert.NotEqual(original, Fingerprint([1, 3], rows));
        Assert.NotEqual(original, Fingerprint([1, 2], [rows[0] with { Crop = [0, 0, 8, 8] }, rows[1]]));
        Assert.NotEqual(original, Fingerprint([1, 2], [rows[0], rows[1] with { Group = "a" }]));
        Assert.NotEqual(original, Fingerprint([1, 2], [rows[0], rows[1] with { Picture = "c" }]));

        string Fingerprint(byte[] values, PackRow[] lines)
        {
            using var reader = PackReader.Open(Small(folder, Guid.NewGuid().ToString(), values, lines));
            return reader.Read((_, _) => { });
        }
    }

    [Fact]
    public void Aspect_is_read_from_the_header_and_changes_the_fingerprint_where_it_isnt_1_to_1()
    {
        using var folder = new TemporaryFolder();
        var (square, oblong, wrong) = (Open("square", null), Open("oblong", "2:3"), Small(folder, "wrong", [1], aspect: "5:1"));
        Assert.Equal((Aspect.Square, "2:3"), (square.Aspect, $"{oblong.Aspect}"));
        Assert.NotEqual(square.Fingerprint, oblong.Fingerprint);
        Assert.Contains("smirk.aspect is \"5:1\"", Assert.Throws<UnusableInputException>(() => PackReader.Open(wrong)).Message);

        // As it was told before packs had an aspect.
        var pixels = Convert.ToHexStringLower(SHA256.HashData([.. Enumerable.Repeat((byte)1, 3 * 8 * 8)]));
        var before = $"pack 2: 1 of 3 x 8 x 8, {pixels}\npicture0   \n";
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before))), square.Fingerprint);

        (Aspect Aspect, string Fingerprint) Open(string name, string? aspect)
        {
            using var reader = PackReader.Open(Small(folder, name, [1], [new PackRow(0, "picture0")], aspect));
            return (reader.Aspect, reader.Read((_, _) => { }));
        }
    }

    // Pictures of 8×8 pixels, each in one value.
    private static string Small(TemporaryFolder folder, string name, byte[] values, PackRow[]? rows = null, string? aspect = null)
    {
        var pack = Path.Combine(folder.Path, name);
        var pixels = values.SelectMany(value => Enumerable.Repeat(value, 3 * 8 * 8)).ToArray();
        var tensor = new TensorToWrite(PackFolder.TensorName, ElementType.U8, [values.Length, 3, 8, 8], pixels);
        var metadata = aspect is null ? [] : new Dictionary<string, string> { [PackFolder.AspectKey] = aspect };
        PackFolder.Write(pack, tensor, metadata, rows is null ? Lines(values.Length) : PackLines.Text(rows));
        return pack;
    }

    // A pack whose pixels take no room on the disk: the file is a header and a hole.
    private static string Sparse(TemporaryFolder folder, int rows, int claimed)
    {
        var end = claimed * 3L * Size * Size;
        var header = Encoding.ASCII.GetBytes(
            $$$"""{"pictures":{"dtype":"U8","shape":[{{{claimed}}},3,{{{Size}}},{{{Size}}}],"data_offsets":[0,{{{end}}}]}}""");
        using (var file = new FileStream(folder.File("big/" + PackFolder.Pixels), FileMode.Create))
        {
            var length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            file.Write(length);
            file.Write(header);
            file.SetLength(8 + header.Length + (rows * 3L * Size * Size));
        }

        File.WriteAllText(folder.File("big/" + PackFolder.Lines), Lines(claimed));
        return Path.Combine(folder.Path, "big");
    }

    private static string Lines(int count) => PackLines.Text(Enumerable.Range(0, count).Select(i => new PackRow(i, $"picture{i}")));
}
