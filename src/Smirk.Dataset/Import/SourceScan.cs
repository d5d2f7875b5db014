using Smirk.Files.Archives;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Import;

/// <summary>Walks through one source in a stable order, telling what is new. Reads nothing of a file that is as it was.</summary>
internal sealed class SourceScan(NamedSource source, IEnumerable<SourceFile> known, ImportOptions options)
{
    // What systems put into folders by themselves; nobody misses it.
    private static readonly HashSet<string> Ignored = new(StringComparer.OrdinalIgnoreCase) { ".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX", ".git", "@eaDir", ".directory" };

    private readonly SortedSet<string> _closed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceFile> _known = known.ToDictionary(f => f.Path);

    /// <summary>Everything in the source. For a source that is itself a file or an archive the path is its file name.</summary>
    public IEnumerable<Found> Run()
    {
        foreach (var file in Files())
        {
            var path = source.Kind == "folder" ? Path.GetRelativePath(source.Path, file.FullName) : file.Name;
            foreach (var found in Look(file, path))
                yield return found;
        }

        foreach (var folder in _closed)
            yield return new FoundUnfit(Path.GetRelativePath(source.Path, folder), 0, 0, "unreadable: this folder can't be looked into");
    }

    /// <summary>How many files the source has, archives counted as one each.</summary>
    public int CountFiles() => Files().Count();

    /// <summary>Whether systems put such files there by themselves.</summary>
    public static bool IsIgnored(string path) => path.Split('/').Any(Ignored.Contains);

    private IEnumerable<FileInfo> Files() => source.Kind == "folder" ? FilesOf(new DirectoryInfo(source.Path)) : [new FileInfo(source.Path)];

    // By name, byte for byte, files before folders: the same on every machine and file system. Links to folders aren't followed: they may lead round in a circle.
    private IEnumerable<FileInfo> FilesOf(DirectoryInfo folder)
    {
        var entries = Entries(folder);
        foreach (var file in entries.OfType<FileInfo>())
            yield return file;
        foreach (var below in entries.OfType<DirectoryInfo>().Where(d => d.LinkTarget is null))
        {
            foreach (var file in FilesOf(below))
                yield return file;
        }
    }

    private FileSystemInfo[] Entries(DirectoryInfo folder)
    {
        try
        {
            return [.. folder.EnumerateFileSystemInfos().Where(e => !Ignored.Contains(e.Name)).OrderBy(e => e.Name, StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            _closed.Add(folder.FullName);
            return [];
        }
    }

    private IEnumerable<Found> Look(FileInfo file, string path)
    {
        var target = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        if (target is not { Exists: true })
            return [new FoundUnfit(path, 0, 0, file.LinkTarget is null ? "unreadable: it is gone, or its name is no UTF-8" : "no picture: a link that leads to no file")];
        var (size, modified) = (target.Length, target.LastWriteTimeUtc.Ticks);
        _known.TryGetValue(path, out var before);
        var unchanged = before is not null && before.Size == size && before.ModifiedTicks == modified;
        if (ArchiveKinds.HasArchiveName(path) && ArchiveKinds.Open(file.FullName) is { } archive)
            return unchanged ? AsItWas(before!) : LookInside(archive, path, size, modified);
        if (unchanged)
            return [new FoundKnown(before!)];

        // Pipes, sockets and devices say 0 too, and reading one of those may never end.
        if (size == 0)
            return [new FoundUnfit(path, size, modified, "empty: the file has no bytes")];
        if (size > options.MaxBytes)
            return [new FoundUnfit(path, size, modified, $"too long: {size / 1e6:0.#} MB, at most {options.MaxBytes / 1e6:0.##} MB are read")];
        return [new FoundFile(path, size, modified, () => File.ReadAllBytes(file.FullName), 0, before)];
    }

    private IEnumerable<Found> AsItWas(SourceFile archive)
    {
        foreach (var member in _known.Values.Where(f => f.Path.StartsWith(archive.Path + "!", StringComparison.Ordinal)))
            yield return new FoundKnown(member);
        yield return new FoundKnown(archive);
    }

    private IEnumerable<Found> LookInside(Archive archive, string path, long size, long modified)
    {
        foreach (var member in archive.Members(options.Archives with { MaxMemberBytes = options.MaxBytes }))
        {
            var memberPath = $"{path}!{member.Name}";
            if (IsIgnored(member.Name))
                continue;
            if (member is ArchiveDamage)
            {
                yield return new FoundUnfit(path, size, modified, member.Refusal!);
                yield break;
            }

            _known.TryGetValue(memberPath, out var before);
            if (member.Refusal is not null)
                yield return new FoundUnfit(memberPath, member.Size, member.ModifiedTicks, member.Refusal);
            else if (before is not null && before.Size == member.Size && before.ModifiedTicks == member.ModifiedTicks)
                yield return new FoundKnown(before);
            else if (member.Size == 0)
                yield return new FoundUnfit(memberPath, 0, member.ModifiedTicks, "empty: the file has no bytes");
            else
                yield return Taken(member, memberPath, before);
        }

        yield return new FoundArchiveEnd(path, size, modified);
    }

    private static Found Taken(ArchiveMember member, string path, SourceFile? before)
    {
        try
        {
            var bytes = member.Read!();
            return new FoundFile(path, member.Size, member.ModifiedTicks, () => bytes, bytes.Length, before);
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return new FoundUnfit(path, member.Size, member.ModifiedTicks, ArchiveKinds.Reason(error));
        }
    }
}
