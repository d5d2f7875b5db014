using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Files.Act;

/// <summary>Carries out a plan. Each file is opened, checked and compared just before; what isn't as it was found is left alone, by
/// name.</summary>
/// <remarks>Order, so that a kill or power cut at any point can be taken back: intents are on the disk; files step aside by rename;
/// contents that will go are on the disk as hashes; names are removed.</remarks>
/// <param name="journalPath">The journal's file, made here; it must not exist.</param>
/// <param name="progress">Who is told how far it is.</param>
public sealed class ActExecutor(string journalPath, IProgress<StageProgress>? progress = null)
{
    // One synced write for so many actions; each keeps four descriptors open.
    private const int Batch = 64;

    private readonly List<PlannedAction> _done = [];
    private readonly List<RefusedPath> _leftAlone = [];
    private int _total;

    // What files with several names have become through our own actions.
    private readonly Dictionary<FolderIdentity, FileIdentity> _changedByUs = [];

    /// <summary>Does what is planned, until it is done or cancelled; what was begun is finished.</summary>
    public ActResult Run(ActPlan plan, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _leftAlone.AddRange(plan.LeftAlone);
        if (plan.Actions.Count == 0)
            return new ActResult([], _leftAlone, null);
        _total = plan.Actions.Count;
        using var journal = new ActJournal(journalPath);
        if (plan.Quarantine is { } quarantine)
            MakeQuarantine(quarantine);
        for (var at = 0; at < plan.Actions.Count && !cancel.IsCancellationRequested; at += Batch)
        {
            Carry([.. plan.Actions.Skip(at).Take(Batch)], at, journal, cancel);
            Tell(Math.Min(at + Batch, plan.Actions.Count));
        }

        return new ActResult(_done, _leftAlone, journalPath);
    }

    // Marked, so that nothing in it is found again. What can't be made is said of each file that should go there.
    private static void MakeQuarantine(RawPath folder)
    {
        using var opened = FolderMaker.Make(folder);
        if (opened.Error == 0)
            OutputFolder.Make($"/proc/self/fd/{opened.Value}");
    }

    private void Carry(IReadOnlyList<PlannedAction> batch, int first, ActJournal journal, CancellationToken cancel)
    {
        // Say what will be tried.
        var intents = new List<(PlannedAction Action, Intent Intent)>();
        for (var i = 0; i < batch.Count; i++)
        {
            if (IntentOf(batch[i], first + i) is { } intent)
                intents.Add((batch[i], intent));
        }

        if (intents.Count == 0)
            return;
        journal.Intend([.. intents.Select(i => i.Intent)]);

        // Check, compare and put aside.
        var aside = new List<(PlannedAction Action, Intent Intent, string Sha256)>();
        foreach (var (action, intent) in intents)
        {
            if (cancel.IsCancellationRequested)
                break;
            if (!TryUnlessCancelled(action, intent, out var sha256, out var reason, cancel))
                break;
            if (reason is not null)
                _leftAlone.Add(new RefusedPath(action.File.Path, reason));
            else if (action.Kind is ActKind.Delete or ActKind.Hardlink)
                aside.Add((action, intent, sha256!));
            else
                _done.Add(action);
        }

        if (aside.Count == 0)
            return;

        // Say what will be removed, then remove it.
        journal.Remove([.. aside.Select(a => (a.Intent.Number, a.Sha256))]);
        foreach (var (action, intent, _) in aside)
        {
            if (Remove(intent) is { } reason)
                _leftAlone.Add(new RefusedPath(action.File.Path, reason));
            else
                _done.Add(action);
        }
    }

    private Intent? IntentOf(PlannedAction action, int number)
    {
        if (OpenedFile.Open(action.File, OpenFlags.ReadOnly, Expected, out var file) is { } reason)
        {
            _leftAlone.Add(new RefusedPath(action.File.Path, reason));
            return null;
        }

        using (file)
        {
            var aside = action.Kind switch
            {
                ActKind.Quarantine => action.Destination,
                ActKind.Reflink => null,
                _ => Intent.NameBeside(action.File.Path, number),
            };
            return new Intent(number, action.Kind, action.File.Path, action.File.Identity, aside, action.Keeper.Path,
                action.Keeper.Identity, SavedFacts.Of(file!.Descriptor));
        }
    }

    // False when it was cancelled while the bytes were compared: the file is as it was.
    private bool TryUnlessCancelled(PlannedAction action, Intent intent, out string? sha256, out string? reason, CancellationToken cancel)
    {
        (sha256, reason) = (null, null);
        try
        {
            reason = Try(action, intent, out sha256, cancel);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Tell(int done, string? detail = null) => progress?.Report(new StageAdvanced("dupes", done, _total, "files", detail));

    private string? Try(PlannedAction action, Intent intent, out string? sha256, CancellationToken cancel)
    {
        sha256 = null;
        if (action.GoesWith is { } picture && _leftAlone.Exists(left => left.Path.Equals(picture)))
            return $"belongs to {picture}, which stays";
        if (OpenedPair.Open(action, Expected, out var pair) is { } reason)
            return reason;
        using (pair)
        {
            if (action.SameBytes && (sha256 = pair!.HashIfEqual(
                bytes => Tell(intent.Number, $"comparing {action.File.Path}, {bytes / 1e6:0} MB"), cancel)) is null)
                return $"differs from {action.Keeper.Path}, or changed while they were compared";
            reason = action.Kind == ActKind.Reflink ? SharedData.Share(pair!, cancel) : StepAside.Do(action, intent, pair!);
            Remember(pair!.File.Descriptor);
            Remember(pair.Keeper.Descriptor);
            return reason;
        }
    }

    private string? Remove(Intent intent)
    {
        using var folder = Descriptor.OpenFolder(intent.Aside!.Folder);
        if (folder.Error != 0)
            return $"is now {intent.Aside}, which can't be opened: {Errno.Text(folder.Error)}";
        using var file = Descriptor.OpenFile(folder, intent.Aside.Name, OpenFlags.ReadOnly);
        if (file.Error != 0 || !file.Status.Identity.IsSameFile(intent.Identity))
            return $"is no longer {intent.Aside}, where it was put aside";
        var error = NameChanges.Remove(folder, intent.Aside.Name);
        Remember(file);
        return error == 0 ? null : $"is now {intent.Aside} and can't be removed: {Errno.Text(error)}";
    }

    private FileIdentity Expected(FileIdentity found) =>
        _changedByUs.GetValueOrDefault(new FolderIdentity(found.Device, found.Inode), found);

    private void Remember(Descriptor file)
    {
        if (file.Refresh() == 0)
            _changedByUs[file.Folder] = file.Status.Identity;
    }
}
