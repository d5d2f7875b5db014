using Smirk.Imaging.Vision;

namespace Smirk.Imaging.Faces;

/// <summary>Looks at one place again, in several views of it at one size, and counts how often the cascade still finds a face
/// there.</summary>
/// <remarks>A face is found in nearly every view; what only resembles one, in few. The number of votes separates them far better than the
/// votes of one pass.</remarks>
internal sealed class FaceVote(CascadeClassifier cascade)
{
    // The cascade's window is 24 pixels: at 40 the views have detail to spare and several sizes to vote with.
    private const double Nominal = 40.0 / 24;

    // Views reach so far beyond the window that it may be off by a fifth of its side.
    private const double Reach = 1.6;
    private const double WideReach = 1.9;
    private const double Step = 1.1;

    // Turns beyond 36° are not looked at, which pulls the middle in; measured on portraits turned by 10° to 25°.
    private const double LeanByMiddle = 1.28;

    private readonly List<WindowHit> _hits = [];

    /// <summary>Votes for a face at <paramref name="place"/>, and where the votes say that it is; null when there are next to
    /// none.</summary>
    public (WindowHit Window, int Votes)? Count(GreyPicture picture, WindowHit place)
    {
        // First a wide look, that also says where exactly to look on.
        _hits.Clear();
        Look(picture, place, 0, mirror: false, WideReach, blur: false);
        Look(picture, place, 0, mirror: true, WideReach, blur: false);
        _hits.RemoveAll(h => !Near(h, place, 0.35, 1.75));
        if (_hits.Count < 2)
            return null;
        var centre = Middle(_hits, place.Angle);
        _hits.RemoveAll(h => !Near(h, centre, 0.25, 1.45));
        Look(picture, centre, 0, mirror: false, Reach, blur: true);
        Look(picture, centre, 0, mirror: true, Reach, blur: true);
        foreach (var turn in (ReadOnlySpan<double>)[-15, 15])
        {
            Look(picture, centre, turn, mirror: false, Reach, blur: false);
            Look(picture, centre, turn, mirror: true, Reach, blur: false);
        }

        _hits.RemoveAll(h => !Near(h, centre, 0.25, 1.45));
        return _hits.Count == 0 ? null : (Middle(_hits, place.Angle), _hits.Count);
    }

    /// <summary>By how many degrees clockwise a face at <paramref name="place"/> leans: the middle of the turns at which it is
    /// found.</summary>
    public double Lean(GreyPicture picture, WindowHit place)
    {
        double votes = 0, sum = 0;
        for (var turn = -36; turn <= 36; turn += 12)
        {
            _hits.Clear();
            Look(picture, place, turn, mirror: false, Reach, blur: true);
            Look(picture, place, turn, mirror: true, Reach, blur: true);
            var near = _hits.Count(h => Near(h, place, 0.25, 1.45));
            votes += near;
            sum += near * turn;
        }

        return place.Angle + (votes == 0 ? 0 : LeanByMiddle * sum / votes);
    }

    private static bool Near(WindowHit hit, WindowHit place, double distance, double ratio) =>
        hit.Side < place.Side * ratio && hit.Side > place.Side / ratio
        && Math.Sqrt(((hit.X - place.X) * (hit.X - place.X)) + ((hit.Y - place.Y) * (hit.Y - place.Y))) < distance * place.Side;

    private static WindowHit Middle(List<WindowHit> hits, double angle) =>
        new(Median(hits, h => h.X), Median(hits, h => h.Y), Median(hits, h => h.Side), angle);

    private static double Median(List<WindowHit> hits, Func<WindowHit, double> value)
    {
        var sorted = hits.ConvertAll(h => value(h));
        sorted.Sort();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private void Look(GreyPicture picture, WindowHit place, double turn, bool mirror, double reach, bool blur)
    {
        var nominal = Nominal * cascade.Window;
        var window = PictureWindow.Square(place.X, place.Y, place.Side * reach, (int)(nominal * reach), place.Angle + turn, mirror);
        var view = window.Of(picture);
        if (blur)
            view = view.Blur(1);
        foreach (var hit in cascade.Detect(view, Step, (int)(nominal * 0.68), (int)(nominal * (reach - 0.13))))
        {
            var half = hit.Size / 2.0;
            var (x, y) = window.ToPicture(hit.X + half, hit.Y + half);
            _hits.Add(new WindowHit(x, y, hit.Size / window.Scale, place.Angle + turn));
        }
    }
}
