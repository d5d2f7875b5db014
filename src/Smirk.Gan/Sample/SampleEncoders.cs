namespace Smirk.Gan.Sample;

/// <summary>The formats that samples are written in.</summary>
/// <param name="Png">Still pictures.</param>
/// <param name="Gif">Animations, for everywhere.</param>
/// <param name="WebP">Animations, smaller and in full colour.</param>
public sealed record SampleEncoders(PictureEncoder Png, AnimationEncoder Gif, AnimationEncoder WebP);
