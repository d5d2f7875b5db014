using Smirk.Gan.Sample;
using Smirk.Share.Credits;
using Smirk.Share.Onnx;
using Smirk.Share.Tests.Onnx;
using Smirk.Share.Tests.Page;
using Smirk.Torch;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Seeds;
using Smirk.Workspace.Stages;

namespace Smirk.Share.Tests;

/// <summary>The stage as a whole: what it writes, and what it refuses.</summary>
public sealed class ShareStageTests(SharedPage shared) : IClassFixture<SharedPage>
{
    private readonly ShareOptions _options = new() { Snapshot = shared.Snapshot, OnnxPath = Path.Combine(shared.Folder, "x.onnx") };

    [Fact]
    public void Two_exports_are_the_same_byte_for_byte()
    {
        var first = File.ReadAllBytes(shared.Make("first.html", _options));
        Assert.Equal(first, File.ReadAllBytes(shared.Make("second.html", _options)));
    }

    [Fact]
    public void Options_that_cannot_be_are_usage_errors()
    {
        Refused(_options with { OnnxPath = null }, "Nothing to write");
        Refused(_options with { Title = " " }, "--title");
        Refused(_options with { Title = new string('x', 300) }, "300");
        Refused(_options with { OnnxPath = shared.Folder }, "is a folder");
        Refused(_options with { DirectionNames = new Dictionary<int, string> { [11] = "hair" } }, "--name-direction 11");
        Refused(_options with { OnnxPath = null, PythonFolder = "py", Precision = WeightPrecision.Int8 }, "--small");
    }

    [Fact]
    public void A_file_that_is_no_snapshot_is_refused_and_an_older_export_stays()
    {
        var onnx = shared.Write("kept.onnx", "an older one");
        var junk = shared.Write("junk.safetensors", "junk");
        Assert.ThrowsAny<UnusableInputException>(() => Run(_options with { Snapshot = junk, OnnxPath = onnx }));
        Assert.Equal("an older one", File.ReadAllText(onnx));
    }

    [Fact]
    public void Named_directions_and_credits_stand_in_the_page()
    {
        var page = File.ReadAllText(shared.Make("named.html", _options with
        {
            OnnxPath = null,
            DirectionNames = new Dictionary<int, string> { [1] = "disc's size </script>" },
            Credits = CreditDetail.Sources,
        }));
        Assert.Contains("size \\u003C/script\\u003E", page);
        Assert.Contains("\"pictures\":40", page);
        Assert.DoesNotContain(Path.GetTempPath() + "smirk", page);
        Assert.DoesNotContain("\"pictures\":40", File.ReadAllText(
            shared.Make("silent.html", _options with { OnnxPath = null, Credits = CreditDetail.None })));
    }

    [Theory]
    [InlineData(WeightPrecision.Float32)]
    [InlineData(WeightPrecision.Float16)]
    public void An_exported_network_makes_the_pictures_that_sample_makes(WeightPrecision precision)
    {
        const int count = 64;
        var plan = Gan.Train.Snapshots.Snapshot.ReadPlan(shared.Snapshot);
        var folder = Path.Combine(shared.Folder, $"samples-{precision}");
        PictureEncoder plain = (_, _, rgb) => rgb;
        new SampleStage(new SampleEncoders(plain, (_, _, _, _) => [], (_, _, _, _) => [])).Run(
            new SampleOptions { Snapshot = shared.Snapshot, Count = count, Seed = 5, OutFolder = folder }, Nobody, CancellationToken.None);
        Run(_options with { Precision = precision });

        // Each latent of a seed has a generator of its own.
        var latents = Enumerable.Range(0, count).SelectMany(i => Latent(i, plan.LatentSize)).ToArray();
        var made = OnnxPictures.Of(File.ReadAllBytes(_options.OnnxPath!), latents, count, plan.ClassesInTurn(count));
        var place = plan.Size * plan.Size;
        for (var i = 0; i < count; i++)
        {
            var sampled = File.ReadAllBytes(Path.Combine(folder, $"seed5-{i:0000}.png"));
            for (var p = 0; p < sampled.Length; p++)
            {
                var shade = (made[(i * 3 + p % 3) * place + p / 3] + 1) * 127.5;
                Assert.InRange(Math.Abs(sampled[p] - Math.Clamp(shade, 0, 255)), 0, precision == WeightPrecision.Float32 ? 0.502 : 0.63);
            }
        }

        static float[] Latent(int number, int width)
        {
            using var scope = TensorScope.Open();
            using var random = new Generator(Seed.Derive(5, $"latent {number}"));
            return Torch.Tensors.Tensor.RandomNormal([1, width], random).ToArray<float>();
        }
    }

    private static readonly Progress<StageProgress> Nobody = new();

    private static void Refused(ShareOptions options, string told) =>
        Assert.Contains(told, Assert.Throws<UsageException>(() => Run(options)).Message);

    private static ShareResult Run(ShareOptions options) => ShareStage.Run(options, Nobody, CancellationToken.None);
}
