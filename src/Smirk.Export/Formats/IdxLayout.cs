using System.Buffers.Binary;
using Smirk.Export.Output;
using Smirk.Export.Plan;
using Smirk.Imaging;
using Smirk.Workspace.Errors;

namespace Smirk.Export.Formats;

/// <summary>MNIST's own files, not packed: train-images-idx3-ubyte [N, H, W] and train-labels-idx1-ubyte [N]; the validation part is
/// called t10k, as MNIST's is.</summary>
internal static class IdxLayout
{
    private const int MostClasses = 256;

    /// <summary>Writes it.</summary>
    /// <exception cref="UsageException">There are more classes than a byte can number.</exception>
    /// <exception cref="UnusableInputException">A picture is damaged.</exception>
    public static void Write(ExportRun run, OutputTree tree)
    {
        if (run.Plan.Classes.Count > MostClasses)
            throw new UsageException($"--labels: {run.Plan.Classes.Count} classes; IDX has room for {MostClasses}.");
        foreach (var (part, items) in run.Plan.Parts)
        {
            var name = part == "train" ? "train" : "t10k";
            var key = ExportPlan.Code("idx 1\n" + string.Join('\n', items.Select(i => i.Key)));
            if (tree.IsThere($"{name}-images-idx3-ubyte", key))
                run.Advance(items.Count);
            else
                tree.PutStream($"{name}-images-idx3-ubyte", key, stream => Pictures(stream, run, items));
            if (run.Plan.Classes.Count > 0)
            {
                tree.PutStream($"{name}-labels-idx1-ubyte", null, stream =>
                {
                    Head(stream, items.Count);
                    stream.Write([.. items.Select(i => (byte)run.Plan.ClassOf(i))]);
                });
            }
        }

        if (run.Plan.Classes.Count > 0)
            tree.PutText("classes.txt", string.Concat(run.Plan.Classes.Select(c => c + "\n")));
    }

    private static void Pictures(Stream stream, ExportRun run, IReadOnlyList<ExportItem> items)
    {
        Head(stream, items.Count, items[0].Geometry.FullHeight, items[0].Geometry.FullWidth);
        foreach (var (_, picture) in run.Pictures(items))
            stream.Write(Luminance(picture));
        if (run.Broken > 0)
            throw new UnusableInputException($"{run.Broken} pictures are damaged in the workspace (see above), so that there would be "
                + "fewer than the file's head says; import them again, or drop them with: smirk decide");
    }

    // Rec. 601, as everybody makes grey of colours; rounded so that grey stays what it is.
    private static byte[] Luminance(Picture picture)
    {
        var grey = new byte[picture.Width * picture.Height];
        var pixels = picture.Pixels;
        for (var i = 0; i < grey.Length; i++)
            grey[i] = (byte)(((299 * pixels[i * 3]) + (587 * pixels[(i * 3) + 1]) + (114 * pixels[(i * 3) + 2]) + 500) / 1000);
        return grey;
    }

    private static void Head(Stream stream, params ReadOnlySpan<int> shape)
    {
        stream.Write([0, 0, 8, (byte)shape.Length]);
        Span<byte> number = stackalloc byte[4];
        foreach (var dimension in shape)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, dimension);
            stream.Write(number);
        }
    }
}
