using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Act;

/// <summary>Decides what is to be done with groups of duplicates. Changes nothing.</summary>
public static class ActPlanner
{
    /// <summary>The plan for <paramref name="kind"/>.</summary>
    /// <param name="groups">The duplicates, of whatever kind.</param>
    /// <param name="kind">What to do.</param>
    /// <param name="quarantine">For <see cref="ActKind.Quarantine"/>: the folder, which exists.</param>
    /// <exception cref="UsageException">The quarantine isn't a folder that can be opened.</exception>
    public static ActPlan Plan(IReadOnlyList<DuplicateGroup> groups, ActKind kind, RawPath? quarantine = null)
    {
        var places = kind == ActKind.Quarantine
            ? new QuarantinePlaces(quarantine ?? throw new UsageException("A quarantine needs a folder.")) : null;
        var actions = new List<PlannedAction>();
        var leftAlone = new List<RefusedPath>();
        foreach (var group in groups)
        {
            foreach (var member in group.Members)
            {
                if (IsDoneAlready(kind, group.Keeper, member.File))
                    continue;
                if (WhyNot(kind, group.Keeper, member, places) is { } reason)
                    leftAlone.Add(new RefusedPath(member.File.Path, reason) { AsAsked = member.StaysBecause is not null });
                else
                    actions.Add(new PlannedAction(kind, group.Keeper, member.File, member.SameBytes, places?.For(member.File)));
            }
        }

        if (places is not null)
            AddSidecars(actions, places);
        return new ActPlan(actions, leftAlone) { Quarantine = kind == ActKind.Quarantine ? quarantine : null };
    }

    // Each right behind its picture.
    private static void AddSidecars(List<PlannedAction> actions, QuarantinePlaces places)
    {
        var leaving = actions.Select(a => a.File.Path).ToHashSet();
        var keepers = actions.Select(a => a.Keeper.Path).ToHashSet();
        var sidecars = new Sidecars();
        for (var at = 0; at < actions.Count; at++)
        {
            var action = actions[at];
            if (action.GoesWith is not null)
                continue;
            var own = sidecars.Of(action.File, leaving.Contains).Where(file => !keepers.Contains(file.Path) && leaving.Add(file.Path));
            actions.InsertRange(at + 1, own.Select(file => new PlannedAction(
                ActKind.Quarantine, action.Keeper, file, SameBytes: false, places.For(file))
            { GoesWith = action.File.Path }).ToList());
        }
    }

    private static bool IsDoneAlready(ActKind kind, FoundFile keeper, FoundFile file) =>
        kind is ActKind.Hardlink or ActKind.Reflink && keeper.Identity.IsSameFile(file.Identity);

    private static string? WhyNot(ActKind kind, FoundFile keeper, DuplicateMember member, QuarantinePlaces? places)
    {
        if (member.StaysBecause is not null)
            return member.StaysBecause;
        if (keeper.ThroughLink)
            return "the file to keep is a symbolic link";
        if (kind != ActKind.Quarantine && !member.SameBytes)
            return "isn't a byte-for-byte copy; such files can only be moved with --quarantine";
        if (kind is ActKind.Hardlink or ActKind.Reflink && keeper.Identity.Device != member.File.Identity.Device)
            return "is on a different file system from the file to keep";
        if (places is not null && places.Device != member.File.Identity.Device)
            return "is on a different file system from the quarantine; choose a folder on the same one";
        return MayBeSameFile(keeper.Identity, member.File.Identity)
            ? "may be the kept file itself, seen through another mount: their times are identical to the nanosecond"
            : null;
    }

    // One file seen through two mounts (overlay, network) has two device numbers. A copy may take over the time of modification, never that
    // of the status change.
    private static bool MayBeSameFile(FileIdentity keeper, FileIdentity file) =>
        keeper.Device != file.Device && keeper.Modified == file.Modified && keeper.Changed == file.Changed;
}
