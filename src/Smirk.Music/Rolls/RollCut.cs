namespace Smirk.Music.Rolls;

/// <summary>How tunes are cut into windows.</summary>
/// <param name="Shape">How much of a tune a window shows.</param>
/// <param name="InC">Whether each tune is moved into C major or A minor first: then there is one key to learn instead of twelve.</param>
public sealed record RollCut(RollShape Shape, bool InC)
{
    /// <summary>Four bars, in C.</summary>
    public static RollCut Usual { get; } = new(RollShape.FourBars, InC: true);

    /// <summary>For messages: "rolls of 4 bars (64 pixels) in C".</summary>
    public override string ToString() => $"rolls of {Shape.Bars} bars ({Shape.Size} pixels) {(InC ? "in C" : "in the tunes' own keys")}";
}
