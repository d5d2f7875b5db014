using System.Globalization;

namespace Smirk.Dataset.Crop.Ranking;

/// <summary>Whether a crop is fit to learn from.</summary>
/// <param name="Dropped">A short word for the counts ("small", "flat", "grey" …) when it is dropped; null when it is kept.</param>
/// <param name="Doubt">0 for none; crops are listed by it.</param>
/// <param name="Reasons">What is wrong with it, in words; empty when nothing is.</param>
public sealed record CropRank(string? Dropped, double Doubt, IReadOnlyList<string> Reasons)
{
    // Below this there is nothing to see: an even area with some grain.
    private const double FlatContrast = 8;

    /// <summary>The rank of a crop with these measures.</summary>
    public static CropRank Of(CropMeasures measures, CropOptions options)
    {
        var reasons = new List<string>();
        string? dropped = null;
        double doubt = 0;

        // What can't be used, and what the person wants dropped.
        Drop("small", measures.Face < options.MinFace && measures.Score is not null, $"the face has {Number(measures.Face)} pixels, fewer than {options.MinFace}");
        Drop("flat", measures.Contrast < FlatContrast, "it is flat: nothing to see");
        Drop("grey", measures.Colour < options.Drop.Grey, "it is monochrome");
        Drop("blurry", measures.Sharpness < options.Drop.Blurry, $"it is blurred or enlarged (sharpness {Number(measures.Sharpness)})");
        Drop("small", measures.Face < options.Drop.Small, $"the face has {Number(measures.Face)} pixels");
        Drop("dark", measures.Brightness < options.Drop.Dark, "it is dark");

        // What makes one look twice. The weights only order the list.
        var usual = DropRules.Usual;
        Doubt(measures.Score < 0.75, 4 * (0.75 - (measures.Score ?? 1)), $"the detector is not sure (score {Number(measures.Score ?? 1)})");
        Doubt(measures.Face < usual.Small && measures.Score is not null, 0.4, "the face is small");
        Doubt(measures.Sharpness < usual.Blurry, 0.8, "it is blurred or enlarged");
        Doubt(measures.Outside > 0.1, measures.Outside, $"{measures.Outside * 100:0} % of it lie outside the picture and are reflected");
        Doubt(measures.Colour < usual.Grey, 0.5, "it is monochrome");
        Doubt(measures.Brightness < usual.Dark, 0.5, "it is dark");
        Doubt(measures.Blown + measures.Crushed > 0.5, 0.4, "more than half of it is blown out or black");
        Doubt(measures.Text > 0.25, 0.6, "there seems to be text over it");
        Doubt(measures.Blocks > 1.35, 0.4, "compression blocks show");
        return new CropRank(dropped, doubt, [.. reasons.Distinct(StringComparer.Ordinal)]);

        void Drop(string kind, bool when, string reason)
        {
            if (!when)
                return;
            dropped ??= kind;
            reasons.Add(reason);
        }

        void Doubt(bool when, double weight, string reason)
        {
            if (!when)
                return;
            doubt += weight;
            if (dropped is null)
                reasons.Add(reason);
        }
    }

    private static string Number(double value) => value.ToString(value < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);
}
