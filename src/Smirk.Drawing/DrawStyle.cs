namespace Smirk.Drawing;

/// <summary>What is drawn.</summary>
public enum DrawStyle
{
    /// <summary>Cartoon faces, in a pile as messy as a real one.</summary>
    Faces,

    /// <summary>Pixel art: creatures of few plain colours on a plain ground.</summary>
    Sprites,

    /// <summary>Black line art on white: fish, flowers, houses, cups.</summary>
    Lines,

    /// <summary>Smooth runs of colour, without any edge.</summary>
    Gradients,

    /// <summary>Black signs on white, like text of a script nobody knows.</summary>
    Glyphs,

    /// <summary>Piano rolls: white notes on black, nothing between.</summary>
    Rolls,
}
