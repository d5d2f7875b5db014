namespace Smirk.Imaging.Reading;

/// <summary>What is wrong with a picture.</summary>
public enum PictureFault
{
    /// <summary>It isn't one.</summary>
    NoPicture,

    /// <summary>Its data can't be decoded.</summary>
    Damaged,

    /// <summary>Its data ends too early.</summary>
    CutShort,

    /// <summary>It has too many pixels.</summary>
    TooLarge,

    /// <summary>Its file has too many bytes.</summary>
    TooLong,

    /// <summary>It may be whole, but isn't of a kind that is read here.</summary>
    Unsupported,
}

/// <summary>A picture that can't be used.</summary>
/// <param name="fault">What is wrong, to count and sort by.</param>
/// <param name="reason">The same for a person, in one line, with what was found and expected.</param>
public sealed class UnusablePictureException(PictureFault fault, string reason) : Exception(reason)
{
    /// <summary>What is wrong.</summary>
    public PictureFault Fault => fault;
}
