using System.Text;
using Smirk.Files.Posix;
using Smirk.Files.Strip.Report;

namespace Smirk.Files.Strip.Files;

/// <summary>Extended attributes that say where a file was downloaded from and who made it: browsers, wget and curl write them, and they are
/// as much metadata as what stands in the file (freedesktop's CommonExtendedAttributes; Samba and NTFS-3G keep those of other
/// systems).</summary>
internal static unsafe class OriginAttributes
{
    /// <summary>What the person reads that goes.</summary>
    public const string Part = "origin attributes";

    private const int MostAttributes = 64 << 10;

    private static readonly byte[][] Starts =
    [
        .. new[]
        {
            "user.xdg.origin.", "user.xdg.referrer.", "user.xdg.comment", "user.xdg.creator", "user.xdg.publisher",
            "user.com.apple.metadata:kMDItemWhereFroms", "user.com.apple.quarantine", "user.Zone.Identifier",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>Whether an attribute of this name is one of them.</summary>
    public static bool IsOne(ReadOnlySpan<byte> name)
    {
        foreach (var start in Starts)
        {
            if (name.StartsWith(start))
                return true;
        }

        return false;
    }

    /// <summary>The values of all that an open file has, each in one line.</summary>
    public static IReadOnlyList<string> Of(int descriptor)
    {
        var size = NativeMethods.ListAttributes(descriptor, null, 0);
        if (size is <= 0 or > MostAttributes)
            return [];
        var names = new byte[size];
        var found = new List<string>();
        fixed (byte* start = names)
        {
            size = NativeMethods.ListAttributes(descriptor, start, (nuint)names.Length);
            for (ReadOnlySpan<byte> left = names.AsSpan(0, (int)Math.Max(0, size)); left.IndexOf((byte)0) is > 0 and var end;
                left = left[(end + 1)..])
            {
                if (IsOne(left[..end]))
                    found.Add(Value(descriptor, left[..(end + 1)]));
            }
        }

        return found;
    }

    private static string Value(int descriptor, ReadOnlySpan<byte> name)
    {
        var value = new byte[MostAttributes];
        fixed (byte* start = name)
        fixed (byte* content = value)
        {
            var length = NativeMethods.GetAttribute(descriptor, start, content, MostAttributes);
            return CommentText.OneLine(Encoding.UTF8.GetString(value.AsSpan(0, (int)Math.Max(0, length)))) ?? "";
        }
    }
}
