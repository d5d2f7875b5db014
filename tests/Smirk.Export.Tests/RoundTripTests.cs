using FsCheck;
using FsCheck.Fluent;
using Smirk.Dataset.Import;
using Smirk.Dataset.Pack;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Packs;

namespace Smirk.Export.Tests;

/// <summary>What is exported and imported again is what it was: pixels, captions, classes and boxes.</summary>
public sealed class RoundTripTests
{
    // What each layout has room for beside pixels.
    public static TheoryData<ExportFormat, bool, bool, bool> Formats => new()
    {
        { ExportFormat.Folder, true, true, true },
        { ExportFormat.ImageFolder, true, true, true },
        { ExportFormat.Kohya, true, false, false },
        { ExportFormat.Parquet, true, true, true },
        { ExportFormat.WebDataset, true, true, true },
        { ExportFormat.Coco, false, false, true },
        { ExportFormat.Yolo, false, false, true },
        { ExportFormat.StyleGan, false, true, false },
        { ExportFormat.Npz, false, true, false },
        { ExportFormat.Idx, false, true, false },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_format_comes_back(ExportFormat format, bool captions, bool labels, bool boxes) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3),
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), seed =>
        {
            using var folder = new TemporaryFolder();
            Draw(folder, new Random(seed.Get), isSquare: format is ExportFormat.StyleGan or ExportFormat.Npz or ExportFormat.Idx);
            var file = format switch { ExportFormat.StyleGan => "out.zip", ExportFormat.Npz => "out.npz", _ => "out" };
            var options = new ExportOptions
            {
                Output = Path.Combine(folder.Path, file),
                Format = format,
                Labels = labels ? "metadata:label" : "none",
                Split = format is ExportFormat.Folder or ExportFormat.Kohya or ExportFormat.StyleGan ? 0 : 0.3,
            };
            using (var workspace = SmirkWorkspace.Open(folder.File("ws")))
            {
                new PackStage(workspace).Run(new PackOptions { Size = 32 });
                new ExportStage(workspace).Run(options);
            }

            using (var back = SmirkWorkspace.Open(folder.File("back")))
            {
                var result = new ImportStage(back).Run(new ImportOptions { Sources = [options.Output] });
                Assert.Empty(result.Refused);
            }

            var isPacked = format is ExportFormat.StyleGan or ExportFormat.Npz or ExportFormat.Idx;
            Assert.Equal(
                Facts(folder.File("ws"), captions, labels, boxes, isPacked, format == ExportFormat.Idx),
                Facts(folder.File("back"), captions, labels, boxes, false, format == ExportFormat.Idx));
        }));

    private static void Draw(TemporaryFolder folder, Random random, bool isSquare)
    {
        var count = random.Next(4, 9);
        for (var i = 0; i < count; i++)
        {
            var (width, height) = isSquare ? (32, 32) : (random.Next(33, 90), random.Next(33, 90));
            folder.Write($"in/{i}.png", PictureWriter.Png(SmallSet.Draw(random.Next(200), width, height)));
            File.WriteAllText(folder.File($"in/{i}.json"), $$"""{"label": "{{(i < 2 ? i : random.Next(2))}} of two"}""");
            if (random.Next(3) > 0)
                File.WriteAllText(folder.File($"in/{i}.txt"), $"a \"drawn\" picture, {i}, with ümlauts");
        }

        using var workspace = SmirkWorkspace.Open(folder.File("ws"));
        new ImportStage(workspace).Run(new ImportOptions { Sources = [folder.File("in")] });
        if (isSquare)
            return;
        foreach (var picture in workspace.Catalog.Pictures.All().Where(_ => random.Next(3) > 0))
        {
            for (var box = random.Next(1, 3); box > 0; box--)
            {
                var (x, y) = (random.Next(picture.Width - 16), random.Next(picture.Height - 16));
                workspace.Catalog.Crops.Add(new CropRow(0, picture.Id, x, y, random.Next(8, 16), random.Next(8, 16), 1,
                    random.Next(2) == 0 ? "face" : "hand", "smirk"));
            }
        }
    }

    private static List<string> Facts(string folder, bool captions, bool labels, bool boxes, bool packed, bool isGrey)
    {
        using var workspace = SmirkWorkspace.OpenToRead(folder);
        var notes = workspace.Catalog.Notes.All();
        var crops = workspace.Catalog.Crops.Chosen().ToLookup(c => c.PictureId);
        var files = workspace.Catalog.Files.All().Where(f => f.PictureId is not null).ToLookup(f => f.PictureId!.Value);
        var sources = workspace.Catalog.Sources.All().ToDictionary(s => s.Id);
        var facts = new List<string>();
        foreach (var picture in workspace.Catalog.Pictures.Kept())
        {
            var file = files[picture.Id].First();
            var said = notes.GetValueOrDefault(file.Id);
            var pixels = PictureReader.Decode(workspace.Pictures.Read(picture.Sha256));
            var label = said?.GetValueOrDefault("label") ?? new PackRow(0, picture.Sha256,
                SourcePaths.Full(sources[file.SourceId], file.Path), sources[file.SourceId].Path).Folder;
            facts.Add(string.Join(" | ",
                SmallSet.Fingerprint(isGrey ? Grey(pixels) : pixels),
                captions ? said?.GetValueOrDefault("text") : "",
                labels ? label : "",
                boxes ? string.Join(';', crops[picture.Id].Select(c => $"{c.X} {c.Y} {c.Width} {c.Height} {c.Label}").Order()) : ""));
        }

        facts.Sort(StringComparer.Ordinal);
        return facts;
    }

    private static Picture Grey(Picture picture)
    {
        var pixels = new byte[picture.Pixels.Length];
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var p = picture.Pixels;
            pixels[i] = pixels[i + 1] = pixels[i + 2] = (byte)(((299 * p[i]) + (587 * p[i + 1]) + (114 * p[i + 2]) + 500) / 1000);
        }

        return new Picture(picture.Width, picture.Height, pixels);
    }
}
