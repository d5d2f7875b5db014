using Smirk.Drawing.Faces;
using Smirk.Drawing.Planting;
using Smirk.Drawing.Variants;
using Smirk.Imaging.Formats;
using Smirk.Workspace.Seeds;

namespace Smirk.Drawing;

/// <summary>One face, and the files that show it.</summary>
/// <param name="Index">0, 1, 2…</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Format">JPEG, PNG or WebP.</param>
/// <param name="Quality">For JPEG and WebP, 1 to 100.</param>
/// <param name="Metadata">The seed of the original's metadata; null for none.</param>
/// <param name="Path">The original's path in the pile.</param>
/// <param name="Copies">Paths of byte-for-byte copies.</param>
/// <param name="MetadataCopies">Paths of copies with metadata of their own.</param>
internal sealed record PlannedFace(
    int Index, int Width, int Height, PictureFormat Format, int Quality, int? Metadata, string Path, IReadOnlyList<string> Copies,
        IReadOnlyList<string> MetadataCopies)
{
    /// <summary>The face's name in the truth.</summary>
    public string Source => $"face{Index:0000}";
}

/// <summary>Which files a drawn pile has. Decided before anything is drawn.</summary>
internal sealed record DrawPlan(IReadOnlyList<PlannedFace> Faces, IReadOnlyList<PlannedJunk> Junk, IReadOnlyList<PlannedVariants> Variants)
{
    /// <summary>Plans the pile.</summary>
    public static DrawPlan Decide(DrawOptions options)
    {
        if (options.Style != DrawStyle.Faces)
            return new DrawPlan([.. Enumerable.Range(0, options.Count).Select(index => Plain(options, index))], [], []);
        var names = new PileNames(new Random(Derive(options, "names")));
        var faces = new List<PlannedFace>(options.Count);
        for (var index = 0; index < options.Count; index++)
            faces.Add(Decide(options, index, new Random(Derive(options, $"file {index}")), names));
        return new DrawPlan(faces, BrokenFiles.Decide(new Random(Derive(options, "junk")), names),
            [.. Enumerable.Range(0, options.Variants).Select(set => new PlannedVariants(set, Derive(options, $"variants {set}")))]);
    }

    /// <summary>The seed that face <paramref name="index"/> is made up from.</summary>
    public static int FaceSeed(DrawOptions options, int index) => Derive(options, $"face {index}");

    /// <summary>What the truth file says of this plan.</summary>
    public DrawTruth Truth(DrawOptions options, bool complete)
    {
        var files = new SortedDictionary<string, DrawTruthFile>(StringComparer.Ordinal);
        foreach (var face in Faces)
        {
            files.Add(face.Path, new DrawTruthFile(face.Source, "original"));
            foreach (var path in face.Copies)
                files.Add(path, new DrawTruthFile(face.Source, "exact"));
            foreach (var path in face.MetadataCopies)
                files.Add(path, new DrawTruthFile(face.Source, "metadata"));
        }

        foreach (var set in Variants)
        {
            for (var number = 0; number < VariantSets.Pictures; number++)
            {
                files.Add(set.Path(number), new DrawTruthFile(set.Source(number), "original"));
                files.Add(set.ResavedPath(number), new DrawTruthFile(set.Source(number), "recompress"));
            }
        }

        foreach (var junk in Junk)
            files.Add(junk.Path, new DrawTruthFile(null, "junk", junk.Why));
        return new DrawTruth(options.Seed, options.Count, options.Size, options.Variants, complete, files) { Style = options.Style };
    }

    // What a style shows is in its pixels: JPEG would blur them, another size would too.
    private static PlannedFace Plain(DrawOptions options, int index) =>
        new(index, options.Size, options.Size, PictureFormat.Png, 100, null,
            $"{options.Style.ToString().ToLowerInvariant()}-{index:00000}.png", [], []);

    private static PlannedFace Decide(DrawOptions options, int index, Random random, PileNames names)
    {
        var side = options.Size * random.Pick(0.9, 1.0, 1.0, 1.0, 1.25, 1.5);
        // Most people crop to squares; the rest is a little wider or taller, the face in its middle.
        var (wider, taller) = random.NextDouble() switch
        {
            < 0.7 => (1.0, 1.0),
            < 0.85 => (random.Between(1.1, 1.5), 1.0),
            _ =>
            (1.0, random.Between(1.1, 1.4))
        };
        var format = random.Pick(PictureFormat.Jpeg, PictureFormat.Jpeg, PictureFormat.Jpeg, PictureFormat.Png, PictureFormat.Png,
            PictureFormat.WebP);
        var metadata = random.Chance(1 / 3.0) ? random.Next() : (int?)null;
        // Reposts: one face in ten again, byte for byte; one in thirty with other metadata.
        var copies = random.NextDouble() switch { < 0.02 => 2, < 0.105 => 1, _ => 0 };
        var others = random.Chance(1 / 30.0) ? 1 : 0;
        return new PlannedFace(
            index,
            (int)Math.Round(side * wider),
            (int)Math.Round(side * taller),
            format,
            random.Next(82, 96),
            metadata,
            names.Next(format),
            [.. Enumerable.Range(0, copies).Select(_ => names.Next(format))],
            [.. Enumerable.Range(0, others).Select(_ => names.Next(format))]);
    }

    private static int Derive(DrawOptions options, string purpose) => unchecked((int)Seed.Derive(options.Seed, "draw " + purpose));
}
