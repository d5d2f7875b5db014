using Smirk.Dataset.Near.Hashes;
using Smirk.Imaging.Reading;

namespace Smirk.Dataset.Tests.Near;

public class PdqHasherTests
{
    // Upstream's own tolerance between its implementations.
    private const int Tolerance = 16;

    [Fact]
    public void Hash_agrees_with_the_reference_hashes()
    {
        var distances = References("pdq_py_expected.csv").Concat(References("PDQMD5TestData.csv"))
            .Select(reference => Compute(reference.Path).Hash.Distance(reference.Hash)).ToList();

        Assert.True(distances.Count > 20, $"only {distances.Count} references");
        Assert.All(distances, d => Assert.InRange(d, 0, Tolerance));
        Assert.True(distances.Count(d => d <= 4) > distances.Count / 2, "most are within 4 bits");
    }

    [Fact]
    public void HashDihedral_agrees_with_hashing_the_turned_and_flipped_pictures()
    {
        var plane = PlaneOf(Path.Combine(TestData.Require("pdq"), "dih", "bridge-1-original.jpg"));
        var hashes = PdqHasher.HashDihedral(plane, out _);
        var references = References("pdq_py_expected.csv").Where(r => r.Path.Contains("/dih/", StringComparison.Ordinal))
            .OrderBy(r => r.Path, StringComparer.Ordinal).ToList();

        Assert.Equal(8, references.Count);
        for (var i = 0; i < 8; i++)
            Assert.InRange(hashes[i].Distance(references[i].Hash), 0, 24);
        Assert.Equal(PdqHasher.Hash(plane).Hash, hashes[(int)Dihedral.Original]);
    }

    [Fact]
    public void Parse_reads_what_ToString_writes()
    {
        const string text = "d8f8f0cce0f4a84f0e370a22028f67f0b36e2ed596623e1d33e6b39c4e9c9b22";
        Assert.Equal(text, Hash256.Parse(text).ToString());
        Assert.Throws<FormatException>(() => Hash256.Parse("12"));
    }

    private static PdqResult Compute(string path) => PdqHasher.Hash(PlaneOf(path));

    private static LuminancePlane PlaneOf(string path)
    {
        var picture = PictureReader.DecodeFile(path);
        return LuminancePlane.FromRgb(picture.Width, picture.Height, picture.Pixels);
    }

    private static IEnumerable<(string Path, Hash256 Hash)> References(string file)
    {
        var root = TestData.Require("pdq");
        foreach (var line in File.ReadLines(Path.Combine(root, "refs", file)))
        {
            var columns = line.Split(',');
            var path = Path.Combine(root, columns[0].Replace("reg-test-input/", "", StringComparison.Ordinal)
                .Replace("../../../../data/", "", StringComparison.Ordinal));
            if (columns[1].Length == 64 && File.Exists(path))
                yield return (path, Hash256.Parse(columns[1]));
        }
    }
}
