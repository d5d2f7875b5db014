using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Near.Keeper;

/// <summary>What can set a keeper apart from its members; <see cref="NearWords"/> words it.</summary>
public enum KeeperReason
{
    /// <summary>A member is a photo of a screen or print.</summary>
    NotPhoto,

    /// <summary>A member has a border or caption.</summary>
    NoBorder,

    /// <summary>A member is a screenshot.</summary>
    NotScreenshot,

    /// <summary>A member is a part of it.</summary>
    ShowsMore,

    /// <summary>It is larger than a member; numbers: width and height in pixels.</summary>
    Larger,

    /// <summary>A larger member is only enlarged.</summary>
    NotEnlarged,

    /// <summary>It has more bits a channel than a member; number: how many.</summary>
    Deeper,

    /// <summary>It has a gain map for HDR screens that a member lacks.</summary>
    GainMap,

    /// <summary>It has more frames than a member.</summary>
    MoreFrames,

    /// <summary>It is transparent where a member isn't.</summary>
    Transparent,

    /// <summary>It tells more beside its pixels than a member: date, place, camera.</summary>
    TellsMore,

    /// <summary>A member is compressed more.</summary>
    LessCompressed,

    /// <summary>It is sharper than a member.</summary>
    Sharper,

    /// <summary>It is older than a member.</summary>
    Older,

    /// <summary>Nothing sets it apart; it comes first.</summary>
    First,

    /// <summary>All have the same pixels; it is the oldest.</summary>
    SamePixels,

    /// <summary>It is the first picture of a template.</summary>
    FirstOfTemplate,

    /// <summary>The person protects the folder that it lies in.</summary>
    Protected,

    /// <summary>The person said that it is to be kept.</summary>
    Chosen,
}

/// <summary>Finds out why the keeper is the keeper, in what sets it apart from its members.</summary>
internal static class KeeperReasons
{
    /// <summary>Strongest first; at least one.</summary>
    public static Reasons Of(Originality keeper, IReadOnlyList<NearMember> members, IReadOnlyDictionary<int, Originality> measures)
    {
        var reasons = new List<Reason>();
        var others = members.Select(m => measures[m.Index]).ToList();
        Add(KeeperReason.NotPhoto, members.Any(m => m.Kind == NearKind.Photo));
        Add(KeeperReason.NoBorder, members.Any(m => m.Kind is NearKind.Border or NearKind.Caption));
        Add(KeeperReason.NotScreenshot, members.Any(m => m.Kind == NearKind.Screenshot));
        Add(KeeperReason.ShowsMore, members.Any(m => m.Kind == NearKind.Crop));
        Add(KeeperReason.Larger, others.Any(keeper.IsLargerThan), keeper.Width, keeper.Height);
        Add(KeeperReason.NotEnlarged, others.Any(o => o.IsEnlargedBeside(keeper)));
        AddRicher(reasons, keeper.Richness, [.. others.Select(o => o.Richness)]);
        Add(KeeperReason.LessCompressed, others.Any(o => keeper.Quality > o.Quality + 3));
        Add(KeeperReason.Sharper, reasons.Count == 0 && others.Any(o => keeper.Sharpness > 1.1 * o.Sharpness));
        Add(KeeperReason.TellsMore, reasons.Count == 0 && others.Any(o => keeper.Richness.Told.CompareTo(o.Richness.Told) > 0));
        Add(KeeperReason.Older, reasons.Count == 0 && others.Any(o => keeper.Modified < o.Modified));
        Add(KeeperReason.First, reasons.Count == 0);
        return [.. reasons];

        void Add(KeeperReason reason, bool when, params double[] numbers)
        {
            if (when)
                reasons.Add(Reason.Of(reason, numbers));
        }
    }

    /// <summary>Why one of several files with the same pixels is kept.</summary>
    public static Reasons OfTwins(Richness keeper, IReadOnlyList<Richness> others)
    {
        var reasons = new List<Reason>();
        AddRicher(reasons, keeper, others);
        if (reasons.Count == 0 && others.Any(o => keeper.Told.CompareTo(o.Told) > 0))
            reasons.Add(Reason.Of(KeeperReason.TellsMore));
        if (reasons.Count == 0)
            reasons.Add(Reason.Of(KeeperReason.SamePixels));
        return [.. reasons];
    }

    private static void AddRicher(List<Reason> reasons, Richness keeper, IReadOnlyList<Richness> others)
    {
        if (others.Any(o => keeper.Depth > o.Depth))
            reasons.Add(Reason.Of(KeeperReason.Deeper, keeper.Depth));
        if (keeper.HasGainMap && others.Any(o => !o.HasGainMap))
            reasons.Add(Reason.Of(KeeperReason.GainMap));
        if (others.Any(o => keeper.Frames > o.Frames))
            reasons.Add(Reason.Of(KeeperReason.MoreFrames));
        if (keeper.HasAlpha && others.Any(o => !o.HasAlpha))
            reasons.Add(Reason.Of(KeeperReason.Transparent));
    }
}
