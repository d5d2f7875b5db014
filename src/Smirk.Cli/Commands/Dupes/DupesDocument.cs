using System.Text.Encodings.Web;
using System.Text.Json;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Files.Walk;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>The JSON document of `dupes`, written as it goes: a large tree's document is never in memory as a whole.</summary>
internal static class DupesDocument
{
    /// <summary>Names as people read them, not as \u escapes.</summary>
    public static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = false };

    // The writer keeps everything until it is told to let go.
    private const int FlushAt = 1 << 16;

    /// <summary>Writes {"groups":[…],"refused":[…],…,"counts":{…}}; <paramref name="more"/> adds what belongs between, and
    /// <paramref name="decide"/> a command for each member.</summary>
    public static void Write(
        Stream stream, IReadOnlyList<DuplicateGroup> groups, IReadOnlyList<RefusedPath> refused,
        IEnumerable<KeyValuePair<string, long>> counts, Action<Utf8JsonWriter>? more = null,
        Func<DuplicateGroup, DuplicateMember, string?>? decide = null)
    {
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("groups");
            foreach (var group in groups)
            {
                WriteGroup(json, group, decide);
                if (json.BytesPending > FlushAt)
                    json.Flush();
            }

            json.WriteEndArray();
            json.WriteStartArray("refused");
            foreach (var path in refused)
            {
                json.WriteStartObject();
                json.WritePath("path", path.Path);
                json.WriteString("reason", path.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            more?.Invoke(json);
            json.WriteStartObject("counts");
            foreach (var (name, count) in counts)
                json.WriteNumber(name, count);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    }

    public static void WriteGroup(
        Utf8JsonWriter json, DuplicateGroup group, Func<DuplicateGroup, DuplicateMember, string?>? decide = null)
    {
        json.WriteStartObject();
        json.WriteString("kind", group.Kind);
        json.WritePath("keeper", group.Keeper.Path);
        json.WriteStartArray("reasons");
        foreach (var reason in group.Reasons)
            json.WriteStringValue(reason);
        json.WriteEndArray();
        json.WriteStartArray("members");
        foreach (var member in group.Members)
        {
            json.WriteStartObject();
            json.WritePath("path", member.File.Path);
            json.WriteString("kind", member.Kind);
            json.WriteNumber("similarity", member.Similarity);
            json.WriteNumber("size", member.File.Identity.Size);
            if (decide?.Invoke(group, member) is { } command)
                json.WriteString("decide", command);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
