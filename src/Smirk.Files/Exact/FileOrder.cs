namespace Smirk.Files.Exact;

/// <summary>Orders of the files of a group, the first of which is kept where nothing else is asked for.</summary>
public enum FileOrder
{
    /// <summary>By last change of the content, the oldest first.</summary>
    Modified,

    /// <summary>By last change of content, name or permissions, the oldest first.</summary>
    Changed,

    /// <summary>By path, compared as bytes.</summary>
    Name,
}
