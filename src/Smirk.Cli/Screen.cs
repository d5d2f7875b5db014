using Smirk.Files.Posix;
using Smirk.Workspace.Stages;

namespace Smirk.Cli;

/// <summary>What a command shows while it runs. Results go to stdout, everything else to stderr; with --json stdout is the document's
/// alone.</summary>
/// <remarks>Prints its bar itself: a bar is one line, and loading a library for it costs more time than the shortest commands
/// take.</remarks>
internal sealed class Screen(bool json, bool quiet) : IProgress<StageProgress>, IDisposable
{
    private readonly ProgressLine? _line = quiet ? null : new ProgressLine(Console.Error, Console.IsErrorRedirected);
    private readonly Lock _gate = new();

    /// <summary>Whether stdout is one JSON document.</summary>
    public bool IsJson => json;

    /// <summary>How many inputs were warned about so far.</summary>
    public int Warnings { get; private set; }

    /// <summary>A line of the command's result: stdout, or nowhere with --json (the document says it) or --quiet.</summary>
    public void Say(string line)
    {
        if (json || quiet)
            return;
        lock (_gate)
        {
            _line?.Clear();
            Console.Out.WriteLine(ShellText.OneLine(line));
        }
    }

    /// <summary>Takes the progress off the terminal, before a command writes to stdout itself.</summary>
    public void Clear()
    {
        lock (_gate)
            _line?.Clear();
    }

    /// <summary>A line on stderr that is wrong but did not stop the command.</summary>
    public void Warn(string line)
    {
        lock (_gate)
        {
            _line?.Clear();
            Console.Error.WriteLine($"warning: {ShellText.OneLine(line)}");
        }
    }

    /// <summary>The line that says why the command failed.</summary>
    public void Error(string line)
    {
        lock (_gate)
        {
            _line?.Clear();
            // The details of a fault have several lines.
            Console.Error.WriteLine($"smirk: {string.Join('\n', line.Split('\n').Select(ShellText.OneLine))}");
        }
    }

    /// <inheritdoc/>
    public void Report(StageProgress value)
    {
        switch (value)
        {
            case StageAdvanced advanced:
                lock (_gate)
                    _line?.Show(advanced);
                break;
            case StageWarned warned:
                Warnings++;
                Warn($"{ShellText.Show(warned.Subject)}: {warned.Reason}");
                break;
            case StageSaid said:
                Say($"{said.Stage}: {said.Text}");
                break;
            case StageEnded ended:
                if (!json && !quiet)
                    Say(Sentence(ended));
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _line?.Clear();

    /// <summary>Columns of the terminal; <paramref name="otherwise"/> where there is none.</summary>
    public static int Width(int otherwise)
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : otherwise;
        }
        catch (IOException)
        {
            return otherwise;
        }
    }

    private static string Sentence(StageEnded ended)
    {
        var counts = ended.Counts;
        // Sorted by name alone: sorting pairs would be compiled for this one line while the program runs.
        var reasons = counts.Left.Keys.ToList();
        reasons.Sort((a, b) => counts.Left[b].CompareTo(counts.Left[a]) is var order and not 0 ? order : string.CompareOrdinal(a, b));
        var left = reasons.Count == 0 ? "" : $" ({string.Join(", ", reasons.Select(reason => $"{counts.Left[reason]:N0} {reason}"))})";
        return $"{ended.Stage}: {Counted.Of(counts.In, counts.Unit[..^1])} in, {counts.Out:N0} out{left}";
    }
}
