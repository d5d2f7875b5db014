using Smirk.Files.Archives;
using Smirk.Workspace;
using Smirk.Workspace.Errors;

namespace Smirk.Dataset.Import;

/// <summary>A source as the person named it, looked up on the disk.</summary>
/// <param name="Kind">folder, archive or file.</param>
/// <param name="Path">Absolute path.</param>
internal sealed record NamedSource(string Kind, string Path);

/// <summary>Checks sources before any work is done.</summary>
internal static class SourceList
{
    /// <summary>Every source once, in the order given.</summary>
    /// <exception cref="UsageException">None was given.</exception>
    /// <exception cref="UnusableInputException">One isn't there, can't be read, or is an empty folder.</exception>
    public static IReadOnlyList<NamedSource> Resolve(IReadOnlyList<string> sources)
    {
        if (sources.Count == 0)
            throw new UsageException("Nothing to import: give folders, pictures or archives (.zip, .tar, .tar.gz).");
        return [.. sources.Select(Resolve).DistinctBy(s => s.Path)];
    }

    private static NamedSource Resolve(string source)
    {
        if (source.Length == 0)
            throw new UsageException("A source is empty; give a folder, a picture or an archive.");
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(source));
        if (Directory.Exists(path))
        {
            if (!Directory.EnumerateFileSystemEntries(path).Any())
                throw new UnusableInputException($"{source} is an empty folder; give one with pictures in it.");
            if (File.Exists(Path.Combine(path, WorkspaceFiles.Catalog)))
                throw new UnusableInputException($"{source} is a Smirk workspace, with samples and crops among its pictures. Give the "
                    + $"folder that they came from, or {Path.Combine(source, WorkspaceFiles.Pictures)} to take its pictures over.");
            return new NamedSource("folder", path);
        }

        if (!File.Exists(path))
            throw new UnusableInputException(
                $"There is no folder or file {source}. Check the "
                    + $"spelling{(Path.IsPathRooted(source) ? "" : $"; it was looked for in {Environment.CurrentDirectory}")}.");
        return new NamedSource(ArchiveKinds.HasArchiveName(path) ? "archive" : "file", path);
    }
}
