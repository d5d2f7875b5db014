namespace Smirk.Imaging.Faces;

/// <summary>A face: the bare face from the brows to the chin, without hair, in pixels of the upright picture.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Angle">How far it leans, in degrees clockwise; 0 when it is about upright.</param>
/// <param name="Score">How sure: 0 to 1. What scores below <see cref="FaceDetectorOptions.MinScore"/> isn't told.</param>
public readonly record struct Face(double X, double Y, double Width, double Height, double Angle, double Score)
{
    /// <summary>The middle, pixels from the left edge.</summary>
    public double CentreX => X + (Width / 2);

    /// <summary>The middle, pixels from the upper edge.</summary>
    public double CentreY => Y + (Height / 2);

    /// <summary>Area shared with <paramref name="other"/> by the area of both: 0 to 1.</summary>
    public double IntersectionOverUnion(Face other)
    {
        var shared = Shared(other);
        return shared / ((Width * Height) + (other.Width * other.Height) - shared);
    }

    /// <summary>Area shared with <paramref name="other"/> by the smaller one's area: 0 to 1.</summary>
    public double OverlapOfSmaller(Face other) => Shared(other) / Math.Min(Width * Height, other.Width * other.Height);

    private double Shared(Face other)
    {
        var across = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X);
        var down = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y);
        return Math.Max(0, across) * Math.Max(0, down);
    }
}
