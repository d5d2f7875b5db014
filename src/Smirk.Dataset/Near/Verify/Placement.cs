using Smirk.Imaging.Vision;

namespace Smirk.Dataset.Near.Verify;

/// <summary>How one picture lies on another, so that it can be turned round and joined with the next.</summary>
/// <param name="Map">From the first picture's working pixels, mirrored first where <paramref name="Mirrored"/>, to the second's.</param>
/// <param name="Mirrored">Whether left and right are swapped.</param>
/// <param name="From">The first picture's working width.</param>
/// <param name="To">The second picture's working width.</param>
internal readonly record struct Placement(Homography Map, bool Mirrored, int From, int To)
{
    private Homography Whole => Mirrored ? Homography.Mirror(From).Then(Map) : Map;

    /// <summary>How the second lies on the first.</summary>
    public Placement Inverse()
    {
        var back = Whole.Inverse();
        return new Placement(Mirrored ? Homography.Mirror(To).Then(back) : back, Mirrored, To, From);
    }

    /// <summary>How the first lies on the picture that the second lies on by <paramref name="next"/>.</summary>
    public Placement Then(in Placement next)
    {
        var (whole, mirrored) = (Whole.Then(next.Whole), Mirrored != next.Mirrored);
        return new Placement(mirrored ? Homography.Mirror(From).Then(whole) : whole, mirrored, From, next.To);
    }
}
