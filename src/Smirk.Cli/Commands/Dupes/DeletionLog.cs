using System.Globalization;
using Smirk.Files.Act;
using Smirk.Files.Exact;
using Smirk.Files.Posix;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>The log that fdupes writes with -l: a heading, and per group what went and what is left.</summary>
internal static class DeletionLog
{
    /// <summary>Adds this run to the log.</summary>
    public static void Append(string path, IReadOnlyList<DuplicateGroup> groups, ActResult result)
    {
        var done = result.Done.ToDictionary(a => a.File.Path, a => a.Kind);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        using var log = new RawOutput(file);
        log.Text("[fdupes log]\n\n")
            .Text($"Log entry for {TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}\n\n")
            .Text($"working directory:\n  {Environment.CurrentDirectory}\n\n");
        foreach (var group in groups.Where(g => g.Members.Any(m => done.ContainsKey(m.File.Path))))
        {
            foreach (var member in group.Members.Where(m => done.ContainsKey(m.File.Path)))
                Line(log, Word(done[member.File.Path]), member.File.Path);
            Line(log, "left", group.Keeper.Path);
            foreach (var member in group.Members.Where(m => !done.ContainsKey(m.File.Path)))
                Line(log, "left", member.File.Path);
            log.Text("\n");
        }
    }

    private static string Word(ActKind kind) => kind switch { ActKind.Quarantine => "moved", ActKind.Delete => "deleted", _ => "linked" };

    private static void Line(RawOutput log, string word, RawPath path) => log.Text($"{word.PadLeft(7)} ").Path(path).Text("\n");
}
