using System.Text;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Workspace.Errors;

namespace Smirk.Files.Act;

/// <summary>Where files go in a quarantine: below it, under their whole path, so that each can be recognised.</summary>
internal sealed class QuarantinePlaces
{
    private readonly RawPath _folder;
    private readonly Dictionary<RawPath, RawPath> _realFolders = [];
    private readonly HashSet<RawPath> _taken = [];

    /// <summary>Looks at the quarantine, or at the folder in which it will be made.</summary>
    /// <exception cref="UsageException">It isn't a folder that can be opened.</exception>
    public QuarantinePlaces(RawPath folder)
    {
        var missing = new Stack<byte[]>();
        var at = folder;
        var opened = Descriptor.OpenFolder(at);
        for (; opened.Error == Errno.NoEntry && !at.IsTop; opened = Descriptor.OpenFolder(at))
        {
            missing.Push(at.Name.ToArray());
            at = at.Folder;
        }

        using (opened)
        {
            if (opened.Error != 0)
                throw new UsageException(
                    $"Can't use {folder} as quarantine: {at}: {Errno.Text(opened.Error)}. Choose a folder that can be written to.");
            Device = opened.Status.Identity.Device;
            _folder = opened.RealPath ?? at;
        }

        while (missing.TryPop(out var name))
            _folder = _folder.Combine(name);
    }

    public ulong Device { get; }

    /// <summary>A place that is free now; the move itself never replaces anything.</summary>
    public RawPath For(FoundFile file)
    {
        var place = _folder.Combine(RealFolder(file.Path.Folder).Bytes.TrimStart((byte)'/')).Combine(file.Path.Name);
        var free = place;
        for (var number = 1; !_taken.Add(free) || Descriptor.Exists(free); number++)
            free = place.Folder.Combine([.. file.Path.Name, .. Encoding.ASCII.GetBytes($".{number}")]);
        return free;
    }

    private RawPath RealFolder(RawPath folder)
    {
        if (_realFolders.TryGetValue(folder, out var real))
            return real;
        using var opened = Descriptor.OpenFolder(folder);
        return _realFolders[folder] = opened.RealPath ?? folder;
    }
}
