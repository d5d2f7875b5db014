using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Crop.Ranking;

/// <summary>Whether a crop is fit to learn from.</summary>
/// <param name="Dropped">The code of the <see cref="CropFault"/> that drops it ("small", "flat", "grey" …); null when it is kept.</param>
/// <param name="Doubt">0 for none; crops are listed by it.</param>
/// <param name="Reasons">What is wrong with it; empty when nothing is.</param>
public sealed record CropRank(string? Dropped, double Doubt, Reasons Reasons)
{
    // Below this there is nothing to see: an even area with some grain.
    private const double FlatContrast = 8;

    /// <summary>The rank of a crop with these measures.</summary>
    public static CropRank Of(CropMeasures measures, CropOptions options)
    {
        ArgumentNullException.ThrowIfNull(measures);
        ArgumentNullException.ThrowIfNull(options);
        var reasons = new List<Reason>();
        string? dropped = null;
        double doubt = 0;

        // What can't be used, and what the person wants dropped.
        Drop(CropFault.Small, measures.Face < options.MinFace && measures.Score is not null, measures.Face, options.MinFace);
        Drop(CropFault.Flat, measures.Contrast < FlatContrast);
        Drop(CropFault.Grey, measures.Colour < options.Drop.Grey);
        Drop(CropFault.Blurry, measures.Sharpness < options.Drop.Blurry, measures.Sharpness);
        Drop(CropFault.Small, measures.Face < options.Drop.Small, measures.Face);
        Drop(CropFault.Dark, measures.Brightness < options.Drop.Dark);

        // What makes one look twice. The weights only order the list.
        var usual = DropRules.Usual;
        Doubt(CropFault.Unsure, measures.Score < 0.75, 4 * (0.75 - (measures.Score ?? 1)), measures.Score ?? 1);
        Doubt(CropFault.Small, measures.Face < usual.Small && measures.Score is not null, 0.4, measures.Face);
        Doubt(CropFault.Blurry, measures.Sharpness < usual.Blurry, 0.8, measures.Sharpness);
        Doubt(CropFault.Outside, measures.Outside > 0.1, measures.Outside, measures.Outside);
        Doubt(CropFault.Grey, measures.Colour < usual.Grey, 0.5);
        Doubt(CropFault.Dark, measures.Brightness < usual.Dark, 0.5);
        Doubt(CropFault.Clipped, measures.Blown + measures.Crushed > 0.5, 0.4);
        Doubt(CropFault.Text, measures.Text > 0.25, 0.6);
        Doubt(CropFault.Blocks, measures.Blocks > 1.35, 0.4);
        return new CropRank(dropped, doubt, [.. reasons.Distinct()]);

        void Drop(CropFault fault, bool when, params double[] numbers)
        {
            if (!when)
                return;
            dropped ??= Code.Of(fault);
            reasons.Add(Reason.Of(fault, numbers));
        }

        void Doubt(CropFault fault, bool when, double weight, params double[] numbers)
        {
            if (!when)
                return;
            doubt += weight;
            if (dropped is null)
                reasons.Add(Reason.Of(fault, numbers));
        }
    }
}
