using Smirk.Workspace.Errors;

namespace Smirk.Gan.Project;

/// <summary>How a picture is projected.</summary>
public sealed record ProjectOptions
{
    /// <summary>Steps that are enough as a rule: twice as many come hardly nearer.</summary>
    public const int UsualSteps = 150;

    private const int MostSteps = 10_000;
    private const int MostThreads = 1024;

    /// <summary>Steps of Adam, 1 to 10,000.</summary>
    public int Steps { get; init; } = UsualSteps;

    /// <summary>Steps from one picture that is shown to the next.</summary>
    public int ShowEvery { get; init; } = 5;

    /// <summary>The class to project to, by number; null for the class of the nearest sample. Only for generators with classes.</summary>
    public int? Class { get; init; }

    /// <summary>Whether to tell how near others come: some held-out pictures are projected once for each snapshot and number of steps,
    /// which takes longer than the projection itself, and kept beside the run.</summary>
    public bool Compare { get; init; } = true;

    /// <summary>Threads on the CPU, 1 to 1,024; 0 for as many as are fastest at the moment. Other numbers of threads round differently, and
    /// a search may end elsewhere by that: with a fixed one it ends in the same place again.</summary>
    public int Threads { get; init; }

    /// <summary>Refuses what can't be done.</summary>
    /// <exception cref="UsageException">Says what is wrong.</exception>
    internal void Check()
    {
        if (Steps is < 1 or > MostSteps)
            throw new UsageException($"--steps {Steps}: expected 1 to {MostSteps}; {UsualSteps} are enough as a rule.");
        if (Threads is < 0 or > MostThreads)
            throw new UsageException($"--threads {Threads}: expected 1 to {MostThreads}, or 0 for as many as are fastest.");
        if (ShowEvery < 1)
            throw new UsageException($"A picture every {ShowEvery} steps: expected at least 1.");
    }
}
