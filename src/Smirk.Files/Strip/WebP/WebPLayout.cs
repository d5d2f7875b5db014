using Smirk.Files.Strip.Containers;
using Smirk.Files.Strip.Tags;

namespace Smirk.Files.Strip.WebP;

/// <summary>What a WebP file as a whole is (simple, extended, animated), and so which of its chunks a decoder looks at: the others
/// go.</summary>
internal sealed class WebPLayout
{
    private const byte AnimationFlag = 0x02;
    private const byte XmpFlag = 0x04;
    private const byte ExifFlag = 0x08;
    private const byte AlphaFlag = 0x10;
    private const byte ProfileFlag = 0x20;

    // An Exif block is a few KB, 64 at most in a JPEG; this is plenty.
    private const int MostExif = 1 << 20;

    private readonly HashSet<long> _allowed = [];

    /// <summary>Looks at all the chunks; refuses arrangements that no decoder reads.</summary>
    public WebPLayout(ByteSource source, List<WebPChunk> chunks, StripOptions options)
    {
        if (chunks.Skip(1).Any(c => c.Type == WebPType.Extended))
            throw new UnstrippableException("a VP8X chunk that isn't the first");
        var first = chunks[0];
        if (first.Type is WebPType.Lossy or WebPType.Lossless)
        {
            // The simple format: what follows the picture is nothing to a decoder.
            _allowed.Add(first.Offset);
            return;
        }

        if (first.Type != WebPType.Extended || first.DataLength != 10)
            throw new UnstrippableException(
                $"its first chunk is {WebPType.Letters(first.Type)} of {first.DataLength} bytes, not VP8X of 10, VP8 or VP8L");
        var old = source.Read(first.Data, 1)[0];
        _allowed.Add(first.Offset);
        AllowPicture(chunks, (old & AnimationFlag) != 0);
        Flags = (byte)(old & (AnimationFlag | AlphaFlag));
        if ((old & ProfileFlag) != 0 && !options.DropIcc)
            AllowProfile(source, chunks);
        if (options.Tags.IsSelective)
            AllowChosen(source, chunks, options);
        else if ((old & ExifFlag) != 0 && !options.DropOrientation)
            AllowOrientation(source, chunks);
    }

    /// <summary>VP8X's flags for what stays.</summary>
    public byte Flags { get; private set; }

    /// <summary>Bytes of the ICC profile that are the profile.</summary>
    public long ProfileLength { get; private set; }

    /// <summary>The data of the new EXIF chunk.</summary>
    public byte[] Exif { get; private set; } = [];

    /// <summary>The data of the new XMP chunk.</summary>
    public byte[] Xmp { get; private set; } = [];

    /// <summary>Whether the chunk stays.</summary>
    public bool Allows(WebPChunk chunk) => _allowed.Contains(chunk.Offset);

    private void AllowPicture(List<WebPChunk> chunks, bool animated)
    {
        var still = chunks.FindAll(c => c.Type is WebPType.Lossy or WebPType.Lossless);
        if (still.Count != (animated ? 0 : 1))
            throw new UnstrippableException($"{still.Count} still pictures in {(animated ? "an animation" : "a still picture")}");
        if (!animated)
        {
            _allowed.Add(still[0].Offset);
            if (chunks.Find(c => c.Type == WebPType.Alpha) is { Offset: > 0 } alpha && alpha.Offset < still[0].Offset)
                _allowed.Add(alpha.Offset);
            return;
        }

        var start = chunks.FindIndex(c => c.Type == WebPType.Animation);
        var frames = chunks.FindAll(c => c.Type == WebPType.Frame);
        if (start < 0 || chunks[start].DataLength != 6 || frames.Count == 0 || frames[0].Offset < chunks[start].Offset)
            throw new UnstrippableException("an animation without an ANIM chunk of 6 bytes and frames after it");
        _allowed.Add(chunks[start].Offset);
        frames.ForEach(f => _allowed.Add(f.Offset));
    }

    private void AllowProfile(ByteSource source, List<WebPChunk> chunks)
    {
        if (chunks.Find(c => c.Type == WebPType.ColourProfile) is not { Offset: > 0 } profile)
            return;
        var head = source.Read(profile.Data, (int)Math.Min(IccProfile.HeaderLength, profile.DataLength));
        if (IccProfile.Length(head, profile.DataLength) is not { } length || length > int.MaxValue)
            return;
        ProfileLength = length;
        Flags |= ProfileFlag;
        _allowed.Add(profile.Offset);
    }

    private void AllowChosen(ByteSource source, List<WebPChunk> chunks, StripOptions options)
    {
        if (chunks.Find(c => c.Type == WebPType.Exif) is { Offset: > 0 } exif)
        {
            var data = Whole(source, exif);
            var prefix = data.StartsWith("Exif\0\0"u8) ? data[..6] : [];
            if (ExifEdit.Apply(data[prefix.Length..], options) is { } edited)
            {
                Exif = [.. prefix, .. edited];
                Flags |= ExifFlag;
                _allowed.Add(exif.Offset);
            }
        }

        if (chunks.Find(c => c.Type == WebPType.Xmp) is { Offset: > 0 } xmp
            && XmpEdit.Apply(Whole(source, xmp), options.Tags) is { } packet)
        {
            Xmp = packet;
            Flags |= XmpFlag;
            _allowed.Add(xmp.Offset);
        }
    }

    private static ReadOnlySpan<byte> Whole(ByteSource source, WebPChunk chunk) => chunk.DataLength <= MostExif
        ? source.Read(chunk.Data, (int)chunk.DataLength)
        : throw new UnstrippableException($"its {WebPType.Letters(chunk.Type)} chunk has {chunk.DataLength} bytes");

    private void AllowOrientation(ByteSource source, List<WebPChunk> chunks)
    {
        if (chunks.Find(c => c.Type == WebPType.Exif) is not { Offset: > 0 } exif)
            return;
        // Many writers put JPEG's prefix before the block; decoders skip it where it is.
        var data = source.Read(exif.Data, (int)Math.Min(MostExif, exif.DataLength));
        var prefix = data.StartsWith("Exif\0\0"u8) ? data[..6] : [];
        if (ExifOrientation.Read(data[prefix.Length..]) is not { } orientation)
            return;
        Exif = orientation.ToExif(prefix);
        Flags |= ExifFlag;
        _allowed.Add(exif.Offset);
    }
}
