namespace Smirk.Gan.Sample;

/// <summary>Encodes a picture: interleaved RGB, 8 bit, <paramref name="width"/> · <paramref name="height"/> · 3 bytes. Given from outside,
/// because this project knows no picture formats.</summary>
public delegate byte[] PictureEncoder(int width, int height, byte[] rgb);

/// <summary>Encodes an animation of pictures of one size, <paramref name="delay"/> milliseconds apart.</summary>
public delegate byte[] AnimationEncoder(int width, int height, IReadOnlyList<byte[]> frames, int delay);
