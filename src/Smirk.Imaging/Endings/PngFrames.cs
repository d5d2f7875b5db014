using System.Buffers.Binary;

namespace Smirk.Imaging.Endings;

/// <summary>The frames of an animated PNG beside its first picture data: how many there ought to be, and what there is of each.</summary>
internal sealed class PngFrames
{
    private const int SequenceLength = 4;
    private const int ControlLength = 26;

    private readonly List<(int Width, int Height, MemoryStream Packed)> _frames = [];
    private uint _announced;
    private int _controls;

    /// <summary>Takes the next chunk.</summary>
    public void Take(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (type.SequenceEqual("acTL"u8) && data.Length == 8)
        {
            _announced = BinaryPrimitives.ReadUInt32BigEndian(data);
        }
        else if (type.SequenceEqual("fcTL"u8) && data.Length == ControlLength)
        {
            _controls++;
            _frames.Add((BinaryPrimitives.ReadInt32BigEndian(data[4..]), BinaryPrimitives.ReadInt32BigEndian(data[8..]),
                new MemoryStream()));
        }
        else if (type.SequenceEqual("IDAT"u8) && _frames.Count > 0)
        {
            // The first frame is the picture itself, whose data are looked at by themselves.
            _frames.Clear();
        }
        else if (type.SequenceEqual("fdAT"u8) && data.Length > SequenceLength && _frames.Count > 0)
        {
            _frames[^1].Packed.Write(data[SequenceLength..]);
        }
    }

    /// <summary>Whether all frames are there to their last row. A still picture's are.</summary>
    /// <param name="needed">Bytes that a frame of a width and height unpacks to.</param>
    public bool AreWhole(Func<int, int, long> needed) => _controls == _announced
        && _frames.TrueForAll(f => PngEnd.Unpacks(f.Packed.ToArray(), needed(f.Width, f.Height)));
}
