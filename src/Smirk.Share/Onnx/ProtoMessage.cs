using Google.Protobuf;

namespace Smirk.Share.Onnx;

/// <summary>Writes one protobuf message, field by field. Field numbers are onnx.proto's.</summary>
internal sealed class ProtoMessage
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _out;

    public ProtoMessage() => _out = new CodedOutputStream(_bytes, leaveOpen: true);

    public ProtoMessage Put(int field, long value)
    {
        _out.WriteTag(field, WireFormat.WireType.Varint);
        _out.WriteInt64(value);
        return this;
    }

    public ProtoMessage Put(int field, float value)
    {
        _out.WriteTag(field, WireFormat.WireType.Fixed32);
        _out.WriteFloat(value);
        return this;
    }

    public ProtoMessage Put(int field, string value)
    {
        _out.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _out.WriteString(value);
        return this;
    }

    public ProtoMessage Put(int field, ReadOnlySpan<byte> value)
    {
        _out.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _out.WriteBytes(ByteString.CopyFrom(value));
        return this;
    }

    public ProtoMessage Put(int field, ProtoMessage message) => Put(field, message.ToBytes());

    public ProtoMessage PutAll<T>(int field, IEnumerable<T> items, Func<T, ProtoMessage> write)
    {
        foreach (var item in items)
            Put(field, write(item));
        return this;
    }

    public ProtoMessage PutAll(int field, IEnumerable<string> values)
    {
        foreach (var value in values)
            Put(field, value);
        return this;
    }

    /// <summary>Numbers one after the other, each with its tag: what proto2 readers expect of onnx.proto's repeated fields.</summary>
    public ProtoMessage PutAll(int field, IEnumerable<long> values)
    {
        foreach (var value in values)
            Put(field, value);
        return this;
    }

    public byte[] ToBytes()
    {
        _out.Flush();
        return _bytes.ToArray();
    }
}
