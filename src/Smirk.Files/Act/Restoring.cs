using System.Security.Cryptography;
using Smirk.Files.Posix;

namespace Smirk.Files.Act;

/// <summary>Puts one file back. Never replaces a file that has the name by now, unless it is the hard link that the action put
/// there.</summary>
/// <param name="intent">The action, with whole paths.</param>
/// <param name="sha256">The content that was removed; null where it is aside or was never touched.</param>
internal sealed unsafe class Restoring(Intent intent, string? sha256)
{
    private const int BlockBytes = 256 * 1024;

    // A fraction of a second\'s worth.
    private const long TellEvery = 64 * BlockBytes;

    private Way _way;
    private bool _linkInPlace;

    private enum Way
    {
        None,
        MoveBack,
        LinkKeeper,
        CopyKeeper,
    }

    /// <summary>Whether there is something to put back, and the reason when it can't be.</summary>
    public (bool Needed, string? Reason) Decide()
    {
        if (intent.Kind == ActKind.Reflink)
            return (false, null);
        var now = IdentityAt(intent.Path);
        // Once it was removed, a new file can have got its number, and one that was made again has another number.
        if (now is { } here && (sha256 is null ? here.IsSameFile(intent.Identity) : here.Size == intent.Identity.Size
            && here.Modified == intent.Identity.Modified && !IsLinkOfKeeper(here)))
            return (false, null);

        // Where the name is a hard link to the keeper, that is the action's doing.
        _linkInPlace = now is { } there && IsLinkOfKeeper(there);
        if (now is not null && !_linkInPlace)
            return (true, "another file has its name now; move that file away and run undo again");
        if (IdentityAt(intent.Aside!)?.IsSameFile(intent.Identity) == true)
            _way = Way.MoveBack;
        else if (sha256 is not null)
            _way = WasNameOfKeeper() ? Way.LinkKeeper : Way.CopyKeeper;
        else
            return (true, intent.Kind == ActKind.Quarantine ? $"is no longer in quarantine as {intent.Aside}"
                : "is missing, but the run didn't remove it");
        return (true, null);
    }

    /// <summary>Does it; the reason when it fails.</summary>
    /// <param name="copied">Told now and then how many bytes were copied, where the content has to be.</param>
    /// <param name="cancel">Stops a copy; nothing is left of it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public string? Do(Action<long> copied, CancellationToken cancel)
    {
        using var folder = FolderMaker.Make(intent.Path.Folder);
        if (folder.Error != 0)
            return $"its folder can't be opened: {Errno.Text(folder.Error)}";
        if (_way == Way.CopyKeeper)
            return CopyKeeper(folder, copied, cancel);
        if (_way == Way.LinkKeeper)
        {
            using var keeper = Descriptor.OpenFolder(intent.Keeper.Folder);
            return Settle(NameChanges.Link(keeper, intent.Keeper.Name, folder, intent.Path.Name));
        }

        using var aside = Descriptor.OpenFolder(intent.Aside!.Folder);
        if (aside.Error != 0)
            return $"{intent.Aside.Folder} can't be opened: {Errno.Text(aside.Error)}";
        return Settle(_linkInPlace ? NameChanges.MoveOver(folder, intent.Aside.Name, intent.Path.Name)
            : NameChanges.Move(aside, intent.Aside.Name, folder, intent.Path.Name));
    }

    private string? CopyKeeper(Descriptor folder, Action<long> copied, CancellationToken cancel)
    {
        using var keeperFolder = Descriptor.OpenFolder(intent.Keeper.Folder);
        using var keeper = Descriptor.OpenFile(keeperFolder, intent.Keeper.Name, OpenFlags.ReadOnly);
        if (keeper.Error != 0)
            return $"its content was that of {intent.Keeper}, which can't be opened: {Errno.Text(keeper.Error)}";
        var temporary = Intent.NameBeside(intent.Path, intent.Number).Name.ToArray();
        _ = NameChanges.Remove(folder, temporary);
        using var copy = Descriptor.OpenFile(folder, temporary, OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Exclusive, 0x180);
        if (copy.Error != 0)
            return $"can't be recreated: {Errno.Text(copy.Error)}";
        var isBack = false;
        try
        {
            if (Copy(keeper, copy, copied, cancel) is { } reason)
                return reason;
            intent.Facts.ApplyTo(copy);
            _ = NativeMethods.Sync(copy.Value);
            reason = Settle(_linkInPlace ? NameChanges.MoveOver(folder, temporary, intent.Path.Name)
                : NameChanges.Move(folder, temporary, folder, intent.Path.Name));
            isBack = reason is null;
            return reason;
        }
        finally
        {
            if (!isBack)
                _ = NameChanges.Remove(folder, temporary);
        }
    }

    // The hash says whether the keeper still has what was removed.
    private string? Copy(Descriptor from, Descriptor to, Action<long> copied, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var buffer = new ReadBuffer(BlockBytes);
        for (long at = 0; FileCalls.ReadFully(from.Value, buffer.Start, BlockBytes, at) is var length && length != 0; at += length)
        {
            if (length < 0)
                return $"its content was that of {intent.Keeper}, which can't be read: {Errno.Text((int)-length)}";
            cancel.ThrowIfCancellationRequested();
            if (at % TellEvery == 0)
                copied(at);
            hash.AppendData(new ReadOnlySpan<byte>(buffer.Start, (int)length));
            if (FileCalls.WriteFully(to.Value, buffer.Start, length) is var error && error != 0)
                return $"can't be written: {Errno.Text(error)}";
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == sha256 ? null
            : $"its content was that of {intent.Keeper}, which has changed since";
    }

    private bool IsLinkOfKeeper(FileIdentity now) => intent.Kind == ActKind.Hardlink && now.IsSameFile(intent.KeeperIdentity);

    private bool WasNameOfKeeper() =>
        intent.Identity.IsSameFile(intent.KeeperIdentity) && IdentityAt(intent.Keeper)?.IsSameFile(intent.KeeperIdentity) == true;

    private static string? Settle(int error) => error == 0 ? null : $"can't be put back: {Errno.Text(error)}";

    private static FileIdentity? IdentityAt(RawPath path)
    {
        using var folder = Descriptor.OpenFolder(path.Folder);
        return folder.Error == 0 ? Descriptor.IdentityOf(folder, path.Name) : null;
    }
}
