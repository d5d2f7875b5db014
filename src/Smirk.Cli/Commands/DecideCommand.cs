using System.CommandLine;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Near;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

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
        var box = new Option<string[]>("--box") { HelpName = "X,Y,W,H", Description = "with keep: the bare face to cut, in pixels of the upright picture, instead of those that were found; once for each face" };
        var command = new Command("decide", """
            Say what is to become of a picture, or of all members of a group of duplicates. Later runs keep to it and don't ask again.

            Examples:
              smirk decide smug IMG_3021.jpg not-duplicate
              smirk decide smug IMG_3021.jpg keep --box 120,40,96,96
            """) { workspace, subject, verdict, box };
        command.SetRun((parsed, screen, _) =>
        {
            var word = PersonsWord.Parse(parsed.GetRequiredValue(verdict));
            var boxes = (parsed.GetValue(box) ?? []).Select(PersonsBox.Parse).ToList();
            if (boxes.Count > 0 && word != NearWord.Keep)
                throw new UsageException("--box says what to cut out of a picture that stays: give it with keep.");
            using var opened = SmirkWorkspace.Open(parsed.GetRequiredValue(workspace));
            var what = parsed.GetRequiredValue(subject);
            if (boxes.Count > 0)
                SetBoxes(opened, what, boxes, screen);
            var decisions = new PersonsWord(opened).Decide(what, word);
            foreach (var (path, decision) in decisions)
                screen.Say($"{path}: {decision.Reason}");
            return ExitCode.Done;
        });
        return command;
    }

    private static void SetBoxes(SmirkWorkspace workspace, string what, IReadOnlyList<PersonsBox> boxes, Screen screen)
    {
        var meant = new PersonsWord(workspace).Meant(what);
        if (meant.Count != 1)
            throw new UsageException($"--box needs one picture, and '{what}' means {meant.Count}.");
        new PersonsBoxes(workspace).Set(meant[0], boxes);
        screen.Say($"{what}: {boxes.Count} {(boxes.Count == 1 ? "box" : "boxes")} by hand; smirk pack cuts {(boxes.Count == 1 ? "it" : "them")}");
    }
}
