using System.Globalization;
using System.Text;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Finding;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Files;
using Smirk.Workspace.Pages;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop.Report;

/// <summary>A page of its own (no other files, no network) that shows every picture's boxes, the crops by doubt, and what was dropped
/// why.</summary>
/// <param name="nameOf">What a workspace's picture is called, by its row; null for files.</param>
public sealed class CropReport(Func<long, string>? nameOf = null)
{
    // A browser still scrolls a page of so many; beyond, the doubtful ones are what one wants to see.
    private const int MostPictures = 2000;
    private const string Stage = "crop: report";
    private const int ThumbnailSide = 360;
    private const int CropSide = 128;
    internal const int SampleSize = 24;

    private const string Style = """
        article {
          display: flex; flex-wrap: wrap; gap: 12px; border-top: 1px solid var(--line); padding: 12px 0; font-size: 14px;
          line-height: 1.4;
        }
        .picture { position: relative; flex: none; align-self: flex-start; } .picture img, figure img { display: block; }
        svg { position: absolute; inset: 0; width: 100%; height: 100%; }
        rect { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; }
        .kept { stroke: #0a0; } .dropped { stroke: #d22; } .cut { stroke: #08f; stroke-dasharray: 4 3; }
        figure { margin: 0; width: 128px; font-size: 12px; } figure.out img { opacity: .45; }
        h3 { font-size: 14px; margin: 0 0 4px; overflow-wrap: anywhere; } article p { margin: 0; }
        .text { flex: 0 0 240px; } .why { color: var(--accent); }
        dl { display: grid; grid-template-columns: auto 1fr; gap: 0 6px; margin: 2px 0; color: var(--dim); }
        dd { margin: 0; text-align: right; }
        """;

    private readonly PictureLoader _loader = new();

