using System.Runtime.InteropServices;
using Smirk.Gan.Train.Planning;
using Smirk.Imaging.Reading;
using Smirk.Share.Onnx;
using Smirk.Share.Python;
using Smirk.Torch;

namespace Smirk.Share.Tests.Python;

/// <summary>sample.py gives in PyTorch what the network gives here.</summary>
public sealed class PythonExportTests
{
    [Fact]
    public void The_script_makes_the_same_pictures_with_every_form()
    {
        Assert.SkipUnless(Debian.Python("torch"), "python3-torch isn't installed (apt-get install python3-torch)");
        using var scope = TensorScope.Open();
        using var random = new Generator(3);
        using var folder = new TemporaryFolder();
        var expected = new Dictionary<string, float[]>();
        foreach (var (form, shape) in Networks.Shapes)
        {
            using var generator = Networks.Make(shape, random);
            var latents = Networks.Latents(3, shape, random);
            PythonExport.Write(folder.File(form), generator.Describe(), Plan(shape), WeightPrecision.Float32,
                new Dictionary<string, string>());
            folder.Write($"{form}/z", MemoryMarshal.AsBytes(latents.ToArray<float>().AsSpan()));
            expected[form] = generator.Forward(latents, Networks.Classes(3, shape)).ToArray<float>();
        }

        // One process for all: to load PyTorch takes longer than everything else.
        Shell.Run(folder.Path, """
            /usr/bin/python3 -c '
            import glob, importlib.util, torch
            for folder in glob.glob("*/"):
                spec = importlib.util.spec_from_file_location("sample", folder + "sample.py")
                sample = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(sample)
                z = torch.frombuffer(bytearray(open(folder + "z", "rb").read()), dtype=torch.float32).reshape(3, -1)
                sample.generate(z).numpy().tofile(folder + "pictures")
            '
            /usr/bin/python3 "256 grey/sample.py" -n 5 --seed 1 --out grid.png
            """);
        foreach (var (form, pictures) in expected)
        {
            var got = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder.File($"{form}/pictures"))).ToArray();
            Assert.InRange(Onnx.OnnxPictures.Worst(pictures, got), 0, 1e-5);
            Assert.InRange(File.ReadLines(folder.File($"{form}/sample.py")).Count(), 40, 100);
        }

        var grid = PictureReader.Decode(File.ReadAllBytes(folder.File("grid.png")));
        Assert.Equal((3 * 256, 2 * 256), (grid.Width, grid.Height));
    }

    private static RecipePlan Plan(Gan.Networks.GeneratorShape shape) => new()
    {
        Recipe = "auto",
        Pack = "",
        Size = (4 << shape.Widths.Count) * (shape.Upscale?.Factor ?? 1),
        Channels = shape.Channels,
        Seed = 0,
        Device = "cpu",
        Batch = 16,
        LatentSize = shape.LatentSize,
        GeneratorWidths = shape.Widths,
        DiscriminatorWidths = [],
        Kernel = shape.Kernel,
        LearningRate = 0,
        Beta1 = 0,
        Beta2 = 0,
        EmaKimg = 0,
        SnapshotSeconds = 0,
        Classes = [.. Enumerable.Range(0, shape.Classes).Select(i => $"{i}")],
        Upscale = shape.Upscale,
    };
}
