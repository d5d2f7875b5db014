using Smirk.Dataset.Near;

namespace Smirk.Dataset.Tests.Near;

/// <summary>The usual search, over files that are named by their place.</summary>
internal static class Searched
{
    /// <summary>What it finds among <paramref name="files"/>.</summary>
    public static NearFindings Find(IReadOnlyList<byte[]> files) => new NearFinder(new NearOptions(), null, default)
        .Find([.. files.Select((bytes, i) => new NearInput($"{i}", bytes.Length, null, () => bytes))]);
}
