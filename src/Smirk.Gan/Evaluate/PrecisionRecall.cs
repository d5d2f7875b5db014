namespace Smirk.Gan.Evaluate;

/// <summary>Share of generated pictures that lie among the real ones, and share of real ones that the generator reaches (Kynkäänniemi et
/// al. 2019). 0…1, larger is better.</summary>
/// <param name="Precision">How believable: generated pictures inside some real picture's neighbourhood.</param>
/// <param name="Recall">How varied: real pictures inside some generated picture's neighbourhood.</param>
public sealed record PrecisionRecall(double Precision, double Recall)
{
    /// <summary>Counts both.</summary>
    internal static PrecisionRecall Of(Neighbourhoods space)
    {
        var believable = new bool[space.FakeCount];
        var reached = 0;
        for (var i = 0; i < space.RealCount; i++)
        {
            var isReached = false;
            for (var j = 0; j < space.FakeCount; j++)
            {
                var distance = space.Between[i * space.FakeCount + j];
                believable[j] |= distance <= space.RealRadius[i];
                isReached |= distance <= space.FakeRadius[j];
            }

            reached += isReached ? 1 : 0;
        }

        return new PrecisionRecall((double)believable.Count(b => b) / space.FakeCount, (double)reached / space.RealCount);
    }
}
