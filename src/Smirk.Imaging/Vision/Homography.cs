namespace Smirk.Imaging.Vision;

/// <summary>A projective map of the plane, row major: x' = (M11 x + M12 y + M13) / w, y' = (M21 x + M22 y + M23) / w, w = M31 x + M32 y +
/// M33.</summary>
#pragma warning disable CS1591 // The entries are named by their place.
public readonly record struct Homography(
    double M11, double M12, double M13, double M21, double M22, double M23, double M31, double M32, double M33)
#pragma warning restore CS1591
{
    /// <summary>Leaves every point where it is.</summary>
    public static Homography Identity => new(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /// <summary>Scales, then shifts.</summary>
    public static Homography ScaleShift(double scaleX, double scaleY, double x, double y) => new(scaleX, 0, x, 0, scaleY, y, 0, 0, 1);

    /// <summary>Turns left and right round in a picture of <paramref name="width"/> pixels.</summary>
    public static Homography Mirror(int width) => new(-1, 0, width - 1, 0, 1, 0, 0, 0, 1);

    /// <summary>From nine numbers, row major.</summary>
    public static Homography From(ReadOnlySpan<double> m) => new(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);

    /// <summary>Writes the nine numbers, row major.</summary>
    public void CopyTo(Span<double> m) => ((ReadOnlySpan<double>)[M11, M12, M13, M21, M22, M23, M31, M32, M33]).CopyTo(m);

    /// <summary>Where a point goes.</summary>
    public (double X, double Y) Map(double x, double y)
    {
        var w = (M31 * x) + (M32 * y) + M33;
        return (((M11 * x) + (M12 * y) + M13) / w, ((M21 * x) + (M22 * y) + M23) / w);
    }

    /// <summary>The sign and size of the area that a unit square at a point gets; negative where the plane is turned over.</summary>
    public double Jacobian(double x, double y)
    {
        var w = (M31 * x) + (M32 * y) + M33;
        return Determinant / (w * w * w);
    }

    /// <summary>The matrix's determinant; 0 for a map that can't be undone.</summary>
    public double Determinant =>
        (M11 * ((M22 * M33) - (M23 * M32))) - (M12 * ((M21 * M33) - (M23 * M31))) + (M13 * ((M21 * M32) - (M22 * M31)));

    /// <summary>First this map, then <paramref name="next"/>.</summary>
    public Homography Then(in Homography next) => new(
        (next.M11 * M11) + (next.M12 * M21) + (next.M13 * M31), (next.M11 * M12) + (next.M12 * M22) + (next.M13 * M32),
            (next.M11 * M13) + (next.M12 * M23) + (next.M13 * M33),
        (next.M21 * M11) + (next.M22 * M21) + (next.M23 * M31), (next.M21 * M12) + (next.M22 * M22) + (next.M23 * M32),
            (next.M21 * M13) + (next.M22 * M23) + (next.M23 * M33),
        (next.M31 * M11) + (next.M32 * M21) + (next.M33 * M31), (next.M31 * M12) + (next.M32 * M22) + (next.M33 * M32),
            (next.M31 * M13) + (next.M32 * M23) + (next.M33 * M33));

    /// <summary>The map back. The determinant must not be 0.</summary>
    public Homography Inverse()
    {
        var d = Determinant;
        return new Homography(
            ((M22 * M33) - (M23 * M32)) / d, ((M13 * M32) - (M12 * M33)) / d, ((M12 * M23) - (M13 * M22)) / d,
            ((M23 * M31) - (M21 * M33)) / d, ((M11 * M33) - (M13 * M31)) / d, ((M13 * M21) - (M11 * M23)) / d,
            ((M21 * M32) - (M22 * M31)) / d, ((M12 * M31) - (M11 * M32)) / d, ((M11 * M22) - (M12 * M21)) / d);
    }
}
