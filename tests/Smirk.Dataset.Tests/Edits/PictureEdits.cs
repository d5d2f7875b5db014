using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;

namespace Smirk.Dataset.Tests.Edits;

/// <summary>Edits by name. Each takes its strength from the generator it is given, within what people do.</summary>
internal static class PictureEdits
{
    private static readonly Dictionary<string, Func<Picture, Random, Picture>> Edits = new()
    {
        ["recompress"] =
            (p, r) => PictureReader.Decode(r.Next(3) == 0 ? PictureWriter.WebP(p, r.Next(30, 80)) : PictureWriter.Jpeg(p, r.Next(30, 85))),
        ["resize"] = GeometryEdits.Resize,
        ["crop"] = GeometryEdits.Crop,
        ["rotate"] = GeometryEdits.Rotate,
        ["mirror"] = (p, _) => p.MirrorHorizontally(),
        ["border"] = LayoutEdits.Border,
        ["caption"] = LayoutEdits.Caption,
        ["screenshot"] = LayoutEdits.Screenshot,
        ["phone"] = PhonePhoto.Take,
        ["tone"] = ToneEdits.Tone,
    };

    /// <summary>The edits there are.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Edits.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The picture after the edit <paramref name="name"/>.</summary>
    public static Picture Apply(string name, Picture picture, Random random) => Edits[name](picture, random);

    /// <summary>The picture after several edits, in order; names are joined by "+".</summary>
    public static Picture ApplyAll(string names, Picture picture, Random random) =>
        names.Split('+').Aggregate(picture, (edited, name) => Apply(name, edited, random));

    /// <summary>A number between <paramref name="from"/> and <paramref name="to"/>.</summary>
    internal static double Between(this Random random, double from, double to) => from + ((to - from) * random.NextDouble());
}
