using System.Text;
using Smirk.Files.Names;
using Smirk.Files.Posix;
using Smirk.Files.Walk;

namespace Smirk.Dataset.Import;

/// <summary>The paths of a source's files as text, which the catalog and the person know them by. Names that aren't UTF-8 are read in the
/// code page that fits them best, and no two files get the same one.</summary>
internal sealed class PathTexts
{
    private readonly Dictionary<RawPath, string> _legacy = [];

    /// <summary>Looks at the names of all of the files.</summary>
    public PathTexts(IReadOnlyList<FoundFile> files)
    {
        if (files.All(file => file.Path.IsUtf8))
            return;
        var (legacy, names, reader) = (new List<FoundFile>(), new UniqueNames(), new NameReader());
        foreach (var file in files)
        {
            if (file.Below is var below && below.IsUtf8)
            {
                names.Take(below.ToText());
                continue;
            }

            legacy.Add(file);
            foreach (var part in Parts(below))
                reader.Add(part);
        }

        foreach (var file in legacy)
            _legacy.Add(file.Path, names.Take(string.Join('/', Parts(file.Below).Select(part => reader.Read(part)))));
    }

    /// <summary>The file's path below the source.</summary>
    public string Of(FoundFile file) => _legacy.GetValueOrDefault(file.Path) ?? file.Below.ToText();

    // A slash is never a part of another character in any of the code pages.
    private static IEnumerable<byte[]> Parts(RawPath path) =>
        Encoding.Latin1.GetString(path.Bytes).Split('/').Select(Encoding.Latin1.GetBytes);
}
