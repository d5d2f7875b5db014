namespace Smirk.Imaging.Faces;

/// <summary>How a cascade's windows relate to faces; measured, see docs/crop.md.</summary>
/// <param name="WindowToFace">Side of the cascade's window by the side of the bare face.</param>
/// <param name="Down">How far the bare face's middle lies below the window's, by the window's side.</param>
/// <param name="HalfScoreVotes">Votes that make a score of 0.5.</param>
internal sealed record FaceProfile(double WindowToFace, double Down, double HalfScoreVotes)
{
    /// <summary>lbpcascade_animeface.</summary>
    public static readonly FaceProfile Anime = new(1.2, 0.054, 16);

    /// <summary>OpenCV's haarcascade_frontalface_alt2, whose window reaches from the brows to the chin.</summary>
    public static readonly FaceProfile Photo = new(1.0, 0.02, 16);

    public static FaceProfile Of(FaceKind kind) => kind == FaceKind.Photo ? Photo : Anime;

    /// <summary>The bare face in a window.</summary>
    public Face FaceIn(double x, double y, double side, double angle, double votes)
    {
        var size = side / WindowToFace;
        var (sine, cosine) = Math.SinCos(angle * Math.PI / 180);
        var middleX = x - (sine * Down * side);
        var middleY = y + (cosine * Down * side);
        return new Face(middleX - (size / 2), middleY - (size / 2), size, size, angle, votes / (votes + HalfScoreVotes));
    }
}
