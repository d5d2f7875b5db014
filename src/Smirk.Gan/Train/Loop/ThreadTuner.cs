namespace Smirk.Gan.Train.Loop;

/// <summary>Finds how many threads are fastest beside what else the machine does: now and then a round of steps is made with half or twice
/// as many, and what was faster is kept.</summary>
/// <remarks>On a quiet machine that is one a core. Beside programs that take a core, threads wait for one that isn't scheduled, and fewer
/// of them do better. More than cores were never faster (measured beside two busy programs).</remarks>
internal sealed class ThreadTuner
{
    // A trial has to be faster by this much: rounds vary by a few hundredths even on a quiet machine.
    private const double Better = 1.06;

    // Slower than before by this much: something else began to run, so what was found no longer holds.
    private const double Slower = 0.75;

    // A trial of the worse costs a share of a round: with a trial every 32 rounds less than two hundredths of the time.
    private const int LongestRest = 32;

    private readonly int _most;
    private readonly int _stepsARound;

    private int _steps;
    private double _seconds;
    private bool _settling = true;
    private double _pace;
    private int _rest = 1;
    private int _untilTrial = 1;
    private int? _trial;
    private bool _up;

    /// <param name="cores">Cores of the machine: it starts with a thread for each.</param>
    /// <param name="stepsARound">Steps of a round: every round has as many slow steps, those with a gradient penalty.</param>
    public ThreadTuner(int cores, int stepsARound) => (Chosen, _most, _stepsARound) = (cores, cores, stepsARound);

    /// <summary>Threads to make the next step with.</summary>
    public int Threads => _trial ?? Chosen;

    /// <summary>Threads that were the fastest so far.</summary>
    public int Chosen { get; private set; }

    /// <summary>Notes that a step with <see cref="Threads"/> took so long.</summary>
    /// <param name="seconds">How long.</param>
    public void Note(double seconds)
    {
        // The first step with another number of threads starts or wakes them.
        if (_settling)
        {
            _settling = false;
            return;
        }

        _seconds += seconds;
        if (++_steps < _stepsARound)
            return;
        var pace = _steps / Math.Max(_seconds, 1e-9);
        (_steps, _seconds) = (0, 0);
        if (_trial is { } tried)
            EndTrial(tried, pace);
        else
            EndRound(pace);
    }

    /// <summary>Forgets how fast steps were: another kind of steps begins.</summary>
    public void Forget() => (_steps, _seconds, _settling, _pace, _rest, _untilTrial, _trial) = (0, 0, true, 0, 1, 1, null);

    private void EndRound(double pace)
    {
        if (pace < _pace * Slower)
            (_rest, _untilTrial) = (1, 1);
        _pace = _pace == 0 ? pace : (_pace + pace) / 2;
        if (--_untilTrial > 0)
            return;
        _up = !_up;
        if ((Next(_up) ?? Next(!_up)) is not { } next)
            return;
        (_trial, _settling) = (next, true);
    }

    private void EndTrial(int tried, double pace)
    {
        if (pace > _pace * Better)
        {
            // The next trial goes on the same way.
            (Chosen, _pace, _rest, _up) = (tried, pace, 1, !_up);
        }
        else
            _rest = Math.Min(2 * _rest, LongestRest);
        (_trial, _untilTrial, _settling) = (null, _rest, true);
    }

    private int? Next(bool up)
    {
        var next = up ? Math.Min(2 * Chosen, _most) : Math.Max(1, Chosen / 2);
        return next == Chosen ? null : next;
    }
}
