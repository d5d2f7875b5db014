using System.Text.Json;
using Smirk.Cli.Arguments;
using Smirk.Files.Act;
using Smirk.Files.Exact.Keep;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Stages;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>Shows a plan, asks, carries it out and says what came of it.</summary>
internal static class DupesActing
{
    /// <summary>Does so; returns the exit code.</summary>
    public static int Carry(ActPlan plan, ActChoice choice, ShownGroups found, Screen screen, CancellationToken cancel)
    {
        if (choice.DryRun)
            return Show(plan, found, screen);
        screen.Clear();
        var result = new ActResult([], plan.LeftAlone, null);
        if (plan.Actions.Count > 0 && !choice.Yes && !Confirmation.Ask(Question(plan)))
            screen.Say("Nothing was done.");
        else
            result = new ActExecutor(choice.Journal, screen).Run(plan, cancel);

        if (choice.Log is not null)
            DeletionLog.Append(choice.Log, found.Groups, result);
        if (screen.IsJson)
            WriteJson(found, "actions", result.Done, result.LeftAlone, result.Journal);
        var failed = result.LeftAlone.Where(l => !l.AsAsked).ToList();
        foreach (var left in failed)
            screen.Warn($"{left.Path}: {left.Reason}");
        screen.Say(Sentence(result, choice.Kind!.Value));
        if (result.Journal is not null)
            screen.Say($"To undo: smirk undo {result.Journal}");
        return cancel.IsCancellationRequested ? ExitCode.Cancelled : DupesCommand.CodeFor([.. found.Refused, .. failed]);
    }

    private static int Show(ActPlan plan, ShownGroups found, Screen screen)
    {
        if (screen.IsJson)
            WriteJson(found, "plan", plan.Actions, plan.LeftAlone, null);
        foreach (var action in plan.Actions)
            screen.Say($"would {action}, {action.Why}");
        foreach (var left in plan.LeftAlone)
            screen.Say($"would leave {left.Path}: {left.Reason}");
        screen.Say($"Nothing was done; this would free {ByteSizes.Short(plan.FreedBytes)}.");
        return DupesCommand.CodeFor(found.Refused);
    }

    private static string Question(ActPlan plan)
    {
        var first = plan.Actions[0];
        var what = first.Kind switch
        {
            ActKind.Quarantine => "Move {0} to quarantine",
            ActKind.Hardlink => "Replace {0} with hard links",
            ActKind.Reflink => "Let {0} share data",
            _ => "Delete {0}",
        };
        return $"{string.Format(what, Counted.Of(plan.Actions.Count, "file"))} ({ByteSizes.Short(plan.FreedBytes)})?";
    }

    private static string Sentence(ActResult result, ActKind kind)
    {
        var what = kind switch
        {
            ActKind.Quarantine => "moved",
            ActKind.Hardlink => "replaced with hard links",
            ActKind.Reflink =>
            "now share data",
            _ => "deleted"
        };
        var freed = ByteSizes.Short(FreedBytes.Of(result.Done.Select(a => a.File)));
        var left = result.LeftAlone.Count == 0 ? "" : $", {result.LeftAlone.Count:N0} left alone";
        return $"{Counted.Of(result.Done.Count, "file")} {what}{left}; {freed} "
            + $"{(kind == ActKind.Quarantine ? "will be freed when the quarantine is emptied" : "freed")}.";
    }

    private static void WriteJson(
        ShownGroups found, string name, IReadOnlyList<PlannedAction> actions, IReadOnlyList<RefusedPath> leftAlone, string? journal) =>
        found.WriteJson(
            json =>
            {
                WriteActions(json, name, actions);
                json.WriteStartArray("left_alone");
                foreach (var left in leftAlone)
                {
                    json.WriteStartObject();
                    json.WritePath("path", left.Path);
                    json.WriteString("reason", left.Reason);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                if (journal is not null)
                    json.WriteString("journal", journal);
            },
            [new(name, actions.Count), new("left_alone", leftAlone.Count)]);

    private static void WriteActions(Utf8JsonWriter json, string name, IReadOnlyList<PlannedAction> actions)
    {
        json.WriteStartArray(name);
        foreach (var action in actions)
        {
            json.WriteStartObject();
            json.WriteString("action", action.Kind.ToString().ToLowerInvariant());
            json.WritePath("path", action.File.Path);
            json.WritePath("keeper", action.Keeper.Path);
            if (action.Destination is not null)
                json.WritePath("to", action.Destination);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
