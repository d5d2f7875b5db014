using System.Text.Json;

namespace Smirk.Workspace.Safetensors;

/// <summary>Reads and checks a safetensors header: a file that says anything its bytes don't hold is refused.</summary>
internal static class SafetensorsHeader
{
    /// <summary>The tensors in the order of their bytes, and the metadata.</summary>
    /// <exception cref="FormatException">What is wrong, for a person.</exception>
    public static (IReadOnlyList<TensorInfo> Tensors, IReadOnlyDictionary<string, string> Metadata) Parse(
        ReadOnlyMemory<byte> json, long dataLength)
    {
        try
        {
            using var document = ParseJson(json);
            return Read(document.RootElement, dataLength);
        }
        catch (InvalidOperationException error)
        {
            // The parser takes bytes that are no UTF-8, and half a surrogate pair, for text; nobody else does.
            throw new FormatException("its header holds text that is no Unicode", error);
        }
    }

    private static (IReadOnlyList<TensorInfo> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(JsonElement root, long dataLength)
    {
        var tensors = new List<TensorInfo>();
        var metadata = new Dictionary<string, string>();
        var names = new HashSet<string>();
        foreach (var property in root.EnumerateObject())
        {
            if (!names.Add(property.Name))
                throw new FormatException($"its header names '{property.Name}' twice");
            if (property.Name == "__metadata__")
                ReadMetadata(property.Value, metadata);
            else
                tensors.Add(ReadTensor(property));
        }

        // Zero-byte tensors share their place with the next one: by end, too, then.
        tensors.Sort((a, b) => (a.Begin, a.Begin + a.Length).CompareTo((b.Begin, b.Begin + b.Length)));
        CheckLayout(tensors, dataLength);
        return (tensors, metadata);
    }

    private static JsonDocument ParseJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document
                : throw new FormatException("its header is no JSON object");
        }
        catch (JsonException error)
        {
            throw new FormatException($"its header is no JSON: {error.Message}", error);
        }
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException("its metadata is no JSON object");
        foreach (var property in element.EnumerateObject())
        {
            metadata[property.Name] = property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : throw new FormatException($"its metadata '{property.Name}' is no text");
        }
    }

    private static TensorInfo ReadTensor(JsonProperty property)
    {
        var element = property.Value;
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("dtype", out var type)
            || type.ValueKind != JsonValueKind.String)
            throw new FormatException($"tensor '{property.Name}' has no dtype");
        var typeName = type.GetString()!;
        if (!Enum.TryParse<ElementType>(typeName, out var elementType) || elementType.ToString() != typeName)
            throw new FormatException($"tensor '{property.Name}' has the unknown dtype '{typeName}'");
        var shape = Numbers(element, "shape", property.Name);
        var offsets = Numbers(element, "data_offsets", property.Name);
        if (offsets is not [var begin, var end] || end < begin)
            throw new FormatException($"tensor '{property.Name}' has data_offsets that are no [begin, end]");
        if (LengthOf(elementType, shape, property.Name) is var length && length != end - begin)
            throw new FormatException(
                $"tensor '{property.Name}' has {end - begin} bytes, but {typeName} [{string.Join(", ", shape)}] takes {length}");
        return new TensorInfo(property.Name, elementType, shape, begin, length);
    }

    private static long LengthOf(ElementType type, long[] shape, string name)
    {
        try
        {
            return TensorInfo.BytesOf(type, shape);
        }
        catch (OverflowException error)
        {
            throw new FormatException($"tensor '{name}' has the impossible shape [{string.Join(", ", shape)}]", error);
        }
    }

    private static long[] Numbers(JsonElement element, string key, string tensor)
    {
        if (!element.TryGetProperty(key, out var array) || array.ValueKind != JsonValueKind.Array)
            throw new FormatException($"tensor '{tensor}' has no {key}");
        return [.. array.EnumerateArray().Select(Number)];

        long Number(JsonElement item) => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) && number >= 0
            ? number
            : throw new FormatException($"tensor '{tensor}' has a {key} with something else than whole numbers in it");
    }

    private static void CheckLayout(List<TensorInfo> tensors, long dataLength)
    {
        long at = 0;
        foreach (var tensor in tensors)
        {
            if (tensor.Begin != at)
                throw new FormatException($"tensor '{tensor.Name}' begins at byte {tensor.Begin} where byte {at} was expected");
            at = tensor.Begin + tensor.Length;
        }

        if (at > dataLength)
            throw new FormatException($"it is cut short: its tensors take {at} bytes and {dataLength} are there");
        if (at < dataLength)
            throw new FormatException($"it has {dataLength - at} bytes after its last tensor");
    }
}
