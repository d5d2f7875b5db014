namespace Smirk.Files.Strip.Jpeg;

/// <summary>One part of a JPEG file, from its marker's 0xFF to the byte before the next part (fill bytes are parts of their own).</summary>
/// <param name="Marker">The marker's second byte (ITU-T T.81 table B.1); 0xFF for a run of fill bytes.</param>
/// <param name="Offset">Where the marker's 0xFF is.</param>
/// <param name="Length">Bytes in all: marker, length, parameters and, for SOS, the coded data with its restart markers.</param>
/// <param name="ParameterLength">Bytes after the two of the length; 0 for markers without one.</param>
internal sealed record JpegSegment(byte Marker, long Offset, long Length, int ParameterLength)
{
    /// <summary>Where the parameters begin.</summary>
    public long Parameters => Offset + 4;
}

/// <summary>The markers that strip tells apart (ITU-T T.81 table B.1).</summary>
internal static class JpegMarker
{
    public const byte Tem = 0x01;
    public const byte Sof0 = 0xC0;
    public const byte Dht = 0xC4;
    public const byte Jpg = 0xC8;
    public const byte Dac = 0xCC;
    public const byte Sof15 = 0xCF;
    public const byte Rst0 = 0xD0;
    public const byte Rst7 = 0xD7;
    public const byte Soi = 0xD8;
    public const byte Eoi = 0xD9;
    public const byte Sos = 0xDA;
    public const byte Dqt = 0xDB;
    public const byte Dnl = 0xDC;
    public const byte Dri = 0xDD;
    public const byte App0 = 0xE0;
    public const byte App1 = 0xE1;
    public const byte App2 = 0xE2;
    public const byte App11 = 0xEB;
    public const byte App13 = 0xED;
    public const byte App14 = 0xEE;
    public const byte App15 = 0xEF;
    public const byte Com = 0xFE;
    public const byte Fill = 0xFF;

    /// <summary>SOF0 to SOF15: C4, C8 and CC of that range are other things.</summary>
    public static bool IsFrame(byte marker) => marker is >= Sof0 and <= Sof15 and not (Dht or Jpg or Dac);

    /// <summary>The frames of hierarchical JPEG, which no decoder at hand reads.</summary>
    public static bool IsDifferentialFrame(byte marker) => IsFrame(marker) && (marker & 0x04) != 0;
}
