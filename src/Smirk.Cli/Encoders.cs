using Smirk.Dataset.Pack;
using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Imaging;
using Smirk.Imaging.Writing;

namespace Smirk.Cli;

/// <summary>What connects the generator's side, which knows no picture formats, with the pictures' side, which knows no networks.</summary>
internal static class Encoders
{
    /// <summary>PNG through libvips.</summary>
    public static readonly PictureEncoder Png = (width, height, rgb) => PictureWriter.Png(new Picture(width, height, rgb));

    /// <summary>All that sampling writes.</summary>
    public static readonly SampleEncoders Sample = new(
        Png,
        (width, height, frames, delay) => PictureWriter.AnimatedGif(Pictures(width, height, frames), delay),
        (width, height, frames, delay) => PictureWriter.AnimatedWebP(Pictures(width, height, frames), delay));

    /// <summary>What training gets from outside.</summary>
    public static TrainTools Tools { get; } = new(Png, TimeProvider.System);

    /// <summary>All pictures below a folder, as measuring wants them.</summary>
    public static readonly PictureLoader Load = (folder, shape, grey, progress, cancel) =>
    {
        var squares = FolderSquares.In(folder, shape.Size, shape.Aspect, progress, cancel);
        return TrainingPack.Collect(squares.Most, shape.Size, shape.Aspect, grey, put =>
        {
            var names = new List<string>();
            foreach (var chunk in squares.Read(progress, cancel))
            {
                put(names.Count, chunk.Planes);
                names.AddRange(chunk.Names);
            }

            return names;
        });
    };

    private static Picture[] Pictures(int width, int height, IReadOnlyList<byte[]> frames) =>
        [.. frames.Select(rgb => new Picture(width, height, rgb))];
}
