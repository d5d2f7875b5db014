using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;
using Smirk.Files.Archives;
using Smirk.Imaging.Reading;

namespace Smirk.Files.Tests.Archives;

/// <summary>Pictures in tables and arrays: NumPy, Parquet, CSV.</summary>
public sealed class ArrayArchiveTests
{
    [Fact]
    public void Digits_in_a_table_come_with_and_without_a_head()
    {
        using var folder = new TemporaryFolder();
        var values = string.Join(',', Enumerable.Range(0, 784).Select(i => i % 256));
        var head = string.Join(',', Enumerable.Range(0, 784).Select(i => $"pixel{i}"));
        File.WriteAllText(folder.File("a.csv"), $"label,{head}\n7,{values}\n");
        File.WriteAllText(folder.File("b.csv"), $"3,{values}\r\n4,{values}");
        Assert.Equal(["7/00000.png"], Names(folder.File("a.csv")));
        Assert.Equal(["3/00000.png", "4/00001.png"], Names(folder.File("b.csv")));
        var picture = PictureReader.Decode(ArchiveKinds.Open(folder.File("b.csv"))!.Members(new ArchiveLimits()).First().Read!());
        Assert.Equal((32, 32, 28), (picture.Width, picture.Height, picture.Crop(2, 2, 28, 28).Pixels[28 * 3]));
        File.WriteAllText(folder.File("c.csv"), "name,price\nchair,3\n");
        Assert.Null(ArchiveKinds.Open(folder.File("c.csv")));
        File.WriteAllText(folder.File("d.csv"), $"3,{values}\n4,{values},1\n");
        Assert.Contains("line 2", Damage(folder.File("d.csv")));
    }

    [Fact]
    public void Arrays_of_other_kinds_are_passed_over_and_damaged_ones_are_told_of()
    {
        using var folder = new TemporaryFolder();
        Npz(folder.File("a.npz"), ("x.npy", "|u1", "(2, 8, 8)", 128), ("y.npy", "<i4", "(2,)", 8), ("weights.npy", "<f4", "(3,)", 12));
        Assert.Equal(["x/0/00000.png", "x/0/00001.png"], Names(folder.File("a.npz")));
        Npz(folder.File("b.npz"), ("x.npy", "|u1", "(2, 8, 8)", 100));
        Assert.Contains("cut short", Damage(folder.File("b.npz")));
        Npz(folder.File("c.npz"), ("x.npy", "|u1", "(2, 8, 8)", 128), ("y.npy", "<i4", "(3,)", 12));
        Assert.Contains("labels of the pictures beside it", Damage(folder.File("c.npz")));
        Npz(folder.File("d.npz"), ("x.npy", "|u1", "(9999999, 8, 8)", 128));
        Assert.Contains("too large", Damage(folder.File("d.npz")));
        File.WriteAllBytes(folder.File("e.npz"), [(byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0, 0, 0]);
        Assert.Contains("damaged", Damage(folder.File("e.npz")));
    }

    [Fact]
    public async Task Tables_with_a_column_of_bytes_come_with_their_other_columns()
    {
        using var folder = new TemporaryFolder();
        var (bytes, number, text) = (new DataField<byte[]>("jpg"), new DataField<int?>("number"), new DataField<string>("caption"));
        await using (var stream = File.Create(folder.File("a.parquet")))
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(bytes, number, text), stream, cancellationToken:
                TestContext.Current.CancellationToken);
            using var group = writer.CreateRowGroup();
            byte[][] pictures = [[1, 2], [3]];
            string[] captions = ["of one", "of two"];
            int?[] numbers = [5, null];
            await group.WriteAsync(bytes, pictures);
            await group.WriteAsync<int>(number, numbers.AsMemory());
            await group.WriteAsync(text, captions);
        }

        var members = ArchiveKinds.Open(folder.File("a.parquet"))!.Members(new ArchiveLimits()).ToList();
        Assert.Equal(["00000.png", "00000.json", "00001.png", "00001.json"], members.Select(m => m.Name));
        Assert.Equal([1, 2], members[0].Read!());
        Assert.Equal("""{"number":"5","caption":"of one"}""", Encoding.UTF8.GetString(members[1].Read!()));
        Assert.Equal("""{"caption":"of two"}""", Encoding.UTF8.GetString(members[3].Read!()));

        // Cut anywhere it is damaged, and nothing worse.
        var whole = File.ReadAllBytes(folder.File("a.parquet"));
        foreach (var length in (int[])[4, 20, whole.Length / 2, whole.Length - 1])
        {
            File.WriteAllBytes(folder.File("cut.parquet"), whole[..length]);
            Assert.StartsWith("damaged", Damage(folder.File("cut.parquet")));
        }

        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            byte[] broken = [.. whole];
            for (var k = 0; k < 4; k++)
                broken[random.Next(4, broken.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(folder.File("cut.parquet"), broken);
            foreach (var member in ArchiveKinds.Open(folder.File("cut.parquet"))!.Members(new ArchiveLimits()))
                member.Read?.Invoke();
        }
    }

    private static IEnumerable<string> Names(string path) =>
        [.. ArchiveKinds.Open(path)!.Members(new ArchiveLimits()).Select(m => m.Refusal is null ? m.Name : m.Refusal.Words)];

    private static string Damage(string path) =>
        ArchiveKinds.Open(path)!.Members(new ArchiveLimits()).OfType<ArchiveDamage>().Single().Reason.Words;

    private static void Npz(string path, params (string Name, string Type, string Shape, int Bytes)[] arrays)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, type, shape, bytes) in arrays)
        {
            using var stream = zip.CreateEntry(name).Open();
            var head = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
            stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)head.Length, 0, .. Encoding.ASCII.GetBytes(head), .. new byte[bytes]]);
        }
    }
}
