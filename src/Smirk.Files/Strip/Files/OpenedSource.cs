using Smirk.Files.Posix;
using Smirk.Files.Strip.Containers;

namespace Smirk.Files.Strip.Files;

/// <summary>A file that is being worked on.</summary>
/// <param name="Found">Where it was found.</param>
/// <param name="Descriptor">It, open for reading.</param>
/// <param name="Status">What it was when it was opened.</param>
/// <param name="Source">Its bytes.</param>
/// <param name="Cancel">Stops the work on it, whatever its size.</param>
internal sealed record OpenedSource(StripSource Found, int Descriptor, FileStat Status, ByteSource Source, CancellationToken Cancel)
{
    /// <summary>Call when all was read: what changed meanwhile may be half of one file and half of another.</summary>
    /// <exception cref="UnstrippableException">It changed.</exception>
    public void RefuseIfChanged()
    {
        if (FileCalls.Status(Descriptor, out var now) != 0 || !now.Identity.HasSameContentAs(Status.Identity))
            throw new UnstrippableException("it changed while it was being read");
    }
}
