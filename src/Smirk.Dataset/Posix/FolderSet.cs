namespace Smirk.Dataset.Posix;

/// <summary>Folders by identity. Safe to use from several threads.</summary>
internal sealed class FolderSet
{
    private readonly Lock _gate = new();
    private readonly HashSet<FolderIdentity> _folders = [];

    /// <summary>Adds it; false when it was there.</summary>
    public bool Add(FolderIdentity folder)
    {
        lock (_gate)
            return _folders.Add(folder);
    }

    public bool Contains(FolderIdentity folder)
    {
        lock (_gate)
            return _folders.Contains(folder);
    }
}
