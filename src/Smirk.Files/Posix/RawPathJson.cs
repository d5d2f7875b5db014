using System.Text.Json;

namespace Smirk.Files.Posix;

/// <summary>Paths in JSON: as text, and in Base64 besides where the text can't hold them.</summary>
public static class RawPathJson
{
    /// <summary>Writes "name": "…", and "name_base64" where the path isn't UTF-8.</summary>
    public static void WritePath(this Utf8JsonWriter json, string name, RawPath path)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(path);
        json.WriteString(name, path.ToText());
        if (!path.IsUtf8)
            json.WriteBase64String($"{name}_base64", path.Bytes);
    }

    /// <summary>Reads what <see cref="WritePath"/> wrote; null where it isn't there.</summary>
    public static RawPath? ReadPath(this JsonElement json, string name)
    {
        if (json.TryGetProperty($"{name}_base64", out var bytes))
            return new RawPath(bytes.GetBytesFromBase64());
        return json.TryGetProperty(name, out var text) && text.GetString() is { Length: > 0 } path ? RawPath.FromText(path) : null;
    }
}
