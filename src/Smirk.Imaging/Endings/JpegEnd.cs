using System.Buffers.Binary;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Native;
using Smirk.Native;

namespace Smirk.Imaging.Endings;

/// <summary>Finds where a JPEG's picture is complete, by decoding its codes without working out a pixel.</summary>
internal sealed class JpegEnd
{
    private const byte Restart0 = 0xD0;
    private const byte Restart7 = 0xD7;
    private const byte EndOfImage = 0xD9;
    private const int Coefficients = 64;

    private static readonly byte[] Missing = [0xFF, EndOfImage];

    private readonly HuffmanTable?[] _tables = new HuffmanTable?[8];
    private readonly HashSet<byte> _complete = [];
    private JpegFrame? _frame;
    private bool _isProgressive;
    private int _restartInterval;

    // The bits of each coefficient that are still to come: a progressive picture is whole once there are none.
    private int[] _bitsLeft = [];

    // Where the data of the scan begin after which a progressive picture is whole; 0 before.
    private int _lastScan;

    private JpegEnd()
    {
    }

    /// <summary>The end; null where the file has one, where the picture isn't filled, and for kinds of JPEG that aren't known.</summary>
    public static PictureEnd? Find(ReadOnlySpan<byte> bytes)
    {
        var finder = new JpegEnd();
        return finder.Run(bytes) ?? finder.BeforeTrailer(bytes);
    }

    private PictureEnd? Run(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; NextMarker(bytes, ref at) is var marker and not 0;)
        {
            if (marker is 0x01 or (>= Restart0 and <= Restart7))
                continue;
            if (marker is EndOfImage or 0xD8 || at + 2 > bytes.Length)
            {
                _lastScan = marker == EndOfImage ? 0 : _lastScan;
                return null;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (length < 2 || at + length > bytes.Length)
                return null;
            var parameters = bytes.Slice(at + 2, length - 2);
            at += length;
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2 when _frame is null && JpegFrame.Read(parameters) is { } frame:
                    (_frame, _isProgressive) = (frame, marker == 0xC2);
                    _bitsLeft = [.. Enumerable.Repeat(int.MaxValue, frame.Components.Count * Coefficients)];
                    break;
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    return null;
                case 0xC4 when !ReadTables(parameters):
                    return null;
                case 0xDD when parameters.Length == 2:
                    _restartInterval = BinaryPrimitives.ReadUInt16BigEndian(parameters);
                    break;
                case 0xDA:
                    if (_frame is null || ScannedBy(parameters) is not { } scanned)
                        return null;
                    if (_isProgressive)
                    {
                        Note(parameters, scanned);
                        if (_lastScan == 0 && _bitsLeft.All(left => left == 0))
                            _lastScan = at;
                        at = ScanEnd(bytes, at);
                        break;
                    }

                    if (!Fills(bytes, ref at, scanned, parameters))
                        return null;
                    if (_complete.Count == _frame.Components.Count)
                        return new PictureEnd(at, Missing);
                    break;
            }
        }

