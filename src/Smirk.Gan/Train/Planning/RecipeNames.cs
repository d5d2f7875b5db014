namespace Smirk.Gan.Train.Planning;

/// <summary>The recipes by name.</summary>
public static class RecipeNames
{
    /// <summary>Learns from a thousand pictures.</summary>
    public const string Auto = "auto";

    /// <summary>Faithful to carpedm20/DCGAN-tensorflow.</summary>
    public const string Dcgan = "dcgan";

    /// <summary>All of them, the default first.</summary>
    public static readonly string[] All = [Auto, Dcgan];

    /// <summary>Sizes that the recipe has networks for, in pixels, rising.</summary>
    public static int[] SizesOf(string recipe) => recipe == Dcgan ? [32, 64, 128] : [32, 64, 128, 256, 512];

    /// <summary>Sizes that a generator makes without an upsampler, rising.</summary>
    internal static readonly int[] SmallSizes = [32, 64, 128, 256];
}
