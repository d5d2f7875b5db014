using Smirk.Dataset.Near.Keeper;
using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Near;

/// <summary>The words of what the near search found.</summary>
public static class NearWords
{
    /// <summary>Why a keeper is the keeper, in short phrases.</summary>
    public static IReadOnlyList<string> Of(Reasons reasons) => [.. reasons.Select(Of)];

    /// <summary>Why a picture was dropped or is an alternate, without a full stop.</summary>
    /// <param name="decision">A decision of <see cref="NearStage"/>.</param>
    /// <param name="keeper">What its keeper is called.</param>
    public static string Of(Decision decision, string keeper)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Kind == NearKind.Still.Name())
            return $"{keeper} and this are an animation and a still of it, or several pages and one ({decision.Score:P0} alike)";
        return decision.Verdict == Verdict.Alternate
            ? $"the same template as {keeper} with other content ({decision.Score:P0} alike)"
            : $"{decision.Kind} of {keeper} ({decision.Score:P0} alike), which stays: {string.Join(", ", Of(decision.Reasons))}";
    }

    private static string Of(Reason reason) => Code.Read<KeeperReason>(reason.Code) switch
    {
        KeeperReason.NotPhoto => "not a photo of a screen or print",
        KeeperReason.NoBorder => "no border or caption",
        KeeperReason.NotScreenshot => "not inside a screenshot",
        KeeperReason.ShowsMore => "shows more of the picture",
        KeeperReason.Larger => $"larger true resolution ({reason[0]:0}×{reason[1]:0})",
        KeeperReason.NotEnlarged => "the larger copy is only enlarged",
        KeeperReason.Deeper => $"{reason[0]:0} bits a channel",
        KeeperReason.GainMap => "has an HDR gain map",
        KeeperReason.MoreFrames => "has more frames",
        KeeperReason.Transparent => "keeps its transparency",
        KeeperReason.TellsMore => "carries more metadata, such as date, place or camera",
        KeeperReason.LessCompressed => "less compressed",
        KeeperReason.Sharper => "sharper",
        KeeperReason.Older => "older",
        KeeperReason.First => "no copy is better; the first of them",
        KeeperReason.SamePixels => "the same pixels; the oldest",
        KeeperReason.Protected => "in a protected folder",
        KeeperReason.Chosen => "kept by your decision",
        KeeperReason.FirstOfTemplate => "first of the template",
        _ => reason.Text ?? reason.Code,
    };
}
