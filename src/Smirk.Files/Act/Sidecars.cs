using System.Text;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Imaging.Formats;

namespace Smirk.Files.Act;

/// <summary>Files that belong to a picture and lie beside it: edits and ratings (.xmp), what a photo service tells of it (.json), captions
/// (.txt), Apple's edits (.aae). Where the picture goes they go.</summary>
internal sealed unsafe class Sidecars
{
    private static readonly string[] Endings = [".xmp", ".json", ".txt", ".aae"];

    // Google's name for its own, of which a part is cut off where the whole is too long.
    private const string Takeout = ".supplemental-metadata.json";

    // The names in each folder, as they are told apart there and in lower case.
    private readonly Dictionary<RawPath, List<(byte[] Name, string Lower)>> _folders = [];

    /// <summary>Those of <paramref name="picture"/>, by name.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="isLeaving">Whether another picture of that folder goes, too: a sidecar without the picture's own ending belongs to all
    /// that share its name.</param>
    public IReadOnlyList<FoundFile> Of(FoundFile picture, Func<RawPath, bool> isLeaving)
    {
        if (!PictureExtension.IsOf(picture.Path.ToText()))
            return [];
        var folder = picture.Path.Folder;
        var names = NamesIn(folder);
        var whole = Encoding.UTF8.GetString(picture.Path.Name).ToLowerInvariant();
        var stem = Path.GetFileNameWithoutExtension(whole);
        var shared = names.Exists(n => PictureExtension.IsOf(n.Lower) && n.Lower != whole
            && Path.GetFileNameWithoutExtension(n.Lower) == stem && !isLeaving(folder.Combine(n.Name)));
        var found = new List<FoundFile>();
        foreach (var (name, lower) in names)
        {
            var own = Endings.Any(e => lower == whole + e) || lower == whole + Takeout;
            if ((own || (!shared && Endings.Any(e => lower == stem + e))) && Look(folder, name) is { } file)
                found.Add(file);
        }

        return found;
    }

    private List<(byte[] Name, string Lower)> NamesIn(RawPath folder)
    {
        if (_folders.TryGetValue(folder, out var known))
            return known;
        var names = new List<(byte[], string)>();
        using (var opened = Descriptor.OpenFolder(folder))
        {
            var buffer = new byte[32 << 10];
            fixed (byte* entries = buffer)
            {
                for (int length; opened.Error == 0 && (length = FileCalls.List(opened.Value, entries, buffer.Length)) > 0;)
                {
                    var walk = new FolderEntries(entries, length);
                    while (walk.MoveNext())
                        names.Add((walk.Name.ToArray(), Encoding.UTF8.GetString(walk.Name).ToLowerInvariant()));
                }
            }
        }

        names.Sort((a, b) => a.Item1.AsSpan().SequenceCompareTo(b.Item1));
        return _folders[folder] = names;
    }

    private static FoundFile? Look(RawPath folder, byte[] name)
    {
        var path = folder.Combine(name);
        fixed (byte* start = path.Terminated)
        {
            if (FileCalls.StatusAt(AtFlags.CurrentFolder, start, AtFlags.SymlinkNoFollow, out var status) != 0 || !status.IsRegular
                || FolderTree.IdentityOf(folder) is not { } identity)
                return null;
            return new FoundFile(path, status.Identity, identity)
            {
                Mode = status.Mode,
                Links = status.Links,
                Allocated = status.Allocated,
            };
        }
    }
}
