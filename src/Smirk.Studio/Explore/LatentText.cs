using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using Smirk.Gan.Sample;
using Smirk.Workspace.Errors;

namespace Smirk.Studio.Explore;

/// <summary>Latents as the page keeps them: text that says exactly what a picture is made of, so that it can be a key, a favourite and an
/// undo step.</summary>
/// <remarks>Base64url of: the class as int16 (−1 for none), the number of levels with a style, for the latent and each style which of the
/// rows it is (rows that are alike are written once), and the rows as float32, all little-endian.</remarks>
internal static class LatentText
{
    // No generator of ours has more; larger ones would only fill the memory.
    private const int MostLevels = 32, MostNumbers = 4096;

    /// <summary>As text.</summary>
    public static string Of(LatentCode code)
    {
        float[][] rows = [code.Z, .. code.Styles ?? []];
        var distinct = new List<float[]>();
        var which = new byte[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var at = distinct.FindIndex(row => row.AsSpan().SequenceEqual(rows[i]));
            if (at < 0)
            {
                at = distinct.Count;
                distinct.Add(rows[i]);
            }

            which[i] = (byte)at;
        }

        var bytes = new byte[3 + which.Length + (distinct.Count * code.Z.Length * sizeof(float))];
        BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)(code.Class ?? -1));
        bytes[2] = (byte)(rows.Length - 1);
        which.CopyTo(bytes, 3);
        var to = bytes.AsSpan(3 + which.Length);
        foreach (var value in distinct.SelectMany(row => row))
        {
            BinaryPrimitives.WriteSingleLittleEndian(to, value);
            to = to[sizeof(float)..];
        }

        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>From text.</summary>
    /// <exception cref="UsageException">It isn't what <see cref="Of"/> wrote.</exception>
    public static LatentCode Read(string? text)
    {
        var bytes = Bytes(text);
        if (bytes.Length < 4)
            throw Unreadable();
        var (chosen, levels) = (BinaryPrimitives.ReadInt16LittleEndian(bytes), bytes[2]);
        var first = 3 + 1 + levels;
        if (levels > MostLevels || chosen < -1 || bytes.Length <= first)
            throw Unreadable();
        var which = bytes[3..first];
        var count = which.Max() + 1;
        var (size, left) = Math.DivRem(bytes.Length - first, count * sizeof(float));
        if (left != 0 || size is 0 or > MostNumbers || !BitConverter.IsLittleEndian)
            throw Unreadable();
        var numbers = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(first)).ToArray();
        if (!numbers.All(float.IsFinite))
            throw Unreadable();
        var rows = numbers.Chunk(size).ToArray();
        return new LatentCode(
            rows[which[0]], levels == 0 ? null : [.. which.Skip(1).Select(row => rows[row])], chosen < 0 ? null : chosen);
    }

    private static byte[] Bytes(string? text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text ?? "");
        }
        catch (FormatException)
        {
            throw Unreadable();
        }
    }

    private static UsageException Unreadable() => new("That is no latent of the studio's. Pick a picture, and go on from there.");
}
