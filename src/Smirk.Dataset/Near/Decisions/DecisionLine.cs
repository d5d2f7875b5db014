using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Smirk.Workspace.Catalog;

namespace Smirk.Dataset.Near.Decisions;

/// <summary>One line of a file of decisions, a JSON object:
/// <c>{"at":"…","verdict":"not-duplicate","pictures":[{"name":"a.png","sha256":"…","pixels":"…"},…]}</c>, or
/// <c>{"at":"…","undo":true}</c>, which takes back the last one that counts.</summary>
public static class DecisionLine
{
    private const int Sha256Digits = 64, PixelDigits = 32;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The verdict of a word; null when it is none.</summary>
    public static FolderVerdict? VerdictOf(string? word) =>
        Enum.GetValues<FolderVerdict>().Where(verdict => WordOf(verdict) == word).Cast<FolderVerdict?>().FirstOrDefault();

    /// <summary>The word of a verdict.</summary>
    public static string WordOf(FolderVerdict verdict) => Code.Of(verdict);

    /// <summary>A line without its line feed.</summary>
    public static string Write(NearDecision decision)
    {
        var pictures = new JsonArray();
        foreach (var picture in decision.Pictures)
        {
            var named = new JsonObject { ["name"] = picture.Name, ["sha256"] = picture.Sha256 };
            if (picture.Pixels is { } pixels)
                named["pixels"] = pixels;
            pictures.Add((JsonNode)named);
        }

        return new JsonObject { ["at"] = TimeOf(decision.At), ["verdict"] = WordOf(decision.Verdict), ["pictures"] = pictures }
            .ToJsonString(Readable);
    }

    /// <summary>The line that takes back the last decision.</summary>
    public static string WriteUndo(DateTimeOffset at) => new JsonObject { ["at"] = TimeOf(at), ["undo"] = true }.ToJsonString(Readable);

    /// <summary>What a line says: a decision, what is wrong with it, or neither where it takes back the one before.</summary>
    public static (NearDecision? Decision, string? Fault) Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line.AsMemory().Trim('\uFEFF').Trim());
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return (null, "expected a JSON object");
            if (root.TryGetProperty("undo", out var undo) && undo.ValueKind == JsonValueKind.True)
                return (null, null);
            if (VerdictOf(TextOf(root, "verdict")) is not { } verdict)
                return (null, "expected \"verdict\" to be keep, alternate or not-duplicate");
            var pictures = PicturesOf(root);
            var least = verdict == FolderVerdict.Keep ? 1 : 2;
            if (pictures is null || pictures.Select(p => p.Sha256).Distinct().Count() < least)
            {
                return (null,
                    $"expected \"pictures\" to be {least} or more different ones, each with a \"sha256\" of 64 hexadecimal digits");
            }

            return (new NearDecision(AtOf(root), verdict, pictures), null);
        }
        catch (JsonException)
        {
            return (null, "it isn't JSON, or was cut short");
        }
    }

    private static List<NamedPicture>? PicturesOf(JsonElement root)
    {
        if (!root.TryGetProperty("pictures", out var array) || array.ValueKind != JsonValueKind.Array)
            return null;
        var pictures = new List<NamedPicture>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || Digits(TextOf(item, "sha256"), Sha256Digits) is not { } sha256)
                return null;
            pictures.Add(new NamedPicture(TextOf(item, "name") ?? "", sha256, Digits(TextOf(item, "pixels"), PixelDigits)));
        }

        return pictures;
    }

    private static string? Digits(string? text, int count) =>
        text?.Length == count && text.All(char.IsAsciiHexDigit) ? text.ToLowerInvariant() : null;

    private static string? TextOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A date that nobody understands makes no decision untrue.
    private static DateTimeOffset AtOf(JsonElement root) =>
        DateTimeOffset.TryParse(TextOf(root, "at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
            : default;

    private static string TimeOf(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
