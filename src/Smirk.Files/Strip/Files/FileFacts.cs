using Smirk.Files.Posix;

namespace Smirk.Files.Strip.Files;

/// <summary>What a file has besides its bytes, taken over by the one that replaces it.</summary>
internal static unsafe class FileFacts
{
    private const uint AllModeBits = 0xFFF;
    private const int MostAttributes = 64 << 10;

    /// <summary>Owner, group, permissions and, as far as the system allows, extended attributes (access lists among them), but not those
    /// that say where the file comes from.</summary>
    /// <exception cref="UnstrippableException">The owner can't be kept: only root may give files away.</exception>
    public static void Copy(int from, in FileStat status, int to)
    {
        if (FileCalls.Status(to, out var made) != 0)
            throw new UnstrippableException("the temporary file beside it can't be accessed");
        if ((made.User != status.User || made.Group != status.Group) && NativeMethods.ChangeOwner(to, status.User, status.Group) != 0)
            throw new UnstrippableException($"its owner ({status.User}:{status.Group}) can't be kept; run as that user or as root");
        CopyAttributes(from, to);
        // After the owner: changing that takes set-user-ID off.
        if (NativeMethods.ChangeMode(to, status.Mode & AllModeBits) != 0)
            throw new UnstrippableException("its permissions can't be kept");
    }

    /// <summary>Times of the last access and the last change.</summary>
    public static void CopyTimes(in FileStat status, int to)
    {
        var times = stackalloc TimeSpecification[2];
        times[0] = Time(status.Accessed);
        times[1] = Time(status.Identity.Modified);
        _ = NativeMethods.ChangeTimes(to, times);
    }

    private static void CopyAttributes(int from, int to)
    {
        var size = NativeMethods.ListAttributes(from, null, 0);
        if (size is <= 0 or > MostAttributes)
            return;
        var names = new byte[size];
        var value = new byte[MostAttributes];
        fixed (byte* start = names)
        fixed (byte* content = value)
        {
            var end = start + NativeMethods.ListAttributes(from, start, (nuint)names.Length);
            for (var name = start; name < end; name += new ReadOnlySpan<byte>(name, (int)(end - name)).IndexOf((byte)0) + 1)
            {
                if (OriginAttributes.IsOne(new ReadOnlySpan<byte>(name, (int)(end - name))))
                    continue;
                var length = NativeMethods.GetAttribute(from, name, content, MostAttributes);
                if (length >= 0)
                    _ = NativeMethods.SetAttribute(to, name, content, (nuint)length, 0);
            }
        }
    }

    private static TimeSpecification Time(long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(nanoseconds, 1_000_000_000);
        return rest < 0 ? new TimeSpecification
        {
            Seconds = seconds - 1,
            Nanoseconds = rest + 1_000_000_000
        } : new TimeSpecification
        {
            Seconds = seconds,
            Nanoseconds = rest,
        };
    }
}
