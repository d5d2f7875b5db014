using Smirk.Torch.Tensors;

namespace Smirk.Gan.Sample;

/// <summary>Many pictures side by side in one, row by row, without gaps.</summary>
public sealed record Grid(int Width, int Height, byte[] Rgb)
{
    /// <summary>Lays out uint8 [N, C, S, S] in rows of <paramref name="columns"/>; what is missing in the last row stays grey.</summary>
    public static Grid Of(Tensor pictures, int columns)
    {
        var (count, channels, size) = ((int)pictures.Shape[0], (int)pictures.Shape[1], (int)pictures.Shape[2]);
        var rows = (count + columns - 1) / columns;
        var rgb = new byte[rows * size * columns * size * 3];
        rgb.AsSpan().Fill(0x80);
        var planes = pictures.ToArray<byte>();
        for (var i = 0; i < count; i++)
        {
            for (var y = 0; y < size; y++)
            {
                var to = (((i / columns * size) + y) * columns * size + i % columns * size) * 3;
                for (var x = 0; x < size; x++)
                {
                    for (var c = 0; c < 3; c++)
                        rgb[to++] = planes[((i * channels + c % channels) * size + y) * size + x];
                }
            }
        }

        return new Grid(columns * size, rows * size, rgb);
    }

    /// <summary>The number of columns that makes <paramref name="count"/> pictures nearly square.</summary>
    public static int ColumnsFor(int count) => Math.Max(1, (int)Math.Ceiling(Math.Sqrt(count)));
}
