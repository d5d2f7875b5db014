namespace Smirk.Workspace.Catalog;

/// <summary>One distinct stripped content. Several files may hold it.</summary>
/// <param name="Id">Row.</param>
/// <param name="Sha256">SHA-256 of the stripped bytes: the blob's name.</param>
/// <param name="Format">Format by magic bytes, lower case: "jpeg", "png".</param>
/// <param name="Width">Pixels, upright.</param>
/// <param name="Height">Pixels, upright.</param>
/// <param name="Bytes">Length of the stripped bytes.</param>
public sealed record StoredPicture(long Id, string Sha256, string Format, int Width, int Height, long Bytes);
