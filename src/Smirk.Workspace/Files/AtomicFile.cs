using System.Text;

namespace Smirk.Workspace.Files;

/// <summary>Writes whole files: a reader, or the next start after kill -9 or a power cut, sees the old file or the new one, never half of
/// one.</summary>
public static class AtomicFile
{
    /// <summary>Writes what <paramref name="write"/> puts into the stream to a temporary file beside <paramref name="path"/>, syncs it,
    /// renames it over <paramref name="path"/> and syncs the folder.</summary>
    /// <exception cref="IOException">The disk is full or can't be written; <paramref name="path"/> is as it was and the temporary file is
    /// gone.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = TemporaryOf(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        FolderSync.Flush(FolderOf(path));
    }

    /// <summary>Writes <paramref name="bytes"/> as the whole of <paramref name="path"/>.</summary>
    public static void Write(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte order mark.</summary>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    // One name per target, so that what kill -9 leaves behind is overwritten by the next try instead of piling up.
    private static string TemporaryOf(string path) => Path.Combine(FolderOf(path), $".{Path.GetFileName(path)}.tmp");

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;
}
