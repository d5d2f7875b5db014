using Smirk.Gan.Sample;
using Smirk.Gan.Train;

namespace Smirk.Gan.Tests;

/// <summary>Encoders that keep the bytes as they are: tests of the generator's side need no picture format.</summary>
internal static class TestEncoders
{
    public static readonly PictureEncoder Plain = (width, height, rgb) => [(byte)width, (byte)height, .. rgb];

    public static readonly SampleEncoders Sample =
        new(Plain, (_, _, frames, _) => [.. frames.SelectMany(f => f)], (_, _, frames, _) => [.. frames.SelectMany(f => f)]);

    public static readonly TrainTools Tools = new(Plain, TimeProvider.System);
}
