using System.Buffers.Binary;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Png;

/// <summary>The list of chunks that stay. A decoder ignores one that comes again or has a wrong length, and anything could be in it: such a
/// one goes.</summary>
internal sealed class PngRules
{
    private readonly HashSet<uint> _seen = [];
    private readonly byte _colourType;
    private readonly int _paletteEntries;
    private readonly bool _isAnimated;
    private readonly bool _dropIcc;
    private uint _nextFrameNumber;

    /// <summary>Looks at what the rules depend on: the kind of pixels, the palette, and whether there is an animation.</summary>
    public PngRules(ByteSource source, List<PngChunk> chunks, StripOptions options)
    {
        _colourType = source.Read(chunks[0].Data, 13)[9];
        _paletteEntries = (chunks.Find(c => c.Type == PngType.Palette)?.DataLength ?? 0) / 3;
        // Without acTL before the picture data it is a still picture, and frames are unknown chunks.
        _isAnimated = chunks.TakeWhile(c => c.Type != PngType.Data).Any(c => c is { Type: PngType.Animation, DataLength: 8 });
        _dropIcc = options.DropIcc;
        Source = source;
    }

    private ByteSource Source { get; }

    /// <summary>Whether the chunk stays. Ask once for each, in order. Refuses an animation whose frames are out of order.</summary>
    public bool Allows(PngChunk chunk)
    {
        switch (chunk.Type)
        {
            case PngType.Header or PngType.Palette or PngType.Data or PngType.End:
                return true;
            case PngType.Frame:
                return _isAnimated && chunk.DataLength == 26 && IsNextFrame(chunk);
            case PngType.FrameData:
                return _isAnimated && chunk.DataLength >= 4 && IsNextFrame(chunk);
            default:
                return HasRightLength(chunk) && _seen.Add(chunk.Type);
        }
    }

    private bool HasRightLength(PngChunk chunk) => chunk.Type switch
    {
        PngType.Gamma or PngType.CodePoints => chunk.DataLength == 4,
        PngType.Chromaticities => chunk.DataLength == 32,
        PngType.Srgb => chunk.DataLength == 1,
        PngType.MasteringDisplay => chunk.DataLength == 24,
        PngType.LightLevel => chunk.DataLength == 8,
        PngType.PixelSize => chunk.DataLength == 9,
        PngType.Animation => _isAnimated && chunk.DataLength == 8,
        PngType.ColourProfile => !_dropIcc,
        PngType.SignificantBits => chunk.DataLength == _colourType switch { 0 => 1, 2 or 3 => 3, 4 => 2, _ => 4 },
        PngType.Background => chunk.DataLength == _colourType switch { 0 or 4 => 2, 3 => 1, _ => 6 },
        PngType.Transparency =>
            _colourType switch
            {
                0 => chunk.DataLength == 2,
                2 => chunk.DataLength == 6,
                3 => chunk.DataLength <= _paletteEntries,
                _ => false
            },
        _ => false,
    };

    private bool IsNextFrame(PngChunk chunk)
    {
        var number = BinaryPrimitives.ReadUInt32BigEndian(Source.Read(chunk.Data, 4));
        if (number != _nextFrameNumber)
            throw new UnstrippableException(
                $"the animation's part at byte {chunk.Offset} has the number {number}, {_nextFrameNumber} is expected");
        _nextFrameNumber++;
        return true;
    }
}
