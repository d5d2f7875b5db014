using Smirk.Drawing.Faces;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Edits;

/// <summary>One encoded file of a labelled pile.</summary>
/// <param name="Face">Which face it shows; the same number means the same picture.</param>
/// <param name="Edit">"original", an edit's name, or several joined by "+".</param>
/// <param name="Bytes">JPEG, PNG or WebP.</param>
internal sealed record EditedFile(int Face, string Edit, byte[] Bytes);

/// <summary>Piles of drawn faces and edited reposts of them.</summary>
internal static class EditedFiles
{
    /// <summary><paramref name="faces"/> originals, and of each <paramref name="edits"/> edited copies; every third copy has two
    /// edits.</summary>
    public static IEnumerable<EditedFile> Make(int faces, int edits, int seed, int side = 256)
    {
        for (var face = 0; face < faces; face++)
        {
            var random = new Random(HashCode(seed, face));
            var original = FacePainter.Paint(TraitSampler.Sample(new Random(HashCode(~seed, face))), side, side);
            yield return new EditedFile(face, "original", Encode(original, random));
            for (var i = 0; i < edits; i++)
            {
                var first = PictureEdits.Names[random.Next(PictureEdits.Names.Count)];
                var names = i % 3 == 2 ? $"{first}+{Another(first, random)}" : first;
                yield return new EditedFile(face, names, Encode(PictureEdits.ApplyAll(names, original, random), random));
            }
        }
    }

    private static string Another(string first, Random random)
    {
        var others = PictureEdits.Names.Where(n => n != first).ToList();
        return others[random.Next(others.Count)];
    }

    private static byte[] Encode(Picture picture, Random random) => random.Next(4) switch
    {
        0 => PictureWriter.Png(picture),
        1 => PictureWriter.WebP(picture, random.Next(70, 95)),
        _ => PictureWriter.Jpeg(picture, random.Next(75, 96)),
    };

    // System.HashCode differs from process to process.
    private static int HashCode(int seed, int face) => unchecked((seed * 1_000_003) ^ (face * 7919));
}
