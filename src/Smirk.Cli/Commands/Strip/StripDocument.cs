using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Files.Strip;
using Smirk.Files.Strip.Report;

namespace Smirk.Cli.Commands.Strip;

/// <summary>What <c>strip --json</c> prints.</summary>
internal sealed record StripDocument(IReadOnlyList<StripFileDocument> Files, StripCountsDocument Counts)
{
    /// <summary>The document for a result.</summary>
    public static StripDocument Of(StripResult result) => new(
        [.. result.Files.Select(StripFileDocument.Of)],
        new StripCountsDocument(
            result.Files.Count, result.Count(StripStatus.Stripped), result.Count(StripStatus.Clean), result.Count(StripStatus.Refused),
            result.BytesRemoved));
}

/// <summary>One file. <paramref name="PathBase64"/> is there only when the name isn't UTF-8, <paramref name="Carries"/> only when nothing
/// was asked to be written.</summary>
internal sealed record StripFileDocument(
    string Path,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? PathBase64,
    string Status,
    string? Reason,
    string Format,
    IReadOnlyList<string> Removed,
    long BytesBefore,
    long BytesAfter,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CarriedMetadata? Carries)
{
    /// <summary>The document for a file.</summary>
    public static StripFileDocument Of(StrippedFile file) => new(
        file.Path.ToText(),
        file.Path.IsUtf8 ? null : Convert.ToBase64String(file.Path.Bytes),
        file.Status switch { StripStatus.Stripped => "stripped", StripStatus.Clean => "clean", _ => "refused" },
        file.Reason,
        NameOf(file.Format),
        [.. file.Removed.Select(r => r.Name)],
        file.BytesBefore,
        file.BytesAfter,
        file.Carried);

    private static string NameOf(StripFormat format) => format.ToString().ToLowerInvariant();
}

/// <summary>The sums.</summary>
internal sealed record StripCountsDocument(int Files, int Stripped, int Clean, int Refused, long BytesRemoved);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(StripDocument))]
internal sealed partial class StripJson : JsonSerializerContext
{
    /// <summary>Names and reasons as they are read, not as \u escapes.</summary>
    public static StripJson Readable =>
        new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
