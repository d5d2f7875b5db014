using Smirk.Imaging.Vision;

namespace Smirk.Imaging.Faces;

/// <summary>Finds faces: one pass of a cascade over the whole picture proposes places, then each place is looked at in several views, which
/// vote.</summary>
/// <remarks>Safe for use by several threads, each with a classifier of its own.</remarks>
public sealed class FaceDetector : IDisposable
{
    // About 500 × 420: below, nothing is gained by shrinking.
    private const double FullSizePixels = 210_000;
    private const double SmallestShrink = 0.7;

    // Bare faces, in pixels: what is smaller shows nothing; what is hardly larger, little.
    private const double SmallestFace = 24;
    private const double SmallWindow = 29;

    // The cascade tolerates a dozen degrees by itself.
    private static readonly double[] Tilts = [-22, 22];
    private const double TiltedShrink = 0.7;

    private readonly FaceDetectorOptions _options;
    private readonly FaceProfile _profile;
    private readonly ThreadLocal<CascadeClassifier> _cascades;

    /// <summary>A detector with the cascade in <paramref name="xml"/>.</summary>
    /// <exception cref="VisionException">The bytes are no cascade.</exception>
    public FaceDetector(byte[] xml, FaceKind kind, FaceDetectorOptions? options = null)
    {
        _options = options ?? new FaceDetectorOptions();
        _profile = FaceProfile.Of(kind);
        _cascades = new ThreadLocal<CascadeClassifier>(() => new CascadeClassifier(xml), trackAllValues: true);
        // Refuses a wrong file here, not in the middle of the work.
        _ = _cascades.Value;
    }

    /// <summary>Faces in <paramref name="picture"/>, the surest first; none overlaps another much.</summary>
    /// <param name="picture">Where to look.</param>
    /// <param name="scale">The picture's size by that of the one it was shrunk from: <see cref="FaceDetectorOptions.MinFace"/> is in pixels
    /// of that.</param>
    public IReadOnlyList<Face> Find(Picture picture, double scale = 1)
    {
        var cascade = _cascades.Value!;
        var grey = GreyPicture.FromRgb(picture.Width, picture.Height, picture.Pixels);
        var shrink = Shrink(grey, _options.MinFace * scale);
        var faces = Vote(cascade, grey, HitCluster.Group(Propose(cascade, grey, 0, shrink)));
        if (faces.Count == 0 && _options.Tilted)
            faces = Vote(cascade, grey, HitCluster.Group(Tilts.SelectMany(tilt => Propose(cascade, grey, tilt, shrink * TiltedShrink))
                .ToList()));
        return faces;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var cascade in _cascades.Values)
            cascade.Dispose();
        _cascades.Dispose();
    }

    // Small windows and turned pictures give chance more tries, so they have to be surer.
    private double Wanted(WindowHit window) =>
        _options.MinScore + (window.Side < SmallWindow * _profile.WindowToFace ? 0.08 : 0) + (window.Angle != 0 ? 0.05 : 0);

    private double Shrink(GreyPicture grey, double minFace)
    {
        var pixels = (double)grey.Width * grey.Height;
        var least =
            pixels <= _options.SmallFacePixels ? SmallestShrink : Math.Min(SmallestShrink, 24 / (_profile.WindowToFace * 0.9 * minFace));
        return Math.Clamp(Math.Sqrt(FullSizePixels / pixels), least, 1);
    }

    private List<WindowHit> Propose(CascadeClassifier cascade, GreyPicture grey, double tilt, double shrink)
    {
        var (sine, cosine) = Math.SinCos(Math.Abs(tilt) * Math.PI / 180);
        var width = (int)Math.Round(shrink * ((grey.Width * cosine) + (grey.Height * sine)));
        var height = (int)Math.Round(shrink * ((grey.Width * sine) + (grey.Height * cosine)));
        var hits = new List<WindowHit>();
        if (Math.Min(width, height) < cascade.Window)
            return hits;
        var window = new PictureWindow(grey.Width / 2.0, grey.Height / 2.0, shrink, tilt, Mirror: false, width, height);
        var view = tilt != 0 ? window.Of(grey) : grey.Resize(width, height);
        foreach (var hit in cascade.Detect(view, _options.Step, cascade.Window))
        {
            var half = hit.Size / 2.0;
            var (x, y) = window.ToPicture(hit.X + half, hit.Y + half);
            // What the turned view shows beside the picture is a reflection.
            if (x >= 0 && y >= 0 && x < grey.Width && y < grey.Height)
                hits.Add(new WindowHit(x, y, hit.Size / shrink, tilt));
        }

        return hits;
    }

    private List<Face> Vote(CascadeClassifier cascade, GreyPicture grey, List<HitCluster> places)
    {
        var vote = new FaceVote(cascade);
        var found = new List<Face>();
        foreach (var place in places)
        {
            if (vote.Count(grey, place.Mean) is not { } seen || _profile.Score(seen.Votes) is var score && score < Wanted(seen.Window))
                continue;
            var face = _profile.FaceIn(seen.Window with { Angle = vote.Lean(grey, seen.Window) }, score);
            if (face.Width >= SmallestFace && face.CentreX > 0 && face.CentreY > 0 && face.CentreX < grey.Width
                && face.CentreY < grey.Height)
                found.Add(face);
        }

        // One box a face: of those that overlap, the surest.
        found.Sort((a, b) => b.Score.CompareTo(a.Score));
        var faces = new List<Face>();
        foreach (var face in found)
        {
            if (!faces.Exists(f => f.OverlapOfSmaller(face) > 0.3))
                faces.Add(face);
        }

        return faces;
    }
}
