using System.IO.Compression;
using System.Text;
using Smirk.Export.Plan;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Export.Output;

/// <summary>A ZIP file of stored members, whose comment says what decided its bytes: where that is the same, the file stays as it
/// is.</summary>
internal static class OutputFile
{
    private const string Comment = "smirk export ";

    // ZIP's own zero: no time of writing, so that the same pictures give the same bytes.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Refuses a path where something else is, before any work.</summary>
    /// <exception cref="UsageException">It is a folder, or a file that no export wrote.</exception>
    public static void Check(string path, string format)
    {
        if (Directory.Exists(path))
            throw new UsageException($"-o {path} is a folder; {format} is one file, such as {Path.Combine(path, "set")}"
                + $"{(format == "npz" ? ".npz" : ".zip")}");
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new UsageException($"-o {path}: there is no folder {folder}.");
        if (File.Exists(path) && CommentOf(path)?.StartsWith(Comment, StringComparison.Ordinal) != true)
            throw new UsageException($"-o {path} is there, and no export wrote it. Give another name.");
    }

    /// <summary>Writes the file unless it is there with the same key. Returns whether it was written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">All that decides its bytes.</param>
    /// <param name="write">Adds the members.</param>
    public static bool Write(string path, string key, Action<Action<string, Action<Stream>>> write)
    {
        var comment = Comment + ExportPlan.Code(key);
        if (File.Exists(path) && CommentOf(path) == comment)
            return false;
        AtomicFile.Write(Path.GetFullPath(path), stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8) { Comment = comment };
            write((name, fill) =>
            {
                var entry = zip.CreateEntry(name, CompressionLevel.NoCompression);
                entry.LastWriteTime = Epoch;
                using var member = entry.Open();
                fill(member);
            });
        });
        return true;
    }

    private static string? CommentOf(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            return zip.Comment;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
