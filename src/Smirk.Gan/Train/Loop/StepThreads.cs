using System.Diagnostics;
using Smirk.Gan.Train.Planning;
using Smirk.Torch;

namespace Smirk.Gan.Train.Loop;

/// <summary>How many threads each step of a run is made with.</summary>
/// <param name="plan">Says a number, or that it is to be found.</param>
/// <param name="cores">Cores of the machine.</param>
internal sealed class StepThreads(RecipePlan plan, int cores)
{
    private readonly ThreadTuner? _tuner =
        plan.Threads == 0 && plan.Device == "cpu" ? new ThreadTuner(cores, plan.PenaltyEvery) : null;
    private long _began;
    private bool _second;
    private int _now;

    /// <summary>Threads in use where their number is found while the run goes on; null where it is fixed.</summary>
    public int? Found => _tuner?.Chosen;

    /// <summary>Before a step.</summary>
    /// <param name="second">Whether it is one of the second stage, whose steps take another time.</param>
    public void Begin(bool second)
    {
        if (second != _second)
            _tuner?.Forget();
        _second = second;
        Set(_tuner?.Threads ?? (plan.Threads is > 0 and var count ? count : cores));
        _began = Stopwatch.GetTimestamp();
    }

    /// <summary>After it.</summary>
    public void End()
    {
        _tuner?.Note(Stopwatch.GetElapsedTime(_began).TotalSeconds);
        if (_tuner is not null)
            Set(_tuner.Chosen); // grids and measurements are no trials
    }

    private void Set(int count)
    {
        if (count != _now)
            TorchRuntime.SetThreads(count);
        _now = count;
    }
}
