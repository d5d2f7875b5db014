namespace Smirk.Workspace.Catalog;

/// <summary>Where files came from.</summary>
/// <param name="Id">Row.</param>
/// <param name="Kind">folder, file, archive; web sources have names of their own.</param>
/// <param name="Path">Absolute path, wherever the workspace is now, or address.</param>
public sealed record Source(long Id, string Kind, string Path);
