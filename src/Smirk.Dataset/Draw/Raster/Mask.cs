namespace Smirk.Dataset.Draw.Raster;

/// <summary>How much of each pixel a shape covers, 0 to 1.</summary>
internal sealed class Mask(int width, int height)
{
    public int Width => width;

    public int Height => height;

    /// <summary>Width × height, row by row.</summary>
    public float[] Coverage { get; } = new float[width * height];

    /// <summary>The rows that may hold anything.</summary>
    public (int From, int To) Rows { get; set; } = (0, height);
}
