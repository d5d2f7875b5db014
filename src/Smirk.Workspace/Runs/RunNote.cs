using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Files;

namespace Smirk.Workspace.Runs;

/// <summary>What a person calls a run, and wrote about it: note.json in the run's folder.</summary>
/// <param name="Name">One line of at most <see cref="LongestName"/> characters; empty for none.</param>
/// <param name="Notes">At most <see cref="LongestNotes"/> characters; empty for none.</param>
public sealed record RunNote(string Name, string Notes)
{
    /// <summary>Characters of a name: what fits into a list.</summary>
    public const int LongestName = 80;

    /// <summary>Characters of the notes.</summary>
    public const int LongestNotes = 10_000;

    /// <summary>What a run without a note has.</summary>
    public static readonly RunNote None = new("", "");

    /// <summary>The note of <paramref name="run"/>. One that is missing or damaged is none: it is worth no failure.</summary>
    public static RunNote Of(RunFolder run)
    {
        try
        {
            var note = JsonSerializer.Deserialize(File.ReadAllBytes(run.NotePath), RunNoteJson.Default.RunNote);
            return new RunNote(note?.Name ?? "", note?.Notes ?? "");
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return None;
        }
    }

    /// <summary>Refuses what can't be kept.</summary>
    /// <exception cref="UsageException">The name or the notes are too long, or the name has several lines.</exception>
    public void Check()
    {
        if (Name.Length > LongestName || Name.Any(char.IsControl))
            throw new UsageException($"A run's name is one line of at most {LongestName} characters; this one has {Name.Length}.");
        if (Notes.Length > LongestNotes)
            throw new UsageException($"Notes on a run have at most {LongestNotes} characters; these have {Notes.Length}.");
    }

    /// <summary>Writes the note of <paramref name="run"/>.</summary>
    /// <exception cref="UsageException">As <see cref="Check"/> says.</exception>
    public void Write(RunFolder run)
    {
        Check();
        AtomicFile.Write(run.NotePath, JsonSerializer.SerializeToUtf8Bytes(this, RunNoteJson.Default.RunNote));
    }
}

/// <summary>note.json, without reflection.</summary>
[JsonSerializable(typeof(RunNote))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class RunNoteJson : JsonSerializerContext;
