using System.CommandLine;
using Smirk.Dataset.Dedupe.Near;
using Smirk.Workspace;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk decide WS GROUP|FILE VERDICT</c>: a person's word about duplicates, which goes before Smirk's.</summary>
internal static class DecideCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var workspace = new Argument<string>("WS") { Description = "the workspace folder" };
        var subject = new Argument<string>("WHAT") { Description = "GROUP: the keeper's SHA-256 or its beginning, as the report shows it, for all of its members; or FILE, as smirk why takes it" };
        var verdict = new Argument<string>("VERDICT") { Description = "keep, drop, alternate (related, stays) or not-duplicate (unrelated, stays)" };
        var command = new Command("decide", """
            Say what is to become of a picture, or of all members of a group of duplicates. Later runs keep to it and don't ask again.

            Example: smirk decide smug IMG_3021.jpg not-duplicate
            """) { workspace, subject, verdict };
        command.SetRun((parsed, screen, _) =>
        {
            var word = PersonsWord.Parse(parsed.GetRequiredValue(verdict));
            using var opened = SmirkWorkspace.Open(parsed.GetRequiredValue(workspace));
            var decisions = new PersonsWord(opened).Decide(parsed.GetRequiredValue(subject), word);
            foreach (var (path, decision) in decisions)
                screen.Say($"{path}: {decision.Reason}");
            return ExitCode.Done;
        });
        return command;
    }
}
