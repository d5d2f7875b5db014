using Smirk.Files.Posix;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Files;

/// <summary>How a file that is there already is like the one to be written.</summary>
internal enum Likeness
{
    /// <summary>Nothing is left to write.</summary>
    Same,

    /// <summary>It is a beginning of it: nothing is lost by writing it again.</summary>
    Beginning,

    /// <summary>It is something else, and stays.</summary>
    Different,
}

/// <summary>Compares a file with what a plan says, by bytes.</summary>
internal static class ExistingFile
{
    private const int BufferSize = 64 << 10;

    /// <summary>Compares; a file that isn't a regular one or can't be read is different.</summary>
    public static Likeness Compare(RawPath place, RewritePlan plan, OpenedSource file)
    {
        var descriptor = FileCalls.Open(place.Terminated, OpenFlags.Look);
        if (descriptor < 0)
            return Likeness.Different;
        try
        {
            if (FileCalls.Status(descriptor, out var status) != 0 || !status.IsRegular || status.Identity.Size > plan.Length)
                return Likeness.Different;
            var existing = new ByteSource(descriptor, status.Identity.Size, file.Cancel);
            var at = 0L;
            foreach (var piece in plan.Pieces)
            {
                var length = Math.Min(piece.Length, existing.Length - at);
                for (var done = 0L; done < length;)
                {
                    var count = (int)Math.Min(BufferSize, length - done);
                    var wanted =
                        piece.Literal is { } literal ? literal.AsSpan((int)done, count) : file.Source.Read(piece.Offset + done, count);
                    if (!existing.Read(at, count).SequenceEqual(wanted))
                        return Likeness.Different;
                    done += count;
                    at += count;
                }
            }

            return at == plan.Length ? Likeness.Same : Likeness.Beginning;
        }
        finally
        {
            _ = NativeMethods.Close(descriptor);
        }
    }
}
