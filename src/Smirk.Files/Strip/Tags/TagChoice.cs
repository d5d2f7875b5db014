namespace Smirk.Files.Strip.Tags;

/// <summary>Kinds of metadata that a person can name.</summary>
public enum TagKind
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary>Author and rights.</summary>
    Copyright,

    /// <summary>Where it was taken.</summary>
    Gps,

    /// <summary>When it was taken and changed.</summary>
    Time,

    /// <summary>Camera, lens, exposure, serial numbers.</summary>
    Camera,

    /// <summary>Titles, captions, keywords.</summary>
    Description,

    /// <summary>Programs that wrote it.</summary>
    Software,

    /// <summary>The small preview in Exif.</summary>
    Thumbnail,

    /// <summary>The camera maker's own block.</summary>
    MakerNote,

    /// <summary>All of Exif.</summary>
    Exif,

    /// <summary>All of XMP.</summary>
    Xmp,

    /// <summary>IPTC and other Photoshop resources.</summary>
    Iptc,

    /// <summary>Comments and texts.</summary>
    Comment,
}

/// <summary>Which metadata go: all, all but some, or nothing but some.</summary>
public sealed class TagChoice
{
    private static readonly Dictionary<string, TagKind> Known = Enum.GetValues<TagKind>().Where(k => k != TagKind.Other)
        .ToDictionary(k => k.ToString().ToLowerInvariant());

    private readonly HashSet<TagKind> _named;

    private TagChoice(HashSet<TagKind> named, bool isOnly) => (_named, IsOnly) = (named, isOnly);

    /// <summary>All go.</summary>
    public static TagChoice All { get; } = new([], false);

    /// <summary>The names that can be given, for the person.</summary>
    public static string Names => string.Join(", ", Known.Keys);

    /// <summary>Whether only what is named goes.</summary>
    public bool IsOnly { get; }

    /// <summary>Whether anything may stay.</summary>
    public bool IsSelective => _named.Count > 0;

    /// <summary>All go but those of <paramref name="names"/>.</summary>
    public static TagChoice AllBut(IEnumerable<string> names) => new([.. names.Select(n => Known[n])], false);

    /// <summary>Nothing goes but those of <paramref name="names"/>.</summary>
    public static TagChoice NothingBut(IEnumerable<string> names) => new([.. names.Select(n => Known[n])], true);

    /// <summary>Whether a name is one of them.</summary>
    public static bool IsKnown(string name) => Known.ContainsKey(name);

    /// <summary>Whether metadata of a kind go; <paramref name="within"/> is the block that they are in, Exif or XMP.</summary>
    public bool Goes(TagKind kind, TagKind within = TagKind.Other) =>
        IsOnly == (_named.Contains(kind) || (within != TagKind.Other && _named.Contains(within)));
}
