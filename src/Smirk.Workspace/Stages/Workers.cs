using System.Runtime.ExceptionServices;

namespace Smirk.Workspace.Stages;

/// <summary>Runs a step on several threads while this one tells how far it is.</summary>
/// <remarks>Plain threads: the steps block in system calls, and the thread pool takes longer to start than the shortest runs.</remarks>
/// <param name="threads">How many.</param>
/// <param name="progress">Who is told; null for nobody.</param>
/// <param name="cancel">Ends the step early: its work should look now and then.</param>
/// <param name="isCold">The files' content isn't in memory: threads wait for the disk, not for a core.</param>
public sealed class Workers(int threads, IProgress<StageProgress>? progress, CancellationToken cancel, bool isCold = false)
{
    // A disk works best with a queue to choose from; solid state needs one to work in parallel.
    private const int ColdThreads = 16;

    // As often as a terminal is redrawn; the program ends without waiting for it.
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>How many threads run the step.</summary>
    public int Threads { get; } = threads;

    /// <summary>Whether the files' content has to come from the disk.</summary>
    public bool IsCold { get; } = isCold;

    /// <summary>Ends the step early.</summary>
    public CancellationToken Cancel { get; } = cancel;

    /// <summary>The same for reading content that isn't in memory.</summary>
    public Workers ForDisk() => new(Math.Max(Threads, ColdThreads), progress, Cancel, isCold: true);

    /// <summary>Runs <paramref name="work"/> on every thread (it gets the thread's number) and returns when all are done.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; every thread has stopped.</exception>
    public void Run(string stage, string unit, Func<double> done, double? total, Action<int> work)
    {
        ExceptionDispatchInfo? failure = null;
        var others = new Thread[Threads];
        for (var i = 0; i < others.Length; i++)
        {
            var number = i;
            others[i] = new Thread(() => Guarded(number)) { IsBackground = true, Name = stage };
            others[i].Start();
        }

        foreach (var thread in others)
        {
            while (!thread.Join(ReportEvery))
                progress?.Report(new StageAdvanced(stage, done(), total, unit));
        }

        failure?.Throw();
        Cancel.ThrowIfCancellationRequested();

        void Guarded(int number)
        {
            try
            {
                work(number);
            }
            catch (Exception error)
            {
                // Thrown again on the thread that waits, so that it ends like any other error.
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
            }
        }
    }
}
