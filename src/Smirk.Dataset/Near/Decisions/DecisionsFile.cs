using System.Text;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Dataset.Near.Decisions;

/// <summary>Adds to a file of decisions. What is in it stays as it is, to the byte; every line is one write, on the disk before the
/// command ends.</summary>
/// <param name="path">The file; made where it isn't there.</param>
/// <param name="time">The clock that decisions are dated by.</param>
public sealed class DecisionsFile(string path, TimeProvider time)
{
    // Another command that adds a line takes milliseconds.
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Adds a decision.</summary>
    /// <exception cref="UsageException">Two of the pictures have the same bytes, or there are too few.</exception>
    public NearDecision Add(FolderVerdict verdict, IReadOnlyList<NamedPicture> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        if (pictures.GroupBy(p => p.Sha256).FirstOrDefault(g => g.Count() > 1) is { } same)
        {
            throw new UsageException(
                $"{string.Join(" and ", same.Select(p => p.Name))} have the same bytes; a decision tells pictures by their bytes.");
        }

        if (verdict != FolderVerdict.Keep && pictures.Count < 2)
            throw new UsageException($"{DecisionLine.WordOf(verdict)} needs two pictures or more: which are no duplicates of each other?");
        var decision = new NearDecision(time.GetUtcNow(), verdict, pictures);
        using var file = Open();
        Append(file, DecisionLine.Write(decision));
        return decision;
    }

    /// <summary>Takes back the last decision that counts.</summary>
    /// <exception cref="UnusableInputException">There is none.</exception>
    public NearDecision Undo()
    {
        if (!File.Exists(path))
            throw new UnusableInputException($"{path} doesn't exist, so there is nothing to take back.");
        using var file = Open();
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var last = NearDecisions.Of(reader.ReadToEnd()).InForce.LastOrDefault()
            ?? throw new UnusableInputException($"No decision counts in {path} that could be taken back.");
        Append(file, DecisionLine.WriteUndo(time.GetUtcNow()));
        return last;
    }

    // FileShare.None locks it against other commands that write it.
    private FileStream Open()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException error) when (attempt < Attempts && error is not (DirectoryNotFoundException or FileNotFoundException))
            {
                Thread.Sleep(Pause);
            }
        }
    }

    private void Append(FileStream file, string line)
    {
        var isNew = file.Length == 0;
        var bytes = Encoding.UTF8.GetBytes($"{(EndsInLine(file) ? "" : "\n")}{line}\n");
        file.Seek(0, SeekOrigin.End);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        if (isNew)
            FolderSync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    // A line that was cut short stays by itself.
    private static bool EndsInLine(FileStream file)
    {
        if (file.Length == 0)
            return true;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }
}
