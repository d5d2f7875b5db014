using Smirk.Files.Strip.Boxes;

namespace Smirk.Files.Strip.Heif;

/// <summary>A run of an item's data.</summary>
/// <param name="Index">The extent's own index, used by few writers.</param>
/// <param name="Offset">Relative to the item's base.</param>
/// <param name="Length">Bytes.</param>
internal sealed record HeifExtent(long Index, long Offset, long Length);

/// <summary>Where an item's data are (ISO/IEC 14496-12, 8.11.3).</summary>
/// <param name="Id">The item.</param>
/// <param name="Method">0: places in the file; 1: in idat; 2: in another item.</param>
/// <param name="DataReference">0 for this file.</param>
/// <param name="Base">Added to all offsets.</param>
/// <param name="Extents">The runs.</param>
internal sealed record HeifLocation(long Id, int Method, int DataReference, long Base, IReadOnlyList<HeifExtent> Extents)
{
    /// <summary>Bytes of its data.</summary>
    public long Length => Extents.Sum(e => e.Length);
}

/// <summary>An item of a HEIF file: a picture, a part of one, or metadata.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Type">Four letters as a number.</param>
/// <param name="ContentType">For mime items: what they hold.</param>
/// <param name="Entry">Its infe box.</param>
internal sealed record HeifItem(long Id, uint Type, string ContentType, Box Entry)
{
    // Coded pictures, and pictures derived from others: grids, overlays, tone-mapped ones. Their data are pixels.
    private static readonly HashSet<uint> Pictures = [.. new[]
    {
        "hvc1", "hev1", "lhv1", "hvt1", "av01", "avc1", "vvc1", "vvs1", "evc1", "jpeg", "j2k1", "unci", "mski", "grid", "iovl", "iden",
        "tmap", "tili", "sato",
    }.Select(letters => Box.TypeOf(System.Text.Encoding.ASCII.GetBytes(letters)))];

    /// <summary>Whether it is picture rather than metadata.</summary>
    public bool IsPicture => Pictures.Contains(Type);

    /// <summary>What a person calls it.</summary>
    public string Name => Box.NameOf(Type) switch
    {
        "Exif" => "Exif",
        "mime" when ContentType.Contains("rdf+xml", StringComparison.OrdinalIgnoreCase) => "XMP",
        "mime" => $"data of the type {Report.CommentText.OneLine(ContentType) ?? "?"}",
        "uri" => "data named by a URI",
        var other => $"item {other}",
    };
}
