using Smirk.Files.Posix;

namespace Smirk.Files.Walk;

/// <summary>A path that could not be looked at, or was left alone.</summary>
/// <param name="Path">Which one.</param>
/// <param name="Reason">Why, in words for a person; they follow the path.</param>
public sealed record RefusedPath(RawPath Path, string Reason)
{
    /// <summary>What was in the way.</summary>
    public RefusalCause Cause { get; init; }

    /// <summary>It was left alone because the person said so, or because Smirk wrote it: nothing is wrong.</summary>
    public bool AsAsked { get; init; }
}

/// <summary>Why a path is refused, for programs.</summary>
public enum RefusalCause
{
    /// <summary>The file can't be read, or isn't what it was.</summary>
    File,

    /// <summary>The folder can't be opened, or not all of it can be listed.</summary>
    Folder,

    /// <summary>A symbolic link that leads nowhere, or isn't followed.</summary>
    Link,

    /// <summary>A symbolic link that leads out of what was named, where such links aren't followed. Nothing is wrong with it.</summary>
    LinkOut,

    /// <summary>A pipe, socket or device.</summary>
    NotAFile,

    /// <summary>A folder that Smirk wrote itself. Nothing is wrong with it.</summary>
    OwnFolder,
}
