using Smirk.Dataset.Near.Decisions;
using Smirk.Dataset.Near.Index;
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
        using var index = options.Index is { } place ? NearIndex.Open(place, options.Care, options.Time, progress) : null;
        var all = new FileContents(found);
        var rows = index?.Identify(all, files.Threads, cancel) ?? [];
        var places = Pictures(all, rows, files.Threads, refused, progress, cancel);
        var pictures = all.Only(places);

        // Find copies.
        var guarded = FolderTree.Collect(files.Protected, cancel);
        var inputs = Enumerable.Range(0, pictures.Count).Select(i => new NearInput(
            pictures[i].Path.ToText(), pictures[i].Identity.Size, pictures[i].Identity.ModifiedUtc, () => pictures.Read(i))
        {
            IsProtected = guarded.Contains(pictures[i].Folder),
        }).ToList();
        var known = Enumerable.Range(0, places.Count).Where(i => rows.ContainsKey(places[i])).ToDictionary(i => i, i => rows[places[i]]);
        var memory = index?.Recall(pictures, known) ?? NearMemory.Empty;
        var heard = new HeardDecisions(options.Decisions, pictures);
        NearFindings findings;
        try
        {
            findings = new NearFinder(options with { Threads = files.Threads }, progress, cancel).Find(inputs, Hearing(memory, heard));
        }
        finally
        {
            // What was found until a search was stopped is found.
            index?.Finish();
        }

        foreach (var (input, reason) in findings.Refused)
            refused.Add(pictures[input].Path, reason);

        var sum = findings.Groups.Count + findings.Alternates.Count;
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
                ["known"] = memory.Descriptors.Count,
                ["decisions"] = heard.Applied(),
            })
        { Findings = findings, Inputs = inputs, Files = [.. places.Select(p => found[p])] };

        List<DuplicateGroup> GroupsOf(IReadOnlyList<NearGroup> found, int before)
        {
            var made = new List<DuplicateGroup>();
            foreach (var group in found)
            {
                cancel.ThrowIfCancellationRequested();
                made.Add(GroupOf(group, pictures, guarded, heard));
                progress?.Report(new StageAdvanced(NearFinder.Stage, before + made.Count, sum, "groups"));
            }

            return made;
        }
    }

    private static NearMemory Hearing(NearMemory memory, HeardDecisions heard)
    {
        foreach (var (place, descriptor) in memory.Descriptors)
            heard.Note(place, descriptor);
        return memory with
        {
            AreApart = heard.AreApart,
            AreAlternates = heard.AreAlternates,
            IsKept = heard.IsKept,
            Remember = (place, descriptor) =>
            {
                heard.Note(place, descriptor);
                memory.Remember(place, descriptor);
            },
        };
    }

    // Those that nobody knows are opened to be told by their first bytes, which takes its time on a disk.
    private static List<int> Pictures(FileContents files, Dictionary<int, long> known, int threads, RefusalList refused,
        IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var looks = new bool[files.Count];
        var done = 0L;
        AllCores.For(files.Count, AllCores.Threads(threads), cancel, i =>
        {
            looks[i] = known.ContainsKey(i) || LooksLikePicture(files[i], refused);
            progress?.Report(new StageAdvanced(NearFinder.Stage, Interlocked.Increment(ref done), files.Count, "files",
                "looking for pictures"));
        });
        return [.. Enumerable.Range(0, files.Count).Where(i => looks[i])];
    }

    private static DuplicateGroup GroupOf(NearGroup group, FileContents files, FolderSet guarded, HeardDecisions heard)
    {
        var members = group.Members.Select(m => new DuplicateMember(files[m.Index], m.Kind.Name(), Math.Round(m.Similarity, 4))
        {
            SameBytes = m.Kind == NearKind.Exact && files.Sha256(m.Index) is { } sha256 && sha256 == files.Sha256(group.Keeper),
            StaysBecause = files[m.Index].ThroughLink ? "is a symbolic link"
                : guarded.Contains(files[m.Index].Folder) ? "is in a protected folder"
                : heard.IsKept(m.Index) ? "is kept by your decision" : null,
        }).ToList();
        var kind = members.TrueForAll(m => m.Kind == DuplicateMember.Exact) ? DuplicateMember.Exact
            : members.TrueForAll(m => NearKindNames.IsAlternate(m.Kind)) ? NearKind.Alternate.Name() : "near";
        return new DuplicateGroup(kind, files[group.Keeper], NearWords.Of(group.Reasons), members);
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
