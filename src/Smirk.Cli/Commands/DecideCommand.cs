using System.CommandLine;
using Smirk.Dataset.Decide;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Cli.Commands;

/// <summary><c>smirk decide WS GROUP|FILE VERDICT</c>: a person's decision, which overrides Smirk's. With <c>--decisions FILE</c> about
/// pictures in folders.</summary>
internal static class DecideCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var first = new Argument<string?>("WS")
        {
            Description = "the workspace folder; none with --decisions",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var second = new Argument<string?>("WHAT")
        {
            Description =
                "a FILE, named as for smirk why; or a GROUP of duplicates, named by the SHA-256 (or its first digits) of the picture it "
                    + "keeps; with --decisions: the paths of two pictures, or of one for keep",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var third = new Argument<string?>("VERDICT")
        {
            Description = "keep, drop (in a workspace), alternate (related, both stay) or not-duplicate (unrelated, both stay)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var decisions = new Option<string?>("--decisions")
        {
            HelpName = "FILE",
            Description = "decide about pictures in folders: add a line to this file, which smirk dupes --near --decisions FILE heeds; "
                + "pictures are told by their content, so they may be renamed or moved",
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
              smirk decide --decisions photos.jsonl a.png b.png not-duplicate
              smirk decide --decisions photos.jsonl a.png keep
            """) { first, second, third, decisions, box, undo };
        command.SetRun((parsed, screen, _) =>
        {
            string[] words = [.. new[] { parsed.GetValue(first), parsed.GetValue(second), parsed.GetValue(third) }.OfType<string>()];
            var boxes = (parsed.GetValue(box) ?? []).Select(PersonsBox.Parse).ToList();
            if (parsed.GetValue(decisions) is { } file)
            {
                if (boxes.Count > 0)
                    throw new UsageException("--box is about crops, which only a workspace has; leave it or --decisions out.");
                return FolderDeciding.Do(file, words, parsed.GetValue(undo), screen);
            }

            if (words.Length == 0)
                throw new UsageException("Decide where? Give a workspace, or --decisions FILE for pictures in folders.");
            if (parsed.GetValue(undo))
            {
                if (words.Length > 1 || boxes.Count > 0)
                    throw new UsageException("--undo takes back the last decision, whatever it was about; it needs no picture.");
                using var undone = SmirkWorkspace.OpenToDecide(words[0]);
                Tell(new PersonsWord(undone).Undo(), screen);
                return ExitCode.Done;
            }

            if (words.Length < 3)
                throw new UsageException("Decide what? Give a picture or group and keep, drop, alternate or not-duplicate; or --undo.");
            var meant = PersonsWord.Parse(words[2]);
            if (boxes.Count > 0 && meant != NearWord.Keep)
                throw new UsageException("--box needs the verdict keep.");
            using var opened = SmirkWorkspace.OpenToDecide(words[0]);
            Tell(new PersonsWord(opened).Decide(words[1], meant, boxes), screen);
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
