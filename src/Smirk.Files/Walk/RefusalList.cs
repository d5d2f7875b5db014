using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>What several threads could not look at.</summary>
public sealed class RefusalList
{
    private readonly Lock _gate = new();
    private readonly List<RefusedPath> _refused = [];

    /// <summary>By path, so that two runs say the same.</summary>
    public IReadOnlyList<RefusedPath> Sorted()
    {
        lock (_gate)
            return [.. _refused.OrderBy(r => r.Path)];
    }

    /// <summary>Adds a file with the reason why it was not looked at.</summary>
    public void Add(RawPath path, string reason) => Add(path, RefusalCause.File, reason);

    /// <summary>Adds a path with the reason why it was not looked at.</summary>
    public void Add(RawPath path, RefusalCause cause, string reason)
    {
        lock (_gate)
            _refused.Add(new RefusedPath(path, reason)
            {
                Cause = cause,
                AsAsked = cause is RefusalCause.OwnFolder or RefusalCause.LinkOut,
            });
    }

    /// <summary>Adds a path that a system call failed on.</summary>
    internal void AddError(RawPath path, RefusalCause cause, string what, int errno) => Add(path, cause, $"{what}: {Errno.Text(errno)}");
}
