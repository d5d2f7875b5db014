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

    /// <summary>How sure so many votes make: 0 to 1.</summary>
    public double Score(int votes) => votes / (votes + HalfScoreVotes);

    /// <summary>The bare face in a window.</summary>
    public Face FaceIn(WindowHit window, double score)
    {
        var size = window.Side / WindowToFace;
        var (sine, cosine) = Math.SinCos(window.Angle * Math.PI / 180);
        var x = window.X - (sine * Down * window.Side);
        var y = window.Y + (cosine * Down * window.Side);
        return new Face(x - (size / 2), y - (size / 2), size, size, window.Angle, score);
    }
}
