using System.Security.Cryptography;
using System.Text;

namespace Smirk.Workspace.Packs;

/// <summary>What a pack holds, as one SHA-256 in hexadecimal digits: a run, and what was learnt from a pack's pictures, belong to
/// it.</summary>
public static class PackFingerprint
{
    // Raised when what goes into it changes.
    private const int Version = 2;

    /// <summary>The fingerprint of the pixels and of what made them: pictures, groups, crops.</summary>
    /// <param name="rows">The pack's rows.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="size">Edge in pixels.</param>
    /// <param name="aspect">The shape that the pictures were squeezed from. Packs of 1:1 are told as before there were others.</param>
    /// <param name="pixels">SHA-256 of all rows' bytes.</param>
    public static string Of(IReadOnlyList<PackRow> rows, int channels, int size, Aspect aspect, ReadOnlySpan<byte> pixels)
    {
        ArgumentNullException.ThrowIfNull(aspect);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var shape = aspect.IsSquare ? "" : $" for {aspect}";
        Add($"pack {Version}: {rows.Count} of {channels} x {size} x {size}{shape}, {Convert.ToHexStringLower(pixels)}\n");

        // Where the files lie isn't part of it: pictures that were moved are the same pictures.
        foreach (var row in rows)
            Add(FormattableString.Invariant($"{row.Picture} {row.Group} {string.Join(',', row.Crop ?? [])} {row.Turned}\n"));
        return Convert.ToHexStringLower(hash.GetCurrentHash());

        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The fingerprint as Smirk 0.1 wrote it into its runs: of pictures and groups alone.</summary>
    public static string OfVersion1(IEnumerable<PackRow> rows) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows.Select(row => $"{row.Picture} {row.Group}")))));
}
