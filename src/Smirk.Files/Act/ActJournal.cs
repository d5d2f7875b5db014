using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Smirk.Files.Posix;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Files.Act;

/// <summary>What is about to be done, on the disk before it is done: JSON lines, each synced. Actions come in batches, a line for each
/// batch.</summary>
internal sealed class ActJournal : IDisposable
{
    private const string Mark = "smirk dupes";
    private const int Version = 1;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly AppendedLines _lines;

    /// <summary>Begins a journal.</summary>
    /// <exception cref="UsageException">The file is there already: journals are never written over.</exception>
    public ActJournal(string path)
    {
        if (System.IO.Path.Exists(path))
            throw new UsageException($"The journal {path} already exists; choose another name. Nothing was done.");
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        _lines = new AppendedLines(path, sync: true);
        Append(json =>
        {
            json.WriteString("journal", Mark);
            json.WriteNumber("version", Version);
            json.WritePath("folder", SymbolicLink.Read("/proc/self/cwd") ?? new RawPath("/"u8));
        });
        using var folder = Descriptor.OpenFolder(RawPath.FromText(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!));
        _ = NativeMethods.Sync(folder.Value);
    }

    /// <summary>These will be tried.</summary>
    public void Intend(IReadOnlyList<Intent> batch) => Append(json =>
    {
        json.WriteStartArray("intend");
        foreach (var intent in batch)
            intent.Write(json);
        json.WriteEndArray();
    });

    /// <summary>These files are aside and about to be removed; their content, which the keeper has, is this.</summary>
    public void Remove(IReadOnlyList<(int Number, string Sha256)> batch) => Append(json =>
    {
        json.WriteStartObject("remove");
        foreach (var (number, sha256) in batch)
            json.WriteString($"{number}", sha256);
        json.WriteEndObject();
    });

    /// <summary>What a journal says: the folder in which relative paths begin, all intents, and the contents that were removed.</summary>
    /// <exception cref="UnusableInputException">It isn't such a journal.</exception>
    public static (RawPath Folder, IReadOnlyList<Intent> Intents, IReadOnlyDictionary<int, string> Removed) Read(string path)
    {
        if (!File.Exists(path))
            throw new UsageException($"There is no journal {path}.");
        RawPath? folder = null;
        var intents = new List<Intent>();
        var removed = new Dictionary<int, string>();
        try
        {
            foreach (var line in AppendedLines.Read(path))
            {
                using var json = JsonDocument.Parse(line);
                if (folder is null && (!json.RootElement.TryGetProperty("journal", out var mark) || mark.GetString() != Mark
                    || json.RootElement.GetProperty("version").GetInt32() != Version))
                    break;
                folder ??= json.RootElement.ReadPath("folder");
                if (json.RootElement.TryGetProperty("intend", out var batch))
                    intents.AddRange(batch.EnumerateArray().Select(Intent.Read));
                if (json.RootElement.TryGetProperty("remove", out var contents))
                {
                    foreach (var content in contents.EnumerateObject())
                        removed[int.Parse(content.Name)] = content.Value.GetString()!;
                }
            }
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new UnusableInputException($"{path} is damaged: {error.Message} Nothing was changed.", error);
        }

        if (folder is null && WasOnlyBegun(path))
            return (new RawPath("/"u8), [], removed);
        return folder is null ? throw new UnusableInputException($"{path} isn't a journal of smirk dupes (version {Version}).")
            : (folder, intents, removed);
    }

    // A run that was killed while it wrote the first line had done nothing yet.
    private static bool WasOnlyBegun(string path)
    {
        ReadOnlySpan<byte> begin = "{\"journal\":\"smirk dupes\""u8;
        using var stream = File.OpenRead(path);
        Span<byte> there = stackalloc byte[4096];
        there = there[..stream.ReadAtLeast(there, there.Length, throwOnEndOfStream: false)];
        return !there.Contains((byte)'\n') && there.Length < 4096 && there.StartsWith(begin[..Math.Min(begin.Length, there.Length)]);
    }

    public void Dispose() => _lines.Dispose();

    private void Append(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        _lines.Append(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }
}
