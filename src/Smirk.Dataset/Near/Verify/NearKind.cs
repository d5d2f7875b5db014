namespace Smirk.Dataset.Near.Verify;

/// <summary>What was done to the keeper to get the member, as far as it shows.</summary>
public enum NearKind
{
    /// <summary>The same bytes.</summary>
    Exact,

    /// <summary>The same picture compressed again or in another format.</summary>
    ReEncode,

    /// <summary>Another size.</summary>
    Resize,

    /// <summary>Another brightness, contrast or colour.</summary>
    Tone,

    /// <summary>Left and right swapped.</summary>
    Mirror,

    /// <summary>Turned, by a quarter or by a little.</summary>
    Rotate,

    /// <summary>Part of it.</summary>
    Crop,

    /// <summary>A border of one colour around it.</summary>
    Border,

    /// <summary>Text beside it or over it.</summary>
    Caption,

    /// <summary>The picture inside a larger one.</summary>
    Screenshot,

    /// <summary>Photographed from a screen or a print: seen at an angle.</summary>
    Photo,

    /// <summary>The same template with other content: no duplicate.</summary>
    Alternate,

    /// <summary>A still of an animation or a page of several, or the other way round: no duplicate.</summary>
    Still,
}

/// <summary>How the kinds are spelled in JSON, the catalog and the truth.</summary>
public static class NearKindNames
{
    /// <summary>Lower case, "re-encode" with its hyphen.</summary>
    public static string Name(this NearKind kind) => kind == NearKind.ReEncode ? "re-encode" : kind.ToString().ToLowerInvariant();

    /// <summary>Whether pictures of that kind stay: they are related to the keeper, but no copies of it.</summary>
    public static bool IsAlternate(this NearKind kind) => kind is NearKind.Alternate or NearKind.Still;

    /// <summary>The same by its name.</summary>
    public static bool IsAlternate(string name) => name == NearKind.Alternate.Name() || name == NearKind.Still.Name();
}
