namespace Smirk.Dataset.Near.Verify;

/// <summary>A block comparison in three numbers.</summary>
/// <param name="Textured">Blocks with something to compare.</param>
/// <param name="Agreement">Share of those that fit, 0–1.</param>
/// <param name="Similarity">Their mean correlation, 0–1.</param>
internal readonly record struct BlockSummary(int Textured, double Agreement, double Similarity)
{
    /// <summary>Correlation from which on a block fits. Blocks of copies lie above 0.9 nearly all, those of strangers below 0.5.</summary>
    public const double Fits = 0.7;

    /// <summary>Sums up.</summary>
    public static BlockSummary Of(BlockComparison blocks)
    {
        var (textured, fits, sum) = (0, 0, 0.0);
        for (var i = 0; i < blocks.Valid.Length; i++)
        {
            if (!blocks.Valid[i] || !blocks.Textured[i])
                continue;
            textured++;
            fits += blocks.Similarity[i] > Fits ? 1 : 0;
            sum += Math.Max(0, blocks.Similarity[i]);
        }

        return textured == 0 ? default : new BlockSummary(textured, (double)fits / textured, sum / textured);
    }
}
