using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Near.Decisions;

/// <summary>A line of a file of decisions that isn't understood.</summary>
/// <param name="Number">Which line, from 1.</param>
/// <param name="Reason">What is wrong with it.</param>
public sealed record DamagedLine(int Number, string Reason);

/// <summary>What a file of decisions says.</summary>
public sealed record NearDecisions
{
    /// <summary>Nobody said anything.</summary>
    public static NearDecisions None { get; } = new();

    /// <summary>What counts, in the order in which it was said; what was taken back is left out.</summary>
    public IReadOnlyList<NearDecision> InForce { get; init; } = [];

    /// <summary>Lines that aren't understood. They stay in the file.</summary>
    public IReadOnlyList<DamagedLine> Damaged { get; init; } = [];

    /// <summary>Understands a verdict of the command line.</summary>
    /// <exception cref="UsageException">It is none that folders have.</exception>
    public static FolderVerdict Parse(string word) => DecisionLine.VerdictOf(word) ?? throw new UsageException(word == "drop"
        ? "drop is a verdict about pictures of a workspace. In folders: keep the other one, and dupes --near --quarantine moves this one."
        : $"'{word}' is not a verdict about pictures in folders; expected keep, alternate or not-duplicate.");

    /// <summary>Reads a file of decisions; none where there is no file.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static NearDecisions Read(string path) => File.Exists(path) ? Of(File.ReadAllText(path)) : None;

    /// <summary>Understands the text of such a file.</summary>
    internal static NearDecisions Of(string text)
    {
        var (inForce, damaged) = (new List<NearDecision>(), new List<DamagedLine>());
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.AsSpan().Trim().IsEmpty)
                continue;
            var read = DecisionLine.Read(line);
            if (read.Decision is { } decision)
                inForce.Add(decision);
            else if (read.Fault is { } fault)
                damaged.Add(new DamagedLine(number, fault));
            else if (inForce.Count > 0)
                inForce.RemoveAt(inForce.Count - 1);
        }

        return new NearDecisions { InForce = inForce, Damaged = damaged };
    }
}
