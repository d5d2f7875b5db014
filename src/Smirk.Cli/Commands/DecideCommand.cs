using System.CommandLine;
using Smirk.Dataset.Crop.Stage;
using Smirk.Dataset.Near;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk decide WS GROUP|FILE VERDICT</c>: a person's decision, which overrides Smirk's.</summary>
internal static class DecideCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var workspace = new Argument<string>("WS") { Description = "the workspace folder" };
        var subject = new Argument<string>("WHAT") { Description = "a FILE, named as for smirk why; or a GROUP of duplicates, named by the SHA-256 (or its first digits) of the picture it keeps" };
        var verdict = new Argument<string>("VERDICT") { Description = "keep, drop, alternate (related, kept) or not-duplicate (unrelated, kept)" };
        var box = new Option<string[]>("--box") { HelpName = "X,Y,W,H", Description = "with keep: the face to crop, in pixels of the upright picture, instead of those found; repeat for more faces" };
        var command = new Command("decide", """
            Decide yourself what happens to a picture, or to all members of a group of duplicates.
            Your decision overrides Smirk's in every later run.

            Examples:
              smirk decide smug IMG_3021.jpg not-duplicate
              smirk decide smug IMG_3021.jpg keep --box 120,40,96,96
            """) { workspace, subject, verdict, box };
        command.SetRun((parsed, screen, _) =>
        {
            var word = PersonsWord.Parse(parsed.GetRequiredValue(verdict));
            var boxes = (parsed.GetValue(box) ?? []).Select(PersonsBox.Parse).ToList();
            if (boxes.Count > 0 && word != NearWord.Keep)
                throw new UsageException("--box needs the verdict keep.");
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
            throw new UsageException($"--box needs a single picture; '{what}' matches {meant.Count}.");
        new PersonsBoxes(workspace).Set(meant[0], boxes);
        screen.Say($"{what}: {boxes.Count} {(boxes.Count == 1 ? "box" : "boxes")} set by hand; the next smirk pack uses {(boxes.Count == 1 ? "it" : "them")}");
    }
}