    /// <summary>Writes index.html into <paramref name="folder"/> and returns its path.</summary>
    public string Write(IReadOnlyList<CroppedFile> files, string folder, IProgress<StageProgress>? progress = null,
        CancellationToken cancel = default)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "index.html");
        var shown = files.OrderByDescending(Doubt).Take(MostPictures).OrderBy(Doubt).ToList();
        AtomicFile.Write(path, stream =>
        {
            using var page = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            page.Write(Head(files, shown.Count));
            var (doubtful, done) = (false, 0);
            foreach (var file in shown)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new StageAdvanced(Stage, done++, shown.Count, "pictures"));
                if (!doubtful && Doubt(file) > 1)
                    page.Write("<h2 id=\"doubtful\">Doubtful</h2>\n");
                doubtful |= Doubt(file) > 1;
                WriteFile(page, file);
            }

            page.Write(HtmlPage.End);
        });
        return path;
    }

    /// <summary>Writes index.html with 24 crops taken evenly from all and the 24 most doubtful, as pictures with their boxes; returns its
    /// path.</summary>
    public string WriteSample(
        IReadOnlyList<CroppedFile> files, string folder, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        var chosen = files.Where(f => f.Chosen > 0).ToList();
        var doubtful = chosen.OrderByDescending(Doubt).Take(SampleSize).OrderBy(Doubt).ToList();
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "index.html");
        AtomicFile.Write(path, stream =>
        {
            using var page = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
            page.Write(Head(files, files.Count));
            var done = 0;
            foreach (var (title, part) in new[] { ("An even sample", EvenSample.Of(chosen, SampleSize)), ("The most doubtful", doubtful) })
            {
                page.Write($"<h2{(part == doubtful ? " id=\"doubtful\"" : "")}>{title}</h2>");
                foreach (var file in part)
                {
                    cancel.ThrowIfCancellationRequested();
                    progress?.Report(new StageAdvanced(Stage, done++, null, "pictures"));
                    WriteFile(page, file);
                }
            }

            page.Write(HtmlPage.End);
        });
        return path;
    }

    // What raises no question is least, then comes what was dropped or refused, then what is chosen but doubtful.
    private static double Doubt(CroppedFile file)
    {
        if (file.Found is not { Crops.Count: > 0 } found)
            return 0.05;
        var chosen = found.Crops.Where(c => c.IsChosen).Select(c => c.Rank.Doubt).DefaultIfEmpty(0).Max();
        return chosen > 0 ? 1 + chosen : found.Crops.Any(c => !c.IsChosen) ? 0.5 : 0;
    }

    private static string Head(IReadOnlyList<CroppedFile> files, int shown)
    {
        var crops = files.SelectMany(f => f.Found?.Crops ?? []).ToList();
        var dropped = crops.Where(c => !c.IsChosen).GroupBy(c => c.Rank.Dropped).OrderByDescending(g => g.Count())
            .Select(g => $"{g.Count()} {CropWords.Count(g.Key!)}").ToList();
        var refused = files.Count(f => f.Refused is not null);
        var without = files.Count(f => f.Found is { Faces.Count: 0 });
        var text =
            $"{Counted.Of(files.Count, "picture")}, {Counted.Of(crops.Count(c => c.IsChosen), "crop")} "
                + $"({crops.Count(c => c.IsChosen && c.Rank.Doubt > 0)} doubtful)"
            + (dropped.Count > 0 ? $"; dropped: {string.Join(", ", dropped)}" : "")
                + $"; {Counted.Of(without, "picture")} without a face, {refused} refused."
            + (shown < files.Count ? $" The {shown} most doubtful are shown." : "");
        var last = crops.Any(c => c.IsChosen && c.Rank.Doubt > 0) ? "<a href=\"#doubtful\">last</a>" : "last";
        return HtmlPage.Begin("Crops", "78rem", Style) + $"""
            <h1>Crops</h1><p>{HtmlPage.Text(text)} Green: the face of a crop that is used; red: of one that was dropped; blue: the crop.
            The most doubtful come {last}.</p>

            """;
    }

    private void WriteFile(StreamWriter page, CroppedFile file)
    {
        page.Write(
            $"<article><div class=\"text\"><h3>{HtmlPage.Text(file.Path)}</h3><p>"
                + $"{HtmlPage.Text(file.Refused is null ? CropWords.Of(file.Found!, nameOf) : file.Reason)}</p></div>");
        if (file.Found is { } found)
        {
            try
            {
                _loader.Use(File.ReadAllBytes(file.Stored ?? file.Path), picture =>
                {
                    WritePicture(page, picture, found);
                    return 0;
                });
            }
            catch (Exception error) when (error is IOException or UnusablePictureException)
            {
                page.Write("<p>The file is gone or has changed since.</p>");
            }
        }

        page.Write("</article>\n");
    }

    private void WritePicture(StreamWriter page, Picture picture, PictureCrops found)
    {
        var scale = Math.Min(1, ThumbnailSide / (double)Math.Max(picture.Width, picture.Height));
        var (width, height) = (Math.Max(1, (int)(picture.Width * scale)), Math.Max(1, (int)(picture.Height * scale)));
        page.Write(
            $"<div class=\"picture\" style=\"width:{width}px\">{Image(picture.Resize(width, height), 75)}<svg viewBox=\"0 0 {found.Width} "
                + $"{found.Height}\">");
        foreach (var crop in found.Crops)
        {
            if (found.Faces.Count > 0)
                page.Write(Box(crop.IsChosen ? "kept" : "dropped", crop.Recipe.X, crop.Recipe.Y, crop.Recipe.Width, crop.Recipe.Angle));
            var (x, y) = crop.Recipe.Centre;
            if (crop.IsChosen)
                page.Write(Box("cut", x - (crop.Recipe.Side / 2), y - (crop.Recipe.Side / 2), crop.Recipe.Side, crop.Recipe.Angle));
        }

        page.Write("</svg></div>");
        var seen = new SeenPicture(picture, found.Width, found.Height);
        foreach (var crop in found.Crops)
            page.Write(Figure(seen.ToSeen(crop.Recipe).Cut(picture, CropSide), crop));
    }

    private static string Box(string kind, double x, double y, double side, double angle) => string.Create(
        CultureInfo.InvariantCulture,
        $"<rect class=\"{kind}\" x=\"{x:0}\" y=\"{y:0}\" width=\"{side:0}\" height=\"{side:0}\" transform=\"rotate({angle:0.#} "
            + $"{x + (side / 2):0} {y + (side / 2):0})\"/>");

    private string Figure(Picture cut, FoundCrop crop)
    {
        var m = crop.Measures;
        var why = crop.Rank.Reasons.Count == 0 ? ""
            : $"<div class=\"why\">{HtmlPage.Text(string.Join("; ", CropWords.Of(crop.Rank, nameOf)))}</div>";
        var score = m.Score is { } s ? string.Create(CultureInfo.InvariantCulture, $"<dt>score</dt><dd>{s:0.00}</dd>") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<figure{(crop.IsChosen ? "" : " class=\"out\"")}>{Image(cut, 85)}<figcaption>"
            + $"{(crop.IsChosen ? "" : $"<b>dropped: {CropWords.Count(crop.Rank.Dropped!)}</b>")}{why}<dl>{score}<dt>face</dt><dd>"
                + $"{m.Face:0} px</dd>"
            + $"<dt>sharpness</dt><dd>{m.Sharpness:0.00}</dd><dt>contrast</dt><dd>{m.Contrast:0}</dd></dl></figcaption></figure>");
    }

    internal static string Image(Picture picture, int quality) =>
        HtmlPage.Image(PictureWriter.Jpeg(picture, quality), "jpeg", "",
            $"width=\"{picture.Width}\" height=\"{picture.Height}\" loading=\"lazy\"");
}
