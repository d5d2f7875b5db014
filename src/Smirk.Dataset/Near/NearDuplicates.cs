using Smirk.Dataset.Near.Verify;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Imaging.Formats;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near;

/// <summary>Finds near duplicates among files of ordinary folders. Changes nothing.</summary>
public static class NearDuplicates
{
    // Longer files aren't pictures that anybody posts, and are not read.
    private const long LongestFile = 50_000_000;

    /// <summary>Looks through <see cref="ExactOptions.Paths"/>. Files that aren't pictures, by content and by name, are passed over.</summary>
    /// <exception cref="UsageException">A path that was named doesn't exist.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static NearSearchResult Run(ExactOptions files, NearOptions options, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        // Find all files.
        var refused = new RefusalList();
        var found = FoundFiles.Scan(files, refused, progress, cancel);
        var pictures = found.Where(file => LooksLikePicture(file, refused)).ToList();

        // Find copies.
        var inputs = pictures.ConvertAll(file => new NearInput(file.Path.ToText(), file.Identity.Size, DateTime.UnixEpoch.AddTicks(file.Identity.Modified / 100), () => RawFile.Read(file)));
        var findings = new NearFinder(options with { Threads = files.Threads }, progress, cancel).Find(inputs);
        foreach (var (input, reason) in findings.Refused)
            refused.Add(pictures[input].Path, reason);

        var guarded = FolderTree.Collect(files.Protected);
        var groups = findings.Groups.Select(g => GroupOf(g, pictures, guarded)).ToList();
        return new NearSearchResult(groups, [.. findings.Alternates.Select(g => GroupOf(g, pictures, guarded))], refused.Sorted(), new Dictionary<string, long>
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
    }

    private static DuplicateGroup GroupOf(NearGroup group, List<FoundFile> files, FolderSet guarded)
    {
        var keeper = files[group.Keeper];
        var members = group.Members.Select(m => new DuplicateMember(files[m.Index], m.Kind.Name(), Math.Round(m.Similarity, 4))
        {
            SameBytes = m.Kind == NearKind.Exact && HaveSameBytes(files[m.Index], keeper),
            StaysBecause = files[m.Index].ThroughLink ? "is a symbolic link" : guarded.Contains(files[m.Index].Folder) ? "is in a protected folder" : null,
        }).ToList();
        var kind = members.TrueForAll(m => m.Kind == DuplicateMember.Exact) ? DuplicateMember.Exact
            : members.TrueForAll(m => m.Kind == NearKind.Alternate.Name()) ? NearKind.Alternate.Name() : "near";
        return new DuplicateGroup(kind, keeper, group.Reasons, members);
    }

    // Files of the same pixels may still differ in metadata or format.
    private static bool HaveSameBytes(FoundFile one, FoundFile other)
    {
        if (one.Identity.Size != other.Identity.Size)
            return false;
        try
        {
            return RawFile.Read(one).AsSpan().SequenceEqual(RawFile.Read(other));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool LooksLikePicture(FoundFile file, RefusalList refused)
    {
        if (file.Identity.Size > LongestFile)
            return false;
        try
        {
            if (FormatSniffer.Sniff(RawFile.ReadHead(file)) != PictureFormat.Unknown)
                return true;
            if (IsNamedLikePicture(file.Path))
                refused.Add(file.Path, file.Identity.Size == 0 ? "is empty" : "is named like a picture, but isn't one");
        }
        catch (IOException error)
        {
            refused.Add(file.Path, error.Message);
        }

        return false;
    }

    private static bool IsNamedLikePicture(RawPath path) => Path.GetExtension(path.ToText()).ToLowerInvariant()
        is ".jpg" or ".jpeg" or ".png" or ".webp" or ".gif" or ".bmp" or ".tif" or ".tiff" or ".avif" or ".heic";
}
