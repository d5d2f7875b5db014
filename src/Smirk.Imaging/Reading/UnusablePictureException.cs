namespace Smirk.Imaging.Reading;

/// <summary>A picture that can't be used: empty, no picture at all, cut short, damaged, too large. The message is the reason, fit for a person.</summary>
public sealed class UnusablePictureException(string reason) : Exception(reason);
