using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Smirk.Workspace.Errors;

namespace Smirk.Workspace.Files;

/// <summary>What a tool is about to do, one JSON object a line, each on the disk before the deed: after kill -9 the journal knows all that
/// may have been done.</summary>
/// <typeparam name="T">The entry's record.</typeparam>
public sealed class Journal<T>(string path, JsonTypeInfo<T> type) : IDisposable
{
    private readonly AppendedLines _lines = new(path, sync: true);

    /// <summary>Writes <paramref name="entry"/> and waits for the disk. Call it before acting.</summary>
    public void Append(T entry) => _lines.Append(JsonSerializer.Serialize(entry, type));

    /// <summary>The entries of the journal at <paramref name="path"/> in order; none where there is no file. An entry cut short by a kill
    /// was never acted on and is left out.</summary>
    /// <exception cref="UnusableInputException">A line is no entry.</exception>
    public static IEnumerable<T> Read(string path, JsonTypeInfo<T> type)
    {
        var number = 0;
        foreach (var line in AppendedLines.Read(path))
        {
            number++;
            yield return Parse(line, type, path, number);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private static T Parse(string line, JsonTypeInfo<T> type, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new UnusableInputException($"{path}, line {number}, is no journal entry: {error.Message}", error);
        }
    }
}
