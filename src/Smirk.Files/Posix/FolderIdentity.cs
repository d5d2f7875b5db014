namespace Smirk.Files.Posix;

/// <summary>Which folder this is, by whatever path, link or bind mount it was reached.</summary>
/// <param name="Device">The file system's device number.</param>
/// <param name="Inode">The folder's number in the file system.</param>
public readonly record struct FolderIdentity(ulong Device, ulong Inode);
