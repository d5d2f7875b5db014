using System.Buffers.Binary;
using System.Text.Json;
using Smirk.Workspace.Files;

namespace Smirk.Workspace.Safetensors;

/// <summary>Lays tensors out as a safetensors file: header length, JSON header, bytes.</summary>
internal static class SafetensorsWriter
{
    // So that every tensor's bytes begin on a cache line once the file is mapped.
    private const int HeaderAlignment = 64;

    public static void Write(string path, IReadOnlyList<TensorToWrite> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        // Widest elements first: each tensor then begins at a multiple of its element's size, as readers that map the file need.
        TensorToWrite[] ordered = [.. tensors.OrderByDescending(t => TensorInfo.SizeOf(t.Type))];
        if (ordered.GroupBy(t => t.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two tensors are named '{twice.Key}'.", nameof(tensors));
        var header = Header(ordered, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var tensor in ordered)
            {
                var before = stream.Position;
                tensor.Write(stream);
                var expected = TensorInfo.BytesOf(tensor.Type, tensor.Shape);
                if (stream.Position - before != expected)
                    throw new InvalidOperationException(
                        $"Tensor '{tensor.Name}' wrote {stream.Position - before} bytes; its type and shape say {expected}.");
            }
        });
    }

    private static byte[] Header(TensorToWrite[] tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            long begin = 0;
            foreach (var tensor in tensors)
            {
                var end = begin + TensorInfo.BytesOf(tensor.Type, tensor.Shape);
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type.ToString());
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                begin = end;
            }

            json.WriteEndObject();
        }

        while ((buffer.Length + 8) % HeaderAlignment != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