        return _isProgressive && _bitsLeft.All(left => left == 0) && IsWhole([.. bytes.TrimEnd((byte)0xFF), .. Missing])
            ? new PictureEnd(bytes.TrimEnd((byte)0xFF).Length, Missing) : null;
    }

    // Where a progressive picture's last scan ends is told by decoding alone; but what phones append begins with letters of its own.
    private PictureEnd? BeforeTrailer(ReadOnlySpan<byte> bytes)
    {
        if (_lastScan == 0)
            return null;
        foreach (var item in JpegTrailer.Read(bytes[_lastScan..]))
        {
            var end = _lastScan + item.Offset;
            if (IsWhole([.. bytes[..end], .. Missing]))
                return new PictureEnd(end, Missing);
        }

        return null;
    }

    // As libjpeg looks for it: what isn't one is passed over. 0 at the end.
    private static byte NextMarker(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at + 1 < bytes.Length)
        {
            if (bytes[at++] == 0xFF && bytes[at] is not (0 or 0xFF))
                return bytes[at++];
        }

        return 0;
    }

    private static int ScanEnd(ReadOnlySpan<byte> bytes, int at)
    {
        while (at + 1 < bytes.Length && !(bytes[at] == 0xFF && bytes[at + 1] is not (0 or 0xFF or (>= Restart0 and <= Restart7))))
            at++;
        return at;
    }

    private bool ReadTables(ReadOnlySpan<byte> left)
    {
        while (left.Length >= 17)
        {
            var count = 0;
            foreach (var codes in left[1..17])
                count += codes;
            if (left.Length < 17 + count || (left[0] & 0xEC) != 0)
                return false;
            _tables[((left[0] >> 4) * 4) + (left[0] & 3)] = new HuffmanTable(left[1..17], left.Slice(17, count));
            left = left[(17 + count)..];
        }

        return left.IsEmpty;
    }

    private List<JpegComponent>? ScannedBy(ReadOnlySpan<byte> parameters)
    {
        if (parameters.Length < 6 || parameters.Length != 4 + (2 * parameters[0]))
            return null;
        var scanned = new List<JpegComponent>();
        for (var i = 0; i < parameters[0]; i++)
        {
            var id = parameters[1 + (2 * i)];
            if (_frame!.Components.FirstOrDefault(c => c.Id == id) is not { } component)
                return null;
            scanned.Add(component);
        }

        return scanned;
    }

    private void Note(ReadOnlySpan<byte> parameters, List<JpegComponent> scanned)
    {
        var (first, last, bits) = (parameters[^3], Math.Min(parameters[^2], (byte)(Coefficients - 1)), parameters[^1] & 15);
        foreach (var component in scanned)
        {
            var number = _frame!.Components.Index().First(c => c.Item == component).Index;
            for (int k = first; k <= last; k++)
                _bitsLeft[(number * Coefficients) + k] = bits;
        }
    }

    // Whether the scan's data reach to its last block; at is then after them.
    private bool Fills(ReadOnlySpan<byte> bytes, ref int at, List<JpegComponent> scanned, ReadOnlySpan<byte> parameters)
    {
        var (units, blocks) = _frame!.UnitsOf(scanned);
        var tables = new (HuffmanTable? Dc, HuffmanTable? Ac)[scanned.Count];
        for (var i = 0; i < scanned.Count; i++)
            tables[i] = (_tables[(parameters[2 + (2 * i)] >> 4) & 3], _tables[4 + (parameters[2 + (2 * i)] & 3)]);
        var bits = new ScanBits(bytes, at);
        for (long unit = 0; unit < units; unit++)
        {
            if (_restartInterval > 0 && unit > 0 && unit % _restartInterval == 0 && !bits.Restart((int)(unit / _restartInterval - 1) & 7))
                return false;
            for (var i = 0; i < tables.Length; i++)
            {
                for (var block = 0; block < blocks[i]; block++)
                {
                    if (tables[i].Dc is not { } dc || tables[i].Ac is not { } ac || !PassBlock(ref bits, dc, ac))
                        return false;
                }
            }
        }

        at = bits.At;
        _complete.UnionWith(scanned.Select(c => c.Id));
        return true;
    }

    private static bool PassBlock(ref ScanBits bits, HuffmanTable dc, HuffmanTable ac)
    {
        if (dc.Decode(ref bits) is not (>= 0 and <= 16 and var size) || !bits.Skip(size))
            return false;
        for (var k = 1; k < Coefficients;)
        {
            var symbol = ac.Decode(ref bits);
            if (symbol < 0)
                return false;
            var (run, length) = (symbol >> 4, symbol & 15);
            if (length == 0 && run < 15)
                break;
            k += run + 1;
            if (k > Coefficients || !bits.Skip(length))
                return false;
        }

        return true;
    }

    // libjpeg follows the codes of progressive scans, which depend on each other, and warns where one ends early or late.
    private unsafe bool IsWhole(byte[] completed)
    {
        var (width, height) = (_frame!.Width, _frame.Height);
        if (_frame.Components.Count is not (1 or 3))
            return false;
        VipsLibrary.EnsureMatches();
        var shrink = Math.Min(width, height) >= 8 ? 8 : 1;
        var channels = _frame.Components.Count;
        var pixels = new byte[width / shrink * (height / shrink) * channels];
        fixed (byte* from = completed, to = pixels)
        {
            return NativeMethods.PlainJpeg(from, completed.Length, shrink, width / shrink, height / shrink, channels, to)
                == (int)NativeStatus.Ok;
        }
    }
}
