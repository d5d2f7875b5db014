using System.CommandLine;
using Smirk.Dataset.Decide;
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
        var subject = new Argument<string?>("WHAT")
        {
            Description =
                "a FILE, named as for smirk why; or a GROUP of duplicates, named by the SHA-256 (or its first digits) of the picture it "
                    + "keeps",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var verdict = new Argument<string?>("VERDICT")
        {
            Description = "keep, drop, alternate (related, kept) or not-duplicate (unrelated, kept)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var box = new Option<string[]>("--box")
        {
            HelpName = "X,Y,W,H",
            Description = "with keep: the face to crop, in pixels of the upright picture, instead of those found; repeat for more faces",
        };
        var undo = new Option<bool>("--undo") { Description = "take back your last decision; repeat for the one before" };
        var command = new Command("decide", """
            Decide yourself what happens to a picture, or to all members of a group of duplicates.
            Your decision overrides Smirk's in every later run.

            Examples:
              smirk decide smug IMG_3021.jpg not-duplicate
              smirk decide smug IMG_3021.jpg keep --box 120,40,96,96
              smirk decide smug --undo
            """) { workspace, subject, verdict, box, undo };
        command.SetRun((parsed, screen, _) =>
        {
            var (what, word) = (parsed.GetValue(subject), parsed.GetValue(verdict));
            var boxes = (parsed.GetValue(box) ?? []).Select(PersonsBox.Parse).ToList();
            if (parsed.GetValue(undo))
            {
                if (what is not null || boxes.Count > 0)
                    throw new UsageException("--undo takes back the last decision, whatever it was about; it needs no picture.");
                using var undone = SmirkWorkspace.OpenToDecide(parsed.GetRequiredValue(workspace));
                Tell(new PersonsWord(undone).Undo(), screen);
                return ExitCode.Done;
            }

            if (what is null || word is null)
                throw new UsageException("Decide what? Give a picture or group and keep, drop, alternate or not-duplicate; or --undo.");
            var meant = PersonsWord.Parse(word);
            if (boxes.Count > 0 && meant != NearWord.Keep)
                throw new UsageException("--box needs the verdict keep.");
            using var opened = SmirkWorkspace.OpenToDecide(parsed.GetRequiredValue(workspace));
            Tell(new PersonsWord(opened).Decide(what, meant, boxes), screen);
            if (boxes.Count > 0)
                screen.Say($"decide: the next smirk pack uses {(boxes.Count == 1 ? "the box" : "the boxes")}");
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(IReadOnlyList<ChangedWord> changes, Screen screen)
    {
        foreach (var change in changes)
            screen.Say(
                $"{change.Path}: {(change.After is { } now ? PersonsWords.Of(now) : $"no longer {PersonsWords.Of(change.Before!)}")}");
    }
}
