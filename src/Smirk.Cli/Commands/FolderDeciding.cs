using Smirk.Dataset.Near.Decisions;
using Smirk.Files.Posix;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk decide --decisions FILE</c>: a line about pictures in folders.</summary>
internal static class FolderDeciding
{
    /// <summary>Adds the line; returns the exit code.</summary>
    /// <param name="file">The file of decisions.</param>
    /// <param name="words">Paths and a verdict, or nothing with <paramref name="undo"/>.</param>
    /// <param name="undo">Takes the last decision back.</param>
    /// <param name="screen">Where it is told.</param>
    /// <exception cref="UsageException">The words make no decision; the file is as it was.</exception>
    public static int Do(string file, IReadOnlyList<string> words, bool undo, Screen screen)
    {
        var decisions = new DecisionsFile(file, TimeProvider.System);
        if (undo)
        {
            if (words.Count > 0)
                throw new UsageException("--undo takes back the last decision, whatever it was about; it needs no picture.");
            screen.Say($"no longer: {Sentence(decisions.Undo())}");
            return ExitCode.Done;
        }

        if (words.Count < 2)
            throw new UsageException("Decide what? Give two pictures and alternate or not-duplicate, or one and keep; or --undo.");
        var verdict = NearDecisions.Parse(words[^1]);
        var paths = PathList.OfArguments([.. words.SkipLast(1)]);
        if (verdict != FolderVerdict.Keep && paths.Count < 2)
            throw new UsageException($"{words[^1]} needs two pictures: which are no duplicates of each other?");
        screen.Say(Sentence(decisions.Add(verdict, [.. paths.Select(PictureName.Of)])));
        return ExitCode.Done;
    }

    /// <summary>The command that says a verdict, to be pasted into a shell.</summary>
    public static string Command(string file, FolderVerdict verdict, params IReadOnlyList<RawPath> pictures) =>
        $"smirk decide --decisions {ShellText.Word(RawPath.FromText(file))} {string.Join(' ', pictures.Select(ShellText.Word))} "
            + DecisionLine.WordOf(verdict);

    private static string Sentence(NearDecision decision)
    {
        var names = string.Join(" and ", decision.Pictures.Select(p => ShellText.Show(p.Name)));
        return decision.Verdict switch
        {
            FolderVerdict.Keep => $"{names}: kept by your decision",
            FolderVerdict.Alternate => $"{names}: alternates, all stay",
            _ => $"{names}: no duplicates of each other",
        };
    }
}
