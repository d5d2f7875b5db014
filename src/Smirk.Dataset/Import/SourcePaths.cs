using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Import;

/// <summary>How a file of a source is called when a person reads of it.</summary>
public static class SourcePaths
{
    /// <summary>The whole path of the file at <paramref name="path"/> in <paramref name="source"/>; members of archives are
    /// archive!member.</summary>
    public static string Full(Source source, string path) => source.Kind switch
    {
        "folder" => Path.Combine(source.Path, path),
        "file" => source.Path,

        // The path of an archive's member begins with the archive's own file name.
        "archive" => Path.Combine(Path.GetDirectoryName(source.Path) ?? "", path),
        _ => path,
    };
}
