using Smirk.Files.Exact;
using Smirk.Files.Posix;

namespace Smirk.Files.Tests.Exact;

/// <summary>Short ways to look for duplicates and to say what was found.</summary>
internal static class Search
{
    public static ExactSearchResult In(string folder, Func<ExactOptions, ExactOptions>? change = null, TimeProvider? time = null)
    {
        var options = new ExactOptions { Paths = [RawPath.FromText(folder)], Order = FileOrder.Name };
        return ExactDuplicates.Run(change?.Invoke(options) ?? options, null, time ?? TimeProvider.System, CancellationToken.None);
    }

    /// <summary>The groups as "a b|c d": names below <paramref name="folder"/>, sorted.</summary>
    public static string Names(this ExactSearchResult result, string folder) =>
        string.Join('|', result.Groups.Select(g => string.Join(' ', g.Files.Select(f => f.Path.ToText()[(folder.Length + 1)..])
            .Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
}
