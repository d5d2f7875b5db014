using System.Text;
using Smirk.Export.Plan;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Export.Output;

/// <summary>A folder that is filled with exported files. A file gets its name when it is whole and on the disk; one that an earlier export
/// wrote and that would be the same stays untouched; one that was changed by hand stays, too, and is told of.</summary>
internal sealed class OutputTree : IDisposable
{
    /// <summary>What an export remembers of its own files; import leaves it out.</summary>
    public const string LedgerName = ".smirk-export.jsonl";

    /// <summary>Where files are written before they have their names.</summary>
    public const string IncomingName = ".smirk-incoming";

    private const string LockName = "lock";

    // As many as a sync of the disk is worth.
    private const int Batch = 256;
    private const long BatchBytes = 64_000_000;

    private readonly string _folder;
    private readonly Ledger _ledger;
    private readonly FileLock _lock;
    private readonly List<(string Temporary, string Name, string Key)> _waiting = [];
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private long _waitingBytes;
    private int _number;

    private OutputTree(string folder, Ledger ledger, FileLock held) => (_folder, _ledger, _lock) = (folder, ledger, held);

    /// <summary>Files written.</summary>
    public int Written { get; private set; }

    /// <summary>Files that were there already.</summary>
    public int Unchanged { get; private set; }

    /// <summary>Files of an earlier export that were removed.</summary>
    public int Removed { get; private set; }

    /// <summary>Files that were changed by hand and stay as they are.</summary>
    public List<string> Kept { get; } = [];

    private string Incoming => Path.Combine(_folder, IncomingName);

    /// <summary>Refuses a folder that holds something else, before any work.</summary>
    /// <exception cref="UsageException">It isn't empty and was not exported to in that format.</exception>
    public static void Check(string folder, string format)
    {
        if (File.Exists(folder))
            throw new UsageException($"-o {folder} is a file; {format} fills a folder. Give another name.");
        if (!Directory.Exists(folder))
            return;
        if (Ledger.FormatOf(Path.Combine(folder, LedgerName)) is { } there)
        {
            if (there != format)
                throw new UsageException($"-o {folder} holds an export in the format {there}. Give another folder for {format}.");
        }
        else if (Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName)
            .FirstOrDefault(name => name is not (OutputFolder.Mark or LedgerName or IncomingName)) is { } other)
        {
            throw new UsageException($"-o {folder} isn't empty (it holds {other}) and no export made it. Give a new or empty folder.");
        }
    }

    /// <summary>Opens the folder, making it where it isn't there. One export at a time: a second is refused.</summary>
    public static OutputTree Open(string folder, string format)
    {
        Check(folder, format);
        OutputFolder.Make(folder);
        var incoming = Path.Combine(folder, IncomingName);
        Directory.CreateDirectory(incoming);
        var held = FileLock.Take(Path.Combine(incoming, LockName), folder, "Wait until it ends, or give another folder with -o.");
        try
        {
            foreach (var rest in Directory.EnumerateFiles(incoming).Where(file => Path.GetFileName(file) != LockName))
                File.Delete(rest);
            return new OutputTree(folder, Ledger.Open(Path.Combine(folder, LedgerName), format), held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file is there, as the export wrote it, and would be written with the same key again.</summary>
    public bool IsThere(string name, string key)
    {
        if (_ledger.Find(name) is not { } entry || entry.Key != key || !entry.IsAsWritten(PathOf(name)))
            return false;
        _wanted.Add(name);
        Unchanged++;
        return true;
    }

    /// <summary>Takes a file in; it has its name after the next <see cref="Flush"/>.</summary>
    public void Put(string name, string key, ReadOnlySpan<byte> bytes)
    {
        if (!MayWrite(name))
            return;
        if (File.Exists(PathOf(name)) && SameBytes(PathOf(name), bytes))
        {
            _ledger.Put(name, key, PathOf(name));
            Unchanged++;
            return;
        }

        var temporary = NextTemporary();
        using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            stream.Write(bytes);
        Wait(temporary, name, key, bytes.Length);
    }

    /// <summary>The same for a text, whose key is the text itself.</summary>
    public void PutText(string name, string text)
    {
        var key = ExportPlan.Code(text);
        if (!IsThere(name, key))
            Put(name, key, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The same for what is too long to be in memory. Nothing is written under the name where the bytes are the same as
    /// before.</summary>
    /// <param name="name">Path in the folder, with '/'.</param>
    /// <param name="key">What decides the bytes; null to take the bytes themselves.</param>
    /// <param name="write">Writes them.</param>
    public void PutStream(string name, string? key, Action<Stream> write)
    {
        if (!MayWrite(name))
            return;
        var temporary = NextTemporary();
        using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16))
            write(stream);
        key ??= FileHash.Of(temporary);
        if (_ledger.Find(name) is { } entry && entry.Key == key && entry.IsAsWritten(PathOf(name)))
        {
            File.Delete(temporary);
            Unchanged++;
            return;
        }

        Wait(temporary, name, key, new FileInfo(temporary).Length);
    }

    /// <summary>Puts in place what was taken in: the bytes are on the disk before they get their names.</summary>
    public void Flush()
    {
        if (_waiting.Count == 0)
            return;
        FileSystemSync.Flush(_folder);
        foreach (var (temporary, name, key) in _waiting)
        {
            var path = PathOf(name);
            if (_made.Add(Path.GetDirectoryName(path)!))
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(temporary, path, overwrite: true);
            _ledger.Put(name, key, path);
            Written++;
        }

        _waiting.Clear();
        _waitingBytes = 0;
    }

    /// <summary>The last step: removes what an earlier export wrote and this one has not, and tidies up.</summary>
    public void Finish()
    {
        Flush();
        foreach (var name in _ledger.Names.Where(name => !_wanted.Contains(name)).ToList())
        {
            var path = PathOf(name);
            if (File.Exists(path) && !_ledger.Find(name)!.IsAsWritten(path))
            {
                Kept.Add(name);
                continue;
            }

            if (File.Exists(path))
            {
                File.Delete(path);
                Removed++;
                RemoveEmpty(Path.GetDirectoryName(path)!);
            }

            _ledger.Remove(name);
        }

        Directory.Delete(Incoming, recursive: true);
        _ledger.Compact();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ledger.Dispose();
        _lock.Dispose();
    }

    private bool MayWrite(string name)
    {
        _wanted.Add(name);
        var path = PathOf(name);
        if (!File.Exists(path) || _ledger.Find(name) is not { } entry || entry.IsAsWritten(path))
            return true;
        Kept.Add(name);
        return false;
    }

    private void Wait(string temporary, string name, string key, long bytes)
    {
        _waiting.Add((temporary, name, key));
        _waitingBytes += bytes;
        if (_waiting.Count >= Batch || _waitingBytes >= BatchBytes)
            Flush();
    }

    private void RemoveEmpty(string folder)
    {
        while (folder.Length > _folder.Length && !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }
    }

    private static bool SameBytes(string path, ReadOnlySpan<byte> bytes) =>
        new FileInfo(path).Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes);

    private string NextTemporary() => Path.Combine(Incoming, $"{_number++}");

    private string PathOf(string name) => Path.Combine(_folder, name);
}
