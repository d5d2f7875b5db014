using System.Numerics;

namespace Smirk.Drawing.Raster;

/// <summary>What a shape is filled with: one colour, or a run between two along a line or outwards from a point.</summary>
internal readonly record struct Paint(Rgb First, Rgb Last, Vector2 From, Vector2 To, bool Radial)
{
    public static implicit operator Paint(Rgb colour) => new(colour, colour, default, default, Radial: false);

    /// <summary>From <paramref name="first"/> at (x1, y1) to <paramref name="last"/> at (x2, y2).</summary>
    public static Paint Along(double x1, double y1, Rgb first, double x2, double y2, Rgb last) =>
        new(first, last, new Vector2((float)x1, (float)y1), new Vector2((float)x2, (float)y2), Radial: false);

    /// <summary>From <paramref name="first"/> in the middle to <paramref name="last"/> at the radius.</summary>
    public static Paint Around(double x, double y, double radius, Rgb first, Rgb last) =>
        new(first, last, new Vector2((float)x, (float)y), new Vector2((float)(x + radius), (float)y), Radial: true);

    /// <summary>Whether it is one colour.</summary>
    public bool IsFlat => First == Last;

    /// <summary>The colour at a point of the plane that <see cref="From"/> and <see cref="To"/> lie in.</summary>
    public Rgb At(Vector2 point)
    {
        var along = To - From;
        var share = Radial ? (point - From).Length() / along.Length() : Vector2.Dot(point - From, along) / along.LengthSquared();
        return First.Towards(Last, Math.Clamp(share, 0, 1));
    }
}
