using Smirk.Files.Posix;
using Smirk.Files.Walk;

namespace Smirk.Files.Act;

/// <summary>A file and its folder, opened, and checked to be the ones that were found.</summary>
internal sealed class OpenedFile : IDisposable
{
    private readonly byte[] _name;

    private OpenedFile(Descriptor folder, Descriptor descriptor, ReadOnlySpan<byte> name)
    {
        (Folder, Descriptor) = (folder, descriptor);
        _name = name.ToArray();
    }

    public Descriptor Folder { get; }

    public Descriptor Descriptor { get; }

    public ReadOnlySpan<byte> Name => _name;

    /// <summary>Opens it; the reason when it isn't what was found.</summary>
    public static string? Open(FoundFile found, int flags, Func<FileIdentity, FileIdentity> expected, out OpenedFile? file)
    {
        file = null;
        var folder = Descriptor.OpenFolder(found.Path.Folder);
        var reason = WhyNot(folder, found);
        if (reason is not null)
        {
            folder.Dispose();
            return reason;
        }

        var opened = Descriptor.OpenFile(folder, found.Path.Name, flags);
        reason = WhyNot(opened, expected(found.Identity));
        if (reason is not null)
        {
            opened.Dispose();
            folder.Dispose();
            return reason;
        }

        file = new OpenedFile(folder, opened, found.Path.Name);
        return null;
    }

    /// <summary>Whether the file's name still leads to it, and its content is as it was.</summary>
    public bool IsStillThere() => IsStillAt(Folder, Name);

    /// <summary>Whether that name leads to the file now, and its content is as it was.</summary>
    public bool IsStillAt(Descriptor folder, ReadOnlySpan<byte> name) =>
        Descriptor.IdentityOf(folder, name) is { } now && now.HasSameContentAs(Descriptor.Status.Identity);

    public void Dispose()
    {
        Descriptor.Dispose();
        Folder.Dispose();
    }

    private static string? WhyNot(Descriptor folder, FoundFile found)
    {
        if (folder.Error != 0)
            return $"its folder can't be opened: {Errno.Text(folder.Error)}";
        return folder.Folder == found.Folder ? null : "its folder has been replaced";
    }

    private static string? WhyNot(Descriptor file, FileIdentity expected)
    {
        switch (file.Error)
        {
            case 0:
                break;
            case Errno.NoEntry:
                return "has vanished";
            case Errno.TooManyLevels:
                return "has become a symbolic link";
            default:
                return $"can't be opened: {Errno.Text(file.Error)}";
        }

        if (!file.Status.IsRegular)
            return "is no longer a regular file";
        if (!file.Status.Identity.IsSameFile(expected))
            return "has been replaced by another file";
        return file.Status.Identity == expected ? null : "has changed since it was looked at";
    }
}
