using System.IO.Compression;
using Smirk.Files.Archives.Library;
using Smirk.Files.Zstandard;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;

namespace Smirk.Files.Archives;

/// <summary>An archive on the disk.</summary>
public abstract class Archive
{
    /// <summary>Its members, in the order they lie in it. What goes wrong with the archive doesn't throw but comes as
    /// <see cref="ArchiveDamage"/>.</summary>
    /// <param name="limits">How much it may hold.</param>
    /// <param name="unpacked">Told now and then how many bytes were unpacked so far.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="OperationCanceledException">Cancelled, also in the middle of a member.</exception>
    public abstract IEnumerable<ArchiveMember> Members(
        ArchiveLimits limits, Action<long>? unpacked = null, CancellationToken cancel = default);
}

/// <summary>Tells archives by their names and first bytes.</summary>
public static class ArchiveKinds
{
    private static readonly string[] Names =
    [
        ".zip", ".cbz", ".tar", ".cbt", ".tar.gz", ".tgz", ".tar.zst", ".tzst", ".tar.xz", ".txz", ".tar.bz2", ".tbz2", ".tbz", ".tar.lzma",
        ".tar.Z", ".7z", ".cb7", ".rar", ".cbr", ".parquet", ".npz", ".csv",
    ];

    // 128 MB of memory, which is all that zstd's own options up to the highest level use.
    private const int LargestWindowLog = 27;

    /// <summary>Whether the name is an archive's. A .docx is a ZIP file, too, and nobody means its inside.</summary>
    public static bool HasArchiveName(string path) =>
        IdxNames.HasIdxName(path) || MidiArchive.HasMidiName(path) || Names.Any(n => path.EndsWith(n, StringComparison.OrdinalIgnoreCase));

    /// <summary>The archive by its first bytes, an IDX file by its name; null when it is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">For encrypted members; null for none.</param>
    /// <param name="rolls">How tunes are cut; null for <see cref="RollCut.Usual"/>.</param>
    /// <remarks>Tunes in an archive are cut into windows, as they are beside it; other archives in it stay closed.</remarks>
    public static Archive? Open(string path, string? password = null, RollCut? rolls = null) =>
        OpenItself(path, password, rolls ?? RollCut.Usual) switch
        {
            (ZipFileArchive or TarArchive or LibraryArchive) and var archive => new TunesInside(archive, rolls ?? RollCut.Usual),
            var archive => archive,
        };

    private static Archive? OpenItself(string path, string? password, RollCut rolls)
    {
        if (IdxNames.HasIdxName(path))
            return new IdxArchive(path);
        Span<byte> head = stackalloc byte[262];
        int read;
        try
        {
            using var stream = File.OpenRead(path);
            read = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        head = head[..read];
        if (MidiArchive.HasMidiName(path) && MidiReader.Begins(head))
            return new MidiArchive(path, rolls);
        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            return DigitsCsv.IsOne(head) ? new DigitsCsv(path) : null;
        if (head.StartsWith("PAR1"u8))
            return new ParquetArchive(path);
        if (head.StartsWith("PK\x03\x04"u8) && path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            return new NpzArchive(path);
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
            return new ZipFileArchive(path, password);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return new TarArchive(path, packed => new GZipStream(packed, CompressionMode.Decompress));
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
            return new TarArchive(path, packed => new ZstdStream(packed, LargestWindowLog));
        if (head.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C]) || head.StartsWith("Rar!\u001A\u0007"u8))
            return new LibraryArchive(path, password);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]) || head.StartsWith("BZh"u8)
            || head.StartsWith((ReadOnlySpan<byte>)[0x5D, 0, 0]) || head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x9D]))
            return new TarArchive(path, _ => new LibraryStream(path));
        return head.Length == 262 && head[257..].SequenceEqual("ustar"u8) ? new TarArchive(path, packed => packed) : null;
    }

    /// <summary>The version of libarchive, which reads what .NET doesn't.</summary>
    /// <exception cref="DllNotFoundException">It isn't there; the message says what to do.</exception>
    public static string LibraryVersion() => LibraryReader.Version().Replace("libarchive ", "", StringComparison.Ordinal);

    /// <summary>The archive's file, which was there a moment ago, when its kind was told.</summary>
    /// <param name="path">The file.</param>
    /// <param name="gone">What to say where it can't be opened.</param>
    internal static FileStream? OpenFile(string path, out ArchiveDamage? gone)
    {
        gone = null;
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception error) when (IsDamage(error))
        {
            gone = new ArchiveDamage(new ArchiveRefusal(ArchiveFault.UnreadableArchive, $"unreadable: {error.Message.TrimEnd('.')}"));
            return null;
        }
    }

    /// <summary>Whether the exception comes from what is in the archive and not from us.</summary>
    public static bool IsDamage(Exception error) =>
        error is InvalidDataException or NotSupportedException or FormatException or OverflowException or ArgumentException
            or ArchiveTooMuchException
        or IOException or UnauthorizedAccessException;

    /// <summary>The reason, as refusals give it.</summary>
    public static ArchiveRefusal Reason(Exception error) => error switch
    {
        ArchiveTooMuchException much => new ArchiveRefusal(much.Fault, much.Message),
        EndOfStreamException => new ArchiveRefusal(ArchiveFault.Damaged, "damaged: the archive is cut short"),
        _ => new ArchiveRefusal(ArchiveFault.Damaged, $"damaged: {error.Message.TrimEnd('.')}"),
    };
}

/// <summary>An archive gives more bytes than its limits allow.</summary>
internal sealed class ArchiveTooMuchException(ArchiveFault fault, string reason) : Exception(reason)
{
    public ArchiveFault Fault => fault;
}
