using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Smirk.Cli.Doctor.Bundle;

/// <summary>Takes a person's names (of files, folders, classes) out of texts. What isn't known to be none of theirs goes.</summary>
internal static partial class NameFilter
{
    /// <summary>What stands for a name that was taken out.</summary>
    public const string LeftOut = "(left out)";

    // Options whose words are Smirk's own.
    private static readonly HashSet<string> OwnWords = ["recipe", "device", "packFingerprint", "augment", "name", "why", "about", "remark"];

    /// <summary>A line of ours without paths, but for those of the system. A name may hold blanks, so the rest of the line goes,
    /// too.</summary>
    public static string Line(string line) => Paths().Replace(line, LeftOut);

    /// <summary>JSON with its numbers, and of its strings those that are Smirk's own words or a number with a unit.</summary>
    public static string Json(string text, bool isIndented)
    {
        try
        {
            var node = JsonNode.Parse(text);
            return Filtered(node, "")?.ToJsonString(new JsonSerializerOptions { WriteIndented = isIndented }) ?? "null";
        }
        catch (JsonException)
        {
            // Which is worth knowing.
            return "(damaged JSON, left out)";
        }
    }

    /// <summary>A fault without the command line's names and without messages, which often hold one.</summary>
    public static string Fault(string text)
    {
        var lines = text.Split('\n');
        var head = lines.TakeWhile(line => line.Length > 0).ToList();
        return string.Join('\n', head.Select((line, index) => index == 0 ? CommandLine(line) : Line(line))
            .Concat(lines.Skip(head.Count).Select(Trace)));
    }

    // "smirk make (left out) --size 64": options and their numbers stay.
    private static string CommandLine(string line) => string.Join(' ', line.Split(' ').Select((word, index) => index == 0
        || (index == 1 && Program.Commands.Any(command => command.Name == word)) || IsNumber(word) ? word
        : word.StartsWith('-') ? word.Split('=')[0] : LeftOut));

    // "   at Smirk.X.Y() in /somewhere/X.cs:line 3" or " ---> System.IO.IOException: message".
    private static string Trace(string line)
    {
        if (line.TrimStart().StartsWith("at ", StringComparison.Ordinal))
            return line.Split(" in ")[0];
        if (line.Trim().Length == 0 || line.TrimStart().StartsWith("---", StringComparison.Ordinal) && !line.Contains(':'))
            return line;
        return Exceptions().Match(line) is { Success: true } type ? $"{type.Value}: {LeftOut}" : LeftOut;
    }

    private static JsonNode? Filtered(JsonNode? node, string key) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member =>
            KeyValuePair.Create(member.Key, Filtered(member.Value, KeyOf(members, member.Key))))),
        JsonArray items => new JsonArray([.. items.Select(item => Filtered(item, key))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String
            && !OwnWords.Contains(key) && !IsNumber(value.GetValue<string>()) => LeftOut,
        _ => node?.DeepClone(),
    };

    // {"name": "augment", "value": …}, or from and to, says under "value" what options say under "augment".
    private static string KeyOf(JsonObject members, string key) =>
        key is "value" or "from" or "to" && members["name"] is JsonValue name ? name.GetValue<string>() : key;

    private static bool IsNumber(string text) => Numbers().IsMatch(text);

    [GeneratedRegex(@"^(on|off|none|auto|cpu|cuda(:\d+)?|[\d.+-]+ ?(kimg|kB|MB|GB|ms|[smhd%])?)$")]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<![\w.])~?/(?!(usr|lib|etc|proc)/).*$")]
    private static partial Regex Paths();

    [GeneratedRegex(@"^[ \->]*(?:\(Inner Exception #\d+\) )?[A-Za-z_][\w.`]*(?:Exception|Error)(?=[:\s(]|$)")]
    private static partial Regex Exceptions();
}
