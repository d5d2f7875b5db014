using System.Runtime.ExceptionServices;

namespace Smirk.Workspace.Stages;

/// <summary>Spreads independent pieces of work over the cores.</summary>
public static class AllCores
{
    /// <summary>Threads to use where the person said <paramref name="wanted"/>; 0 means one a core.</summary>
    public static int Threads(int wanted) => wanted > 0 ? wanted : Environment.ProcessorCount;

    /// <summary>Calls <paramref name="work"/> for 0 to <paramref name="count"/> - 1, on at most <paramref name="threads"/> threads. The
    /// first exception comes out as itself.</summary>
    public static void For(int count, int threads, CancellationToken cancel, Action<int> work)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, work);
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }
}
