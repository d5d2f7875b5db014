using Smirk.Dataset.Near.Verify;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Files.Walk;
using Smirk.Imaging.Formats;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near;

/// <summary>Finds near duplicates among files of ordinary folders. Changes nothing.</summary>
public static class NearDuplicates
{
    // Longer files aren't pictures that anybody posts.
    private const long LongestFile = 50_000_000;

    /// <summary>Looks through <see cref="ExactOptions.Paths"/>. Files that aren't pictures, by content and by name, are skipped; what
    /// vanishes or changes meanwhile is refused by name.</summary>
    /// <exception cref="UsageException">A path that was named doesn't exist.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NearSearchResult Run(
        ExactOptions files, NearOptions options, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        // Find all files.
        var refused = new RefusalList();
        var walk = FileWalk.Run(files.Walk, progress, cancel);
        foreach (var path in walk.Refused)
            refused.Add(path.Path, path.Cause, path.Reason);
        var found = walk.Files.Where(file => file.Identity.Size >= files.MinSize && file.Identity.Size <= files.MaxSize)
            .DistinctBy(file => (file.Identity.Device, file.Identity.Inode)).ToList();
        var pictures = Pictures(found, files.Threads, refused, progress, cancel);

        // Find copies.
        var guarded = FolderTree.Collect(files.Protected, cancel);
        var inputs = pictures.ConvertAll(file =>
            new NearInput(file.Path.ToText(), file.Identity.Size, file.Identity.ModifiedUtc, () => FileContent.Read(file))
            {
                IsProtected = guarded.Contains(file.Folder),
            });
        var findings = new NearFinder(options with { Threads = files.Threads }, progress, cancel).Find(inputs);
        foreach (var (input, reason) in findings.Refused)
            refused.Add(pictures[input].Path, reason);

        var all = findings.Groups.Count + findings.Alternates.Count;
        var groups = GroupsOf(findings.Groups, 0);
        return new NearSearchResult(
            groups, GroupsOf(findings.Alternates, findings.Groups.Count), refused.Sorted(), new Dictionary<string, long>
            {
                ["files"] = found.Count,
                ["pictures"] = pictures.Count - findings.Refused.Count,
                ["groups"] = groups.Count,
                ["duplicates"] = groups.Sum(g => (long)g.Members.Count),
                ["alternates"] = findings.Alternates.Sum(g => (long)g.Members.Count),
                ["no_features"] = findings.WithoutFeatures.Count,
                ["bytes"] = groups.Sum(g => g.Members.Sum(m => m.File.Identity.Size)),
            })
        { Findings = findings, Inputs = inputs };

        // Reads the files with the same pixels once more.
        List<DuplicateGroup> GroupsOf(IReadOnlyList<NearGroup> found, int before)
        {
            var made = new List<DuplicateGroup>();
            foreach (var group in found)
            {
                cancel.ThrowIfCancellationRequested();
                made.Add(GroupOf(group, pictures, guarded));
                progress?.Report(new StageAdvanced(NearFinder.Stage, before + made.Count, all, "groups", "comparing bytes"));
            }

            return made;
        }
    }

    // Each is opened to be told by its first bytes, which takes its time on a disk.
    private static List<FoundFile> Pictures(
        List<FoundFile> files, int threads, RefusalList refused, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var looks = new bool[files.Count];
        var done = 0L;
        AllCores.For(files.Count, AllCores.Threads(threads), cancel, i =>
        {
            looks[i] = LooksLikePicture(files[i], refused);
            progress?.Report(new StageAdvanced(NearFinder.Stage, Interlocked.Increment(ref done), files.Count, "files",
                "looking for pictures"));
        });
        return [.. files.Where((_, i) => looks[i])];
    }

    private static DuplicateGroup GroupOf(NearGroup group, List<FoundFile> files, FolderSet guarded)
    {
        var keeper = files[group.Keeper];
        var members = group.Members.Select(m => new DuplicateMember(files[m.Index], m.Kind.Name(), Math.Round(m.Similarity, 4))
        {
            SameBytes = m.Kind == NearKind.Exact && HaveSameBytes(files[m.Index], keeper),
            StaysBecause = files[m.Index].ThroughLink ? "is a symbolic link" : guarded.Contains(files[m.Index].Folder)
                ? "is in a protected folder" : null,
        }).ToList();
        var kind = members.TrueForAll(m => m.Kind == DuplicateMember.Exact) ? DuplicateMember.Exact
            : members.TrueForAll(m => NearKindNames.IsAlternate(m.Kind)) ? NearKind.Alternate.Name() : "near";
        return new DuplicateGroup(kind, keeper, NearWords.Of(group.Reasons), members);
    }

    // Files of the same pixels may still differ in metadata or format.
    private static bool HaveSameBytes(FoundFile one, FoundFile other)
    {
        if (one.Identity.Size != other.Identity.Size)
            return false;
        try
        {
            return FileContent.Read(one).AsSpan().SequenceEqual(FileContent.Read(other));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool LooksLikePicture(FoundFile file, RefusalList refused)
    {
        try
        {
            var isPicture = FormatSniffer.Sniff(FileContent.ReadHead(file)) != PictureFormat.Unknown;
            if (isPicture && file.Identity.Size <= LongestFile)
                return true;
            if (isPicture)
                refused.Add(file.Path, $"is too long: {file.Identity.Size / 1e6:0.#} MB, at most {LongestFile / 1e6:0} MB are read");
            else if (PictureExtension.IsOf(file.Path.ToText()))
                refused.Add(file.Path, file.Identity.Size == 0 ? "is empty" : "is named like a picture but isn't one");
        }
        catch (IOException error)
        {
            refused.Add(file.Path, error.Message);
        }

        return false;
    }
}
