namespace Smirk.Dataset.Crop.Ranking;

/// <summary>What can be wrong with a crop; <see cref="CropWords"/> words it.</summary>
public enum CropFault
{
    /// <summary>The face is small. Numbers: its width in pixels and, where it is too small to use, how many it needs.</summary>
    Small,

    /// <summary>There is nothing to see.</summary>
    Flat,

    /// <summary>It is monochrome.</summary>
    Grey,

    /// <summary>It is blurred or enlarged. Number: sharpness.</summary>
    Blurry,

    /// <summary>It is dark.</summary>
    Dark,

    /// <summary>The detector isn't sure. Number: its score, 0 to 1.</summary>
    Unsure,

    /// <summary>A part of it lies outside the picture. Number: which share, 0 to 1.</summary>
    Outside,

    /// <summary>More than half of it is blown out or black.</summary>
    Clipped,

    /// <summary>There seems to be text over it.</summary>
    Text,

    /// <summary>Compression blocks show.</summary>
    Blocks,

    /// <summary>Another face of the picture is larger, and only the largest was wanted.</summary>
    NotLargest,

    /// <summary>Another crop shows the same face. Number: the other picture's row; or text: its path.</summary>
    Duplicate,

    /// <summary>No face was found in the picture.</summary>
    WithoutFace,
}
