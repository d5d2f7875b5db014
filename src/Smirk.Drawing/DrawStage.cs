using Smirk.Drawing.Faces;
using Smirk.Drawing.Planting;
using Smirk.Drawing.Styles;
using Smirk.Drawing.Variants;
using Smirk.Imaging;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Drawing;

/// <summary>Draws a pile of cartoon faces with a smirk, as messy as a real one: several formats and sizes, metadata, copies, broken files. Or plain pictures of another style.</summary>
public static class DrawStage
{
    /// <summary>The stage's name.</summary>
    public const string Name = "draw";

    /// <summary>Draws into <paramref name="folder"/>, unless the same pile is there; an interrupted one is finished.</summary>
    /// <exception cref="UsageException">An option is out of its range.</exception>
    /// <exception cref="UnusableInputException">The folder holds something else.</exception>
    public static DrawResult Run(DrawOptions options, string folder, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var plan = DrawPlan.Decide(options);
        var wasThere = IsThere(options, folder);
        if (!wasThere)
            Draw(options, plan, folder, progress, cancel);

        var counts = new StageCounts(options.Count, options.Count, new Dictionary<string, long>(), Named(options.Style));
        progress?.Report(new StageEnded(Name, counts));
        var (copies, metadataCopies) = (plan.Faces.Sum(f => f.Copies.Count), plan.Faces.Sum(f => f.MetadataCopies.Count));
        return new DrawResult(counts, folder, DrawTruth.PathFor(folder), options.Count + copies + metadataCopies + plan.Junk.Count + (plan.Variants.Count * VariantSets.Pictures * 2), copies, metadataCopies, plan.Junk.Count, wasThere);
    }

    // Drawing may overwrite only what drawing with the same options has written.
    private static bool IsThere(DrawOptions options, string folder)
    {
        var truth = DrawTruth.Read(folder);
        if (truth is null)
        {
            return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
                ? throw new UnusableInputException($"{folder} isn't empty, and what is in it wasn't drawn by smirk draw. Choose a folder that doesn't exist yet.")
                : false;
        }

        if ((truth.Style, truth.Seed, truth.Originals, truth.Size, truth.Variants) != (options.Style, options.Seed, options.Count, options.Size, options.Variants))
        {
            throw new UnusableInputException(
                $"{folder} holds a pile drawn with other options: {truth.Originals} {Named(truth.Style)}, seed {truth.Seed}, size {truth.Size}, {truth.Variants} variant sets, "
                + $"not {options.Count} {Named(options.Style)}, {options.Seed}, {options.Size}, {options.Variants}. Choose another folder, or delete it and {DrawTruth.PathFor(folder)}.");
        }

        return truth.Complete && truth.Files.Keys.All(f => File.Exists(Path.Combine(folder, f)));
    }

    private static void Draw(DrawOptions options, DrawPlan plan, string folder, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        foreach (var subfolder in options.Style == DrawStyle.Faces ? PileNames.Folders : [])
            Directory.CreateDirectory(Path.Combine(folder, subfolder));
        AtomicFile.Write(DrawTruth.PathFor(folder), plan.Truth(options, complete: false).ToJson());

        var done = 0;
        AllCores.For(plan.Faces.Count, AllCores.Threads(0), cancel, i =>
        {
            DrawFace(options, plan.Faces[i], folder);
            progress?.Report(new StageAdvanced(Name, Interlocked.Increment(ref done), plan.Faces.Count, Named(options.Style)));
        });
        if (plan.Variants.Count > 0)
            Directory.CreateDirectory(Path.Combine(folder, PlannedVariants.Folder));
        AllCores.For(plan.Variants.Count, AllCores.Threads(0), cancel, i => DrawVariants(plan.Variants[i], folder));
        foreach (var junk in plan.Junk)
            File.WriteAllBytes(Path.Combine(folder, junk.Path), junk.Bytes);
        AtomicFile.Write(DrawTruth.PathFor(folder), plan.Truth(options, complete: true).ToJson());
    }

    private static void DrawFace(DrawOptions options, PlannedFace face, string folder)
    {
        var random = new Random(DrawPlan.FaceSeed(options, face.Index));
        var picture = options.Style == DrawStyle.Faces ? FacePainter.Paint(TraitSampler.Sample(random), face.Width, face.Height) : StylePainter.Paint(options.Style, random, face.Width);
        var bytes = Encode(picture, face);
        var original = face.Metadata is { } seed ? MetadataPlanter.Plant(bytes, face.Format, face.Width, face.Height, new Random(seed)) : bytes;
        foreach (var path in (string[])[face.Path, .. face.Copies])
            File.WriteAllBytes(Path.Combine(folder, path), original);
        foreach (var path in face.MetadataCopies)
            File.WriteAllBytes(Path.Combine(folder, path), MetadataPlanter.Plant(bytes, face.Format, face.Width, face.Height, new Random(~face.Index)));
    }

    private static void DrawVariants(PlannedVariants set, string folder)
    {
        var random = new Random(set.Seed);
        var variants = VariantSets.Draw(set.Set, random);
        for (var number = 0; number < variants.Count; number++)
        {
            File.WriteAllBytes(Path.Combine(folder, set.Path(number)), PictureWriter.Png(variants[number].Picture));
            File.WriteAllBytes(Path.Combine(folder, set.ResavedPath(number)), PictureWriter.Jpeg(variants[number].Picture, random.Next(70, 95)));
        }
    }

    private static string Named(DrawStyle style) => style.ToString().ToLowerInvariant();

    private static byte[] Encode(Picture picture, PlannedFace face) => face.Format switch
    {
        PictureFormat.Png => PictureWriter.Png(picture),
        PictureFormat.WebP => PictureWriter.WebP(picture, face.Quality),
        _ => PictureWriter.Jpeg(picture, face.Quality),
    };
}
