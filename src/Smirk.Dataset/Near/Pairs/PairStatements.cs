using System.Globalization;
using Smirk.Dataset.Near.Keeper;
using Smirk.Dataset.Near.Verify;

namespace Smirk.Dataset.Near.Pairs;

/// <summary>In what a member differs from its keeper, by the measures that choose keepers.</summary>
internal static class PairStatements
{
    // As the order of originality has it: less is no difference that a person should be shown.
    private const int Quality = 3;
    private const double Sharper = 1.1;

    /// <summary>What speaks against the member first, then what speaks for it, then the rest.</summary>
    public static IReadOnlyList<PairStatement> Of(Originality member, Originality keeper, PairMatch? match)
    {
        var all = new List<PairStatement>();
        if (match is not null && Done(match) is { } done)
            all.Add(done);
        Sizes(all, member, keeper);
        Richer(all, member.Richness, keeper.Richness);
        if (Math.Abs(member.Quality - keeper.Quality) > Quality)
            Add("compression", member.Quality > keeper.Quality,
                $"compressed {(member.Quality > keeper.Quality ? "less" : "more")}: quality {member.Quality}, not {keeper.Quality}");
        // Letters and frames have sharp edges of their own.
        var isSet = match?.Kind is NearKind.Caption or NearKind.Border or NearKind.Screenshot or NearKind.Photo;
        if (!isSet && (member.Sharpness > Sharper * keeper.Sharpness || keeper.Sharpness > Sharper * member.Sharpness))
            Add("sharpness", member.Sharpness > keeper.Sharpness,
                Invariant($"{(member.Sharpness > keeper.Sharpness ? "sharper" : "softer")} edges: {member.Sharpness:0.0}, not ")
                    + Invariant($"{keeper.Sharpness:0.0}"));
        if (member.Richness.Told.CompareTo(keeper.Richness.Told) is not 0 and var told)
            Add("metadata", told > 0, told > 0 ? "tells more of its date, place or camera" : "tells less of its date, place or camera");
        return [.. all.OrderBy(s => s.Sign == 0 ? 2 : s.Sign)];

        void Add(string code, bool isBetter, string text) => all.Add(new PairStatement(isBetter ? 1 : -1, code, text));
    }

    private static void Sizes(List<PairStatement> all, Originality member, Originality keeper)
    {
        if ((member.Width, member.Height) == (keeper.Width, keeper.Height))
            return;
        var isLarger = member.Pixels > keeper.Pixels;
        var by = Math.Sqrt((double)Math.Max(member.Pixels, keeper.Pixels) / Math.Min(member.Pixels, keeper.Pixels));
        var sizes = $"{member.Width} × {member.Height}, not {keeper.Width} × {keeper.Height}";
        if (isLarger && member.IsEnlargedBeside(keeper))
            all.Add(new PairStatement(-1, "size", $"only enlarged: {sizes}"));
        else if (!isLarger && keeper.IsEnlargedBeside(member))
            all.Add(new PairStatement(1, "size", $"the other is only enlarged: {sizes}"));
        else
            all.Add(new PairStatement(isLarger ? 1 : -1, "size",
                Invariant($"{(isLarger ? "larger by" : "smaller, the other is larger by")} {(by - 1) * 100:0} %: {sizes}")));
    }

    private static void Richer(List<PairStatement> all, Richness member, Richness keeper)
    {
        Add("depth", member.Depth - keeper.Depth, $"{member.Depth} bits a channel, not {keeper.Depth}");
        Add("gain-map", member.HasGainMap.CompareTo(keeper.HasGainMap), member.HasGainMap ? "has an HDR gain map" : "has no HDR gain map");
        Add("frames", member.Frames - keeper.Frames, $"{member.Frames} frames, not {keeper.Frames}");
        Add("transparency", member.HasAlpha.CompareTo(keeper.HasAlpha), member.HasAlpha ? "is transparent" : "isn't transparent");

        void Add(string code, int better, string text)
        {
            if (better != 0)
                all.Add(new PairStatement(Math.Sign(better), code, text));
        }
    }

    // What was done to the keeper to get the member.
    private static PairStatement? Done(PairMatch match) => match.Kind switch
    {
        NearKind.Caption => new(-1, "caption", "text added"),
        NearKind.Border => new(-1, "border", "a border added"),
        NearKind.Screenshot => new(-1, "screenshot", "set into a screenshot"),
        NearKind.Photo => new(-1, "photo", "photographed from a screen or print"),
        NearKind.Crop => new(-1, "crop", Invariant($"shows {match.ShareOfKeeper * 100:0} % of the other")),
        NearKind.Mirror => new(0, "mirror", "left and right swapped"),
        NearKind.Rotate => new(0, "rotate", "turned"),
        NearKind.Tone => new(0, "tone", "other tones or colours"),
        NearKind.Alternate => new(0, "content", "other content on the same template"),
        NearKind.Still => new(0, "still", "a still of an animation, or the other way round"),
        _ => null,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
