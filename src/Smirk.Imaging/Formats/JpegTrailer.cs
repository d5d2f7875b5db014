using System.Buffers.Binary;

namespace Smirk.Imaging.Formats;

/// <summary>What a part behind a JPEG's end is.</summary>
public enum TrailerPart
{
    /// <summary>The gain map of an HDR picture: Ultra HDR, ISO 21496-1 or Apple's.</summary>
    GainMap,

    /// <summary>Another JPEG.</summary>
    Picture,

    /// <summary>The video of a Motion Photo or Live Photo: MP4 or QuickTime.</summary>
    Video,
}

/// <summary>A part behind a JPEG's end.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins, from the start of the trailer.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct TrailerItem(TrailerPart Kind, int Offset, int Length);

/// <summary>What phones append to a JPEG.</summary>
public static class JpegTrailer
{
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte App1 = 0xE1;
    private const byte App2 = 0xE2;

    // A box's length and type.
    private const int BoxHeader = 8;

    /// <summary>How the segment begins that makes a JPEG a gain map, or says that it has one (ISO 21496-1, annex C).</summary>
    public static ReadOnlySpan<byte> IsoGainMap => "urn:iso:std:iso:ts:21496:-1\0"u8;

    /// <summary>Where the JPEG that <paramref name="bytes"/> begins with ends: after its EOI, or at the end of all bytes.</summary>
    public static int EndOf(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; NextMarker(bytes, ref at);)
        {
            var marker = bytes[at + 1];
            if (marker == EndOfImage)
                return at + 2;
            at += marker is 0x01 or (>= 0xD0 and <= 0xD8) ? 2 : 2 + Length(bytes, at);
            if (marker == StartOfScan)
                at = JpegMarkers.ScanEnd(bytes, at);
        }

        return bytes.Length;
    }

    /// <summary>The parts in what follows a JPEG's end, in order. What belongs to none is padding or unknown.</summary>
    public static IReadOnlyList<TrailerItem> Read(ReadOnlySpan<byte> trailer)
    {
        var items = new List<TrailerItem>();
        for (var at = 0; at + BoxHeader <= trailer.Length;)
        {
            if (trailer[at..].StartsWith((ReadOnlySpan<byte>)[0xFF, StartOfImage, 0xFF]))
            {
                var length = EndOf(trailer[at..]);
                items.Add(new TrailerItem(
                    IsGainMap(trailer.Slice(at, length)) ? TrailerPart.GainMap : TrailerPart.Picture, at, length));
                at += length;
            }
            else if (VideoLength(trailer[at..]) is > 0 and var length)
            {
                items.Add(new TrailerItem(TrailerPart.Video, at, length));
                at += length;
            }
            else
            {
                at = NextStart(trailer, at + 1);
            }
        }

        return items;
    }

    /// <summary>The gain map that a file holds; empty for none.</summary>
    public static ReadOnlySpan<byte> GainMapOf(ReadOnlySpan<byte> file)
    {
        if (FormatSniffer.Sniff(file[..Math.Min(file.Length, FormatSniffer.HeadLength)]) != PictureFormat.Jpeg)
            return default;
        var trailer = file[EndOf(file)..];
        foreach (var item in Read(trailer))
        {
            if (item.Kind == TrailerPart.GainMap)
                return trailer.Slice(item.Offset, item.Length);
        }

        return default;
    }

    // Its own segments say so: the parameters of the map.
    private static bool IsGainMap(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; NextMarker(jpeg, ref at) && jpeg[at + 1] is not (StartOfScan or EndOfImage);)
        {
            var (marker, length) = (jpeg[at + 1], Length(jpeg, at));
            var data = jpeg.Slice(Math.Min(jpeg.Length, at + 4), Math.Clamp(length - 2, 0, Math.Max(0, jpeg.Length - at - 4)));
            if (marker == App2 && data.StartsWith(IsoGainMap))
                return true;
            if (marker == App1 && (data.IndexOf("http://ns.adobe.com/hdr-gain-map/"u8) >= 0 || data.IndexOf("hdrgainmap"u8) >= 0))
                return true;
            at += 2 + length;
        }

        return false;
    }

    // The boxes of an MP4 as far as they follow each other; 0 where there is none.
    private static int VideoLength(ReadOnlySpan<byte> bytes)
    {
        if (!bytes[4..].StartsWith("ftyp"u8))
            return 0;
        var at = 0;
        while (at + BoxHeader <= bytes.Length)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length == 1 && at + 16 <= bytes.Length)
                length = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(bytes[(at + 8)..]), int.MaxValue);
            if (length < BoxHeader || !IsBoxType(bytes.Slice(at + 4, 4)) || at + length > bytes.Length)
                break;
            at += (int)length;
        }

        return at;
    }

    private static bool IsBoxType(ReadOnlySpan<byte> type)
    {
        foreach (var letter in type)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)' ' or (byte)'-' or (byte)'_'))
                return false;
        }

        return true;
    }

    private static int NextStart(ReadOnlySpan<byte> trailer, int from)
    {
        var picture = trailer[from..].IndexOf((ReadOnlySpan<byte>)[0xFF, StartOfImage, 0xFF]);
        var video = trailer[from..].IndexOf("ftyp"u8) - 4;
        var next = (picture, video) switch
        {
            ( < 0, < 0) => trailer.Length,
            ( < 0, _) => from + video,
            (_, < 0) => from + picture,
            _ => from + Math.Min(picture, video),
        };
        return Math.Max(from, next);
    }

    private static int Length(ReadOnlySpan<byte> jpeg, int marker) =>
        marker + 4 <= jpeg.Length ? Math.Max(2, (int)BinaryPrimitives.ReadUInt16BigEndian(jpeg[(marker + 2)..])) : jpeg.Length;

    private static bool NextMarker(ReadOnlySpan<byte> jpeg, ref int at)
    {
        at = JpegMarkers.Next(jpeg, at);
        return at + 1 < jpeg.Length;
    }
}
