using Microsoft.Win32.SafeHandles;
using Smirk.Dataset.Annotations;
using Smirk.Files.Archives;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Music.Rolls;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Import;

/// <summary>Goes through one source in a stable order, telling what is new. Reads nothing of a file that is as it was.</summary>
/// <param name="source">Which.</param>
/// <param name="known">What the catalog knows of it.</param>
/// <param name="options">Limits.</param>
/// <param name="rolls">How tunes are cut.</param>
/// <param name="tell">Told now and then what is being unpacked.</param>
/// <param name="progress">Told how many files were found.</param>
/// <param name="cancel">Stops it, in the middle of an archive too.</param>
internal sealed class SourceScan(
    NamedSource source, IEnumerable<SourceFile> known, ImportOptions options, RollCut rolls, Action<string> tell,
    IProgress<StageProgress>? progress, CancellationToken cancel)
{
    // What systems put into folders by themselves; nobody misses it.
    private static readonly string[] Ignored =
    [
        ".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX", ".git", "@eaDir", ".directory", ".smirk-export.jsonl",
        ".smirk-incoming",
    ];

    // Of what an older Smirk refused only the sentence is known: it is looked at once more.
    private readonly Dictionary<string, SourceFile> _known =
        known.Where(f => f.Refusal?.Code != Reason.NoteCode || f.Path.Contains('!')).ToDictionary(f => f.Path);

    // Which members are known of each archive.
    private ILookup<string, SourceFile>? _members;
    private WalkResult? _walk;
    private PathTexts? _texts;

    // What is said about an archive's pictures has to be held until they are known.
    private const long MostSideBytes = 64_000_000;
    private readonly List<SideFile> _sides = [];
    private SideNames? _sideNames;
    private long _sideBytes;

    /// <summary>Files that say something about pictures, found so far.</summary>
    public IReadOnlyList<SideFile> Sides => _sides;

    // Links to folders aren't followed: what they lead to is imported where it is, or was not meant.
    private WalkResult Walk => _walk ??= FileWalk.Run(
        new WalkOptions
        {
            Paths = [RawPath.FromText(source.Path)],
            Links = options.FollowLinks ? LinkRule.FollowFiles : LinkRule.FollowFilesInside,
            LeavesOwnFoldersOut = true,
            SkippedNames = [.. Ignored.Select(RawPath.FromText)],
            MissingIsRefused = true,
            OthersAreRefused = true,
        },
        progress,
        cancel);

    /// <summary>Everything in the source, the files of a folder before those of the folders below it. For a source that is itself a file or
    /// an archive the path is its file name.</summary>
    public IEnumerable<Found> Run()
    {
        var files = Walk.Files.Where(file => IsOurs(PathOf(file)) || Names.IsOne(PathOf(file)))
            .Select(file => (file.Path, Look: (Func<IEnumerable<Found>>)(() => Look(file))));
        foreach (var folder in Walk.Refused.Where(r => r.Cause == RefusalCause.OwnFolder))
            progress?.Report(new StageSaid(ImportStage.Name, $"{folder.Path} {folder.Reason}"));
        TellLinksOut();
        var refused = Walk.Refused.Where(r => IsFile(r) && IsOurs(RelativePath(r)))
            .Select(r => (r.Path, Look: (Func<IEnumerable<Found>>)(() => [Unfit(r)])));
        foreach (var (_, look) in files.Concat(refused).OrderBy(found => found.Path, FilesFirst.Order))
        {
            foreach (var found in look())
                yield return found;
        }

        foreach (var folder in Walk.Refused.Where(r => r.Cause == RefusalCause.Folder && IsOurs(RelativePath(r))))
            yield return Unfit(folder);
    }

    /// <summary>Whether the file at <paramref name="path"/> inside the source is this shard's to take.</summary>
    public bool IsOurs(string path) => options.Shard?.Owns(path) ?? true;

    /// <summary>Paths of the source's files that other shards take: what comes with pictures may be about them.</summary>
    public IEnumerable<string> OfOthers => options.Shard is null ? []
        : Walk.Files.Select(PathOf).Where(path => !IsOurs(path) && !Names.IsOne(path));

    /// <summary>How many files the source has, archives counted as one each.</summary>
    public int CountFiles() => Walk.Files.Count(file => !Names.IsOne(PathOf(file)) && IsOurs(PathOf(file)))
        + Walk.Refused.Count(r => IsFile(r) && IsOurs(RelativePath(r)));

    /// <summary>Folders that Smirk made and that were left out, as paths inside the source.</summary>
    public IEnumerable<string> LeftOut => Walk.Refused.Where(r => r.Cause == RefusalCause.OwnFolder)
        .Select(r => Path.GetRelativePath(source.Path, r.Path.ToText()));

    /// <summary>A file that turned out to say nothing about any picture, looked at as any other is.</summary>
    public Found AsFile(SideFile side) => Known(side.Path) is { } before && before.Size == side.Size
        && before.ModifiedTicks == side.ModifiedTicks ? new FoundKnown(before)
        : side.Size == 0 ? new FoundUnfit(side.Path, 0, side.ModifiedTicks, Reason.Of(ImportFault.Empty))
        : new FoundNew(side.Path, side.Size, side.ModifiedTicks, side.Read, 0, Known(side.Path));

    private SideNames Names => _sideNames ??= new SideNames(Walk.Files.Select(PathOf));

    private SourceFile? Known(string path) => _known.GetValueOrDefault(path);

    private string PathOf(FoundFile file) => (_texts ??= new PathTexts(Walk.Files)).Of(file);

    // Whoever can put a link into a folder could have any file of this person's taken in and shown.
    private void TellLinksOut()
    {
        var links = Walk.Refused.Where(r => r.Cause == RefusalCause.LinkOut).ToList();
        if (links.Count > 0)
            progress?.Report(new StageSaid(ImportStage.Name,
                $"{Counted.Of(links.Count, "link")} out of {source.Path} weren't followed (such as {links[0].Path}); --follow-links does"));
    }

    private static bool IsFile(RefusedPath path) =>
        path.Cause is not (RefusalCause.Folder or RefusalCause.OwnFolder or RefusalCause.LinkOut);

    /// <summary>Whether systems put such files there by themselves.</summary>
    public static bool IsIgnored(string path) => path.Split('/').Any(part => Ignored.Contains(part, StringComparer.OrdinalIgnoreCase));

    private string RelativePath(RefusedPath path) =>
        Path.GetRelativePath(source.Kind == "folder" ? source.Path : Path.GetDirectoryName(source.Path)!, path.Path.ToText());

    private FoundUnfit Unfit(RefusedPath path) =>
        new(RelativePath(path), 0, 0,
            path.Cause switch
            {
                RefusalCause.Folder => new Reason(Code.Of(ImportFault.ClosedFolder), Text: path.Reason),
                RefusalCause.Link => Reason.Of(ImportFault.BrokenLink),
                RefusalCause.NotAFile => Reason.Of(ImportFault.NotAFile),
                _ => new Reason(Code.Of(ImportFault.Unreadable), Text: path.Reason),
            });

    private IEnumerable<Found> Look(FoundFile file)
    {
        var path = PathOf(file);
        var (size, modified) = (file.Identity.Size, file.Identity.ModifiedUtc.Ticks);
        _known.TryGetValue(path, out var before);
        var unchanged = before is not null && before.Size == size && before.ModifiedTicks == modified;
        if (ArchiveKinds.HasArchiveName(path) && IsArchive(file))
            return unchanged ? AsItWas(before!) : LookInside(file, path, size, modified);
        if (Names.IsOne(path) && size <= SideFile.Longest)
        {
            _sides.Add(new SideFile(path, size, modified, () => FileContent.Read(file)));
            return [];
        }

        if (unchanged)
            return [new FoundKnown(before!)];

        // Files of /proc and the like say 0 too, and reading one of those may never end.
        if (size == 0)
            return [new FoundUnfit(path, size, modified, Reason.Of(ImportFault.Empty))];
        if (size > options.MaxBytes)
            return [new FoundUnfit(path, size, modified, Reason.Of(ImportFault.TooLong, size, options.MaxBytes))];
        return [new FoundNew(path, size, modified, () => FileContent.Read(file), 0, before)];
    }

    // All that the path can be a member of: file names, too, may have a '!'.
    private static IEnumerable<string> ArchivesOf(string path)
    {
        for (var at = path.IndexOf('!'); at >= 0; at = path.IndexOf('!', at + 1))
            yield return path[..at];
    }

    private IEnumerable<Found> AsItWas(SourceFile archive)
    {
        _members ??= _known.Values.SelectMany(f => ArchivesOf(f.Path).Select(a => (Archive: a, File: f)))
            .ToLookup(p => p.Archive, p => p.File);
        foreach (var member in _members[archive.Path])
            yield return new FoundKnown(member);
        yield return new FoundKnown(archive);
    }

    private bool IsArchive(FoundFile file)
    {
        try
        {
            using var opened = FileContent.Open(file);
            return ArchiveKinds.Open(PathOnDisk(file, opened), options.Password, rolls) is not null;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // IDX files are told by their names, and have labels beside them. Of names that aren't text there is only the open file's, which
    // programs can read, too.
    private static string PathOnDisk(FoundFile file, SafeFileHandle opened)
    {
        var text = file.Path.ToText();
        return File.Exists(text) ? text : $"/proc/{Environment.ProcessId}/fd/{opened.DangerousGetHandle()}";
    }

    private IEnumerable<Found> LookInside(FoundFile file, string path, long size, long modified)
    {
        using var opened = Reopened(file);
        if (opened is null || ArchiveKinds.Open(PathOnDisk(file, opened), options.Password, rolls) is not { } archive)
        {
            yield return new FoundUnfit(
                path, size, modified, new Reason(Code.Of(ImportFault.Unreadable), Text: "changed while it was being read"));
            yield break;
        }

        foreach (var member in archive.Members(
            options.Archives with { MaxMemberBytes = options.MaxBytes }, bytes =>
                tell($"unpacking {Path.GetFileName(path)}, {bytes / 1e6:0} MB"), cancel))
        {
            var memberPath = $"{path}!{member.Name}";
            if (IsIgnored(member.Name))
                continue;
            if (member is ArchiveDamage)
            {
                yield return new FoundUnfit(path, size, modified, Reported(member.Refusal!));
                yield break;
            }

            _known.TryGetValue(memberPath, out var before);
            if (member.Refusal is null && SideNames.MayBe(member.Name) && Holds(member, memberPath))
                continue;
            if (member.Refusal is not null)
                yield return new FoundUnfit(memberPath, member.Size, member.ModifiedTicks, Reported(member.Refusal));
            else if (before is not null && before.Size == member.Size && before.ModifiedTicks == member.ModifiedTicks)
                yield return new FoundKnown(before);
            else if (member.Size == 0)
                yield return new FoundUnfit(memberPath, 0, member.ModifiedTicks, Reason.Of(ImportFault.Empty));
            else
                yield return Taken(member, memberPath, before);
        }

        yield return new FoundArchiveEnd(path, size, modified);
    }

    // False where there would be too much to hold, or it can't be read: then it is a member like any other.
    private bool Holds(ArchiveMember member, string path)
    {
        if (member.Size > MostSideBytes - _sideBytes)
            return false;
        try
        {
            var bytes = member.Read!();
            _sideBytes += bytes.Length;
            _sides.Add(new SideFile(path, member.Size, member.ModifiedTicks, () => bytes));
            return true;
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return false;
        }
    }

    private static SafeFileHandle? Reopened(FoundFile file)
    {
        try
        {
            return FileContent.Open(file);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static Reason Reported(ArchiveRefusal refusal) => new(Code.Of(refusal.Fault), Text: refusal.Words);

    private static Found Taken(ArchiveMember member, string path, SourceFile? before)
    {
        try
        {
            var bytes = member.Read!();
            return new FoundNew(path, member.Size, member.ModifiedTicks, () => bytes, bytes.Length, before);
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return new FoundUnfit(path, member.Size, member.ModifiedTicks, Reported(ArchiveKinds.Reason(error)));
        }
    }
}
