namespace Smirk.Gan.Upscale;

/// <summary>What a run has to be shown for a size to be better than the next smaller one.</summary>
/// <param name="Kimg">Thousands of pictures for the first stage: before that there is nothing worth enlarging.</param>
/// <param name="Crops">Thousands of crops for the upsampler: before that it is no sharper than a plain enlargement. After 3 thousand it
/// was soft, and its grid could be seen.</param>
internal sealed record UpscaleNeeds(double Kimg, double Crops)
{
    /// <summary>The largest size without an upsampler, in pixels.</summary>
    public const int SmallSize = 64;

    /// <summary>What <paramref name="size"/> needs.</summary>
    public static UpscaleNeeds Of(int size) => size switch
    {
        <= SmallSize => new UpscaleNeeds(0, 0),
        128 => new UpscaleNeeds(40, 8),
        256 => new UpscaleNeeds(60, 15),
        _ => new UpscaleNeeds(400, 60),
    };

    /// <summary>Whether these numbers are enough.</summary>
    public bool AreMet(double kimg, double crops) => kimg >= Kimg && crops >= Crops;
}
