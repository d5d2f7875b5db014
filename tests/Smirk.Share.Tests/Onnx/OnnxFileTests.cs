using Microsoft.ML.OnnxRuntime;
using Smirk.Gan.Networks;
using Smirk.Share.Onnx;
using Smirk.Torch;

namespace Smirk.Share.Tests.Onnx;

/// <summary>Exported networks give in ONNX Runtime what they give here.</summary>
public sealed class OnnxFileTests : IDisposable
{
    private const int Count = 64;

    private readonly Generator _random = new(7);

    public static TheoryData<string> Forms => [.. Networks.Shapes.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_network_gives_the_same_pictures_in_another_runtime(string form)
    {
        using var scope = TensorScope.Open();
        var shape = Networks.Shapes[form];
        using var generator = Networks.Make(shape, _random);
        var count = generator.Size > 128 ? Count / 8 : Count;
        var (latents, classes) = (Networks.Latents(count, shape, _random), Networks.Classes(count, shape));
        var expected = generator.Forward(latents, classes).ToArray<float>();
        var z = latents.ToArray<float>();
        Assert.True(expected.Max() - expected.Min() > 0.5, "there is something to see");
        foreach (var (precision, most) in new[] { (WeightPrecision.Float32, 1e-5), (WeightPrecision.Float16, 1e-3) })
        {
            var got = OnnxPictures.Of(Bytes(generator, precision), z, count, classes);
            Assert.InRange(OnnxPictures.Worst(expected, got), 0, most);
        }
    }

    [Fact]
    public void A_fresh_upsampler_is_the_plain_enlargement()
    {
        using var scope = TensorScope.Open();
        var shape = Networks.Shapes["256 in two stages"];
        using var generator = Networks.Make(shape, _random, isFresh: true);
        var latents = Networks.Latents(4, shape, _random);
        var model = Bytes(generator, WeightPrecision.Float32);
        Assert.InRange(
            OnnxPictures.Worst(generator.Forward(latents).ToArray<float>(), OnnxPictures.Of(model, latents.ToArray<float>(), 4)), 0, 1e-5);
    }

    [Fact]
    public void A_latent_for_each_level_mixes_pictures_and_a_missing_one_is_the_base_latent()
    {
        using var scope = TensorScope.Open();
        var shape = Networks.Shapes["auto 64"];
        using var generator = Networks.Make(shape, _random);
        var model = Bytes(generator, WeightPrecision.Float32);
        var (z, other) = (Networks.Latents(1, shape, _random).ToArray<float>(), Networks.Latents(1, shape, _random).ToArray<float>());
        var plain = OnnxPictures.Of(model, z, 1);
        var unset = Enumerable.Repeat(float.NaN, z.Length).ToArray();
        Assert.InRange(OnnxPictures.Worst(plain, OnnxPictures.Of(model, z, 1, styles: [.. z, .. z, .. z, .. z])), 0, 1e-6);
        Assert.InRange(OnnxPictures.Worst(plain, OnnxPictures.Of(model, z, 1, styles: [.. unset, .. z, .. unset, .. unset])), 0, 1e-6);
        var late = OnnxPictures.Worst(plain, OnnxPictures.Of(model, z, 1, styles: [.. unset, .. unset, .. unset, .. other]));
        Assert.True(late > 0.01, $"the last level's latent changes nothing: {late}");
    }

    [Fact]
    public void Weights_as_bytes_are_off_by_less_than_a_shade_on_average()
    {
        using var scope = TensorScope.Open();
        var shape = new GeneratorShape { Widths = [320, 192, 96, 48], Kernel = 4, Gates = 32 };
        using var generator = Networks.Make(shape, _random);
        var latents = Networks.Latents(Count, shape, _random);
        var expected = generator.Forward(latents).ToArray<float>();
        var got = OnnxPictures.Of(Bytes(generator, WeightPrecision.Int8), latents.ToArray<float>(), Count);
        var mean = Math.Sqrt(expected.Zip(got, (a, b) => Math.Pow((a - b) * 127.5, 2)).Average());
        Assert.InRange(mean, 0, 1);
    }

    [Fact]
    public void What_the_model_is_stands_in_it()
    {
        using var scope = TensorScope.Open();
        using var generator = Networks.Make(Networks.Shapes["grey"], _random);
        var about = new Dictionary<string, string> { ["title"] = "Grüße <b>", ["run"] = "0001" };
        using var quiet = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(OnnxFile.Bytes(generator.Describe(), WeightPrecision.Float16, "0.1.0", about), quiet);
        Assert.Equal(about, session.ModelMetadata.CustomMetadataMap);
        Assert.Equal(["z"], session.InputMetadata.Keys);
        Assert.Equal([-1, 1, 32, 32], session.OutputMetadata["image"].Dimensions);
    }

    [Fact]
    public void The_format_is_as_its_own_checker_wants_it()
    {
        Assert.SkipUnless(Debian.Python("onnx"), "python3-onnx isn't installed (apt-get install python3-onnx)");
        using var folder = new TemporaryFolder();
        foreach (var (form, shape) in Networks.Shapes)
        {
            using var scope = TensorScope.Open();
            using var generator = Networks.Make(shape, _random);
            foreach (var precision in Enum.GetValues<WeightPrecision>())
                folder.Write($"{form} {precision}.onnx", Bytes(generator, precision));
        }

        Shell.Run(folder.Path, """
            /usr/bin/python3 -c '
            import glob, onnx
            for path in glob.glob("*.onnx"):
                onnx.checker.check_model(onnx.load(path), full_check=True)
            '
            """);
    }

    [Fact]
    public void Describing_a_network_leaves_no_tensor_alive()
    {
        using var scope = TensorScope.Open();
        using var generator = Networks.Make(Networks.Shapes["256 in two stages"], _random);
        var before = Torch.Tensors.Tensor.LiveCount;
        generator.Describe();
        Assert.Equal(before, Torch.Tensors.Tensor.LiveCount);
    }

    public void Dispose() => _random.Dispose();

    private static byte[] Bytes(GeneratorNetwork generator, WeightPrecision precision) =>
        OnnxFile.Bytes(generator.Describe(), precision, "0.1.0", []);
}
