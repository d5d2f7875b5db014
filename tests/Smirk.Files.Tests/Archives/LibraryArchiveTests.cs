using System.IO.Hashing;
using System.Text;
using Smirk.Files.Archives;
using Smirk.Files.Tests.Strip;

namespace Smirk.Files.Tests.Archives;

/// <summary>Archives that libarchive reads: packed by bsdtar and zip, and a RAR put together here.</summary>
public sealed class LibraryArchiveTests : IDisposable
{
    private static readonly byte[] One = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 5000)));
    private static readonly byte[] Two = "two"u8.ToArray();

    private readonly TemporaryFolder _folder = new();

    public LibraryArchiveTests()
    {
        _folder.Write("in/one.txt", One);
        _folder.Write("in/sub/two.txt", Two);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.7z", "--format=7zip")]
    [InlineData("a.cb7", "--format=7zip", "--options=7zip:compression=bzip2")]
    [InlineData("a.tar.xz", "--xz")]
    [InlineData("a.tar.bz2", "--bzip2")]
    [InlineData("a.tar.lzma", "--lzma")]
    [InlineData("a.tar.Z", "--compress")]
    [InlineData("a.tar.zst", "--zstd")]
    [InlineData("a.cbt", "--format=pax")]
    public void Packed_by_bsdtar_the_members_are_what_they_were(string name, params string[] options)
    {
        Pack("bsdtar", ["-C", _folder.File("in"), .. options, "-cf", _folder.File(name), "one.txt", "sub"]);
        Assert.True(ArchiveKinds.HasArchiveName(name));
        Assert.Equal(Expected, Read(name));
    }

    [Fact]
    public void A_zip_packed_with_bzip2_and_one_with_a_password()
    {
        Pack("sh", "-c", $"cd '{_folder.File("in")}' && zip -q -r -Z bzip2 ../b.zip . && zip -q -r -P secret ../c.zip .");
        Assert.Equal(Expected, Read("b.zip"));
        Assert.Equal(Expected, Read("c.zip", "secret"));
        Assert.All(Members("c.zip"), m => Assert.Equal(ArchiveFault.Encrypted, m.Refusal?.Fault));
        Assert.All(Members("c.zip"), m => Assert.Contains("--password", m.Refusal!.Words, StringComparison.Ordinal));
        Assert.All(Members("c.zip", "wrong"), m => Assert.True(m.Refusal is not null
            || ArchiveKinds.IsDamage(Assert.ThrowsAny<Exception>(() => m.Read!()))));
    }

    [Fact]
    public void A_zip_encrypted_with_AES_is_read_with_its_password()
    {
        Pack("bsdtar", "-C", _folder.File("in"), "--format=zip", "--options=zip:encryption=aes256", "--passphrase", "secret", "-cf",
            _folder.File("d.zip"), "one.txt", "sub");
        Assert.Equal(Expected, Read("d.zip", "secret"));
        Assert.All(Members("d.zip"), m => Assert.Equal(ArchiveFault.Encrypted, m.Refusal?.Fault));
    }

    [Theory]
    [InlineData("a.rar")]
    [InlineData("a.cbr")]
    public void A_RAR_gives_its_members_and_damage_is_told(string name)
    {
        var rar = Rar(("one.txt", One), ("sub/two.txt", Two));
        _folder.Write(name, rar);
        Assert.Equal(Expected, Read(name));
        _folder.Write(name, rar[..(rar.Length / 2)]);
        Assert.Contains(Members(name), m => m is ArchiveDamage || ArchiveKinds.IsDamage(Assert.ThrowsAny<Exception>(() => m.Read!())));
    }

    [Fact]
    public void Bombs_and_names_that_climb_out_are_refused()
    {
        _folder.Write("in/zeros", new byte[30_000_000]);
        Pack("bsdtar", "-C", _folder.File("in"), "--format=7zip", "-cf", _folder.File("z.7z"), "zeros", "one.txt");
        Assert.Equal(ArchiveFault.Bomb, Members("z.7z").OfType<ArchiveDamage>().Single().Refusal!.Fault);
        Pack("bsdtar", "-C", _folder.File("in"), "--xz", "-cf", _folder.File("z.tar.xz"), "zeros", "one.txt");
        var caught = Assert.ThrowsAny<Exception>(() => Members("z.tar.xz").ForEach(m => m.Read?.Invoke()));
        Assert.Equal(ArchiveFault.Bomb, ArchiveKinds.Reason(caught).Fault);
        _folder.Write("up.rar", Rar(("../one.txt", One)));
        Assert.Equal(ArchiveFault.UnsafeName, Assert.Single(Members("up.rar")).Refusal!.Fault);
    }

    [Fact]
    public void Nothing_that_is_changed_or_cut_short_does_more_than_damage()
    {
        var rar = Rar(("one.txt", One[..200]), ("two.txt", Two));
        for (var at = 0; at < rar.Length; at++)
        {
            var broken = rar.ToArray();
            broken[at] ^= 0x55;
            foreach (var bytes in new[] { broken, rar[..at] })
            {
                _folder.Write("x.rar", bytes);
                if (ArchiveKinds.Open(_folder.File("x.rar")) is not { } archive)
                    continue;
                foreach (var member in archive.Members(new ArchiveLimits()))
                {
                    try
                    {
                        member.Read?.Invoke();
                    }
                    catch (Exception error) when (ArchiveKinds.IsDamage(error))
                    {
                    }
                }
            }
        }
    }

    private static Dictionary<string, string> Expected => new()
    {
        ["one.txt"] = Encoding.ASCII.GetString(One),
        ["sub/two.txt"] = "two",
    };

    private Dictionary<string, string> Read(string name, string? password = null)
    {
        var found = new Dictionary<string, string>();
        foreach (var member in ArchiveKinds.Open(_folder.File(name), password)!.Members(new ArchiveLimits()))
        {
            Assert.Null(member.Refusal);
            found.Add(member.Name, Encoding.ASCII.GetString(member.Read!()));
        }

        return found;
    }

    private List<ArchiveMember> Members(string name, string? password = null)
    {
        var members = new List<ArchiveMember>();
        foreach (var member in ArchiveKinds.Open(_folder.File(name), password)!.Members(new ArchiveLimits()))
        {
            // A member's bytes are there until the next one only.
            byte[]? bytes = null;
            Exception? failed = null;
            try
            {
                bytes = member.Read?.Invoke();
            }
            catch (Exception error)
            {
                failed = error;
            }

            members.Add(member with { Read = member.Read is null ? null : () => bytes ?? throw failed! });
        }

        return members;
    }

    private static void Pack(string program, params string[] arguments) => Assert.SkipWhen(
        StripFolder.Run(program, arguments) is null, $"{program} (apt: libarchive-tools, zip) isn't here or can't pack this");

    // RAR 4, stored: marker, archive header, files, end.
    private static byte[] Rar(params (string Name, byte[] Bytes)[] files)
    {
        List<byte> rar = [.. "Rar!\u001A\u0007\0"u8, .. Block(0x73, 0, new byte[6])];
        foreach (var (name, bytes) in files)
        {
            rar.AddRange(Block(0x74, 0x8000,
            [
                .. Planted.LittleEndian(bytes.Length), .. Planted.LittleEndian(bytes.Length), 3,
                .. Planted.LittleEndian((int)Crc32.HashToUInt32(bytes)), 0, 0, 0x21, 0x28, 20, 0x30, (byte)name.Length, 0,
                .. Planted.LittleEndian(0x81A4), .. Encoding.ASCII.GetBytes(name),
            ]));
            rar.AddRange(bytes);
        }

        return [.. rar, .. Block(0x7B, 0x4000, [])];
    }

    private static byte[] Block(byte type, int flags, byte[] content)
    {
        byte[] head = [type, (byte)flags, (byte)(flags >> 8), (byte)(content.Length + 7), 0, .. content];
        var crc = Crc32.HashToUInt32(head);
        return [(byte)crc, (byte)(crc >> 8), .. head];
    }
}
