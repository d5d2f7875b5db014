using Smirk.Torch.Tensors;

namespace Smirk.Gan.Sample;

/// <summary>Many pictures side by side in one, row by row, without gaps.</summary>
public sealed record Grid(int Width, int Height, byte[] Rgb)
{
    /// <summary>Lays out uint8 [N, C, H, W] in rows of <paramref name="columns"/>; what is missing in the last row stays grey.</summary>
    public static Grid Of(Tensor pictures, int columns)
    {
        var (count, channels) = ((int)pictures.Shape[0], (int)pictures.Shape[1]);
        var (height, width) = ((int)pictures.Shape[2], (int)pictures.Shape[3]);
        var rows = (count + columns - 1) / columns;
        var rgb = new byte[rows * height * columns * width * 3];
        rgb.AsSpan().Fill(0x80);
        var planes = pictures.ToArray<byte>();
        for (var i = 0; i < count; i++)
        {
            for (var y = 0; y < height; y++)
            {
                var to = (((i / columns * height) + y) * columns * width + i % columns * width) * 3;
                for (var x = 0; x < width; x++)
                {
                    for (var c = 0; c < 3; c++)
                        rgb[to++] = planes[((i * channels + c % channels) * height + y) * width + x];
                }
            }
        }

        return new Grid(columns * width, rows * height, rgb);
    }

    /// <summary>The number of columns that makes <paramref name="count"/> pictures nearly square.</summary>
    public static int ColumnsFor(int count) => Math.Max(1, (int)Math.Ceiling(Math.Sqrt(count)));
}
