using Smirk.Files.Walk;

namespace Smirk.Files.Exact.Keep;

/// <summary>What removing duplicates would free. A file's bytes come free with its last name, and those of a sparse file's holes
/// never.</summary>
public static class FreedBytes
{
    /// <summary>Bytes that would come free without the members of all <paramref name="groups"/>.</summary>
    public static long Of(IEnumerable<DuplicateGroup> groups)
    {
        var sum = 0L;
        foreach (var group in groups)
            sum += Of(group);
        return sum;
    }

    /// <summary>Bytes that would come free without the group's members.</summary>
    public static long Of(DuplicateGroup group)
    {
        // Nearly always each file has one name, and there is nothing to count together.
        if (group.Members.All(m => m.File.Links == 1))
            return group.Members.Sum(m => m.StaysBecause is null ? m.File.Frees : 0);
        return Of(group.Members.Where(m => m.StaysBecause is null).Select(m => m.File));
    }

    /// <summary>Bytes that would come free without <paramref name="files"/>.</summary>
    public static long Of(IEnumerable<FoundFile> files) => files
        .GroupBy(f => (f.Identity.Device, f.Identity.Inode))
        .Sum(names => names.Count() >= names.First().Links ? names.First().Frees : 0);
}
