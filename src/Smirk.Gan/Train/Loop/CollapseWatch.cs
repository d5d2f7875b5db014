using Smirk.Gan.Train.Planning;

namespace Smirk.Gan.Train.Loop;

/// <summary>Watches whether G's pictures become one, or one a class: how far those of a batch lie apart, by how far the real ones do.</summary>
/// <remarks>
/// Measured on the pictures that training makes anyway, so it costs nothing and is known long before the next measurement on held-out pictures.
/// On digits a collapsed generator had .06 to .10 of the real spread within classes from the first thousand pictures on; a healthy one .4 after four thousand and .6 after eight (docs/recipes.md).
/// </remarks>
internal sealed class CollapseWatch
{
    private const double Limit = 0.2;

    // A generator starts with one picture, and needs some thousand to leave that.
    private const double FirstKimg = 8;

    // So long it has to be below the limit without a break: single batches waver, and a young generator leaves one way of painting for another.
    private const double Kimg = 4;

    // Answers before the run is left as it is: what a stronger hand twice didn't mend, a third won't.
    private const int MostAnswers = 2;

    // Later there isn't enough left of a run to learn anew.
    private const double LatestAnswer = 0.6;

    private TrainCounters? _fell;

    /// <summary>Takes the mean of <paramref name="diversity"/> since the last call.</summary>
    /// <param name="diversity">Spread of generated pictures by that of real ones.</param>
    /// <param name="now">Where the run stands.</param>
    /// <returns>Where it stood when the collapse began; null while all is well.</returns>
    public TrainCounters? Note(double diversity, TrainCounters now)
    {
        if (now.Kimg < FirstKimg || diversity >= Limit || double.IsNaN(diversity))
        {
            _fell = null;
            return null;
        }

        _fell ??= now;
        return now.Kimg - _fell.Kimg >= Kimg ? _fell : null;
    }

    /// <summary>Whether the run may be taken back once more.</summary>
    /// <param name="plan">The run's plan.</param>
    /// <param name="now">Where the run stands.</param>
    /// <param name="progress">How much of it is over, 0…1.</param>
    public static bool MayAnswer(RecipePlan plan, TrainCounters now, double progress) => plan.Recipe == "auto" && now.Firmness < MostAnswers && progress < LatestAnswer;

    /// <summary>Begins anew, after a run was taken back.</summary>
    public void Forget() => _fell = null;
}
