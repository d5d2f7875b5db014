namespace Smirk.Imaging.Faces;

/// <summary>A window of the cascade in pixels of the picture.</summary>
/// <param name="X">Its middle, from the left.</param>
/// <param name="Y">Its middle, from the top.</param>
/// <param name="Side">Pixels.</param>
/// <param name="Angle">By how many degrees the picture was turned when it passed.</param>
internal readonly record struct WindowHit(double X, double Y, double Side, double Angle);

/// <summary>Windows of about the same place and size.</summary>
internal sealed class HitCluster(WindowHit first)
{
    private double _x = first.X;
    private double _y = first.Y;
    private double _side = first.Side;

    /// <summary>How many windows.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>Their mean.</summary>
    public WindowHit Mean => new(_x / Count, _y / Count, _side / Count, first.Angle);

    /// <summary>Clusters in the order in which their first windows came.</summary>
    public static List<HitCluster> Group(IEnumerable<WindowHit> hits)
    {
        var clusters = new List<HitCluster>();
        foreach (var hit in hits)
        {
            if (clusters.Find(c => c.Takes(hit)) is { } cluster)
                cluster.Add(hit);
            else
                clusters.Add(new HitCluster(hit));
        }

        return clusters;
    }

    private bool Takes(WindowHit hit)
    {
        var mean = Mean;
        var ratio = hit.Side / mean.Side;
        var far = 0.3 * Math.Max(hit.Side, mean.Side);
        return ratio is < 1.6 and > 1 / 1.6 && Square(hit.X - mean.X) + Square(hit.Y - mean.Y) < far * far;
    }

    private void Add(WindowHit hit)
    {
        _x += hit.X;
        _y += hit.Y;
        _side += hit.Side;
        Count++;
    }

    private static double Square(double value) => value * value;
}
