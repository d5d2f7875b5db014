using System.Runtime.InteropServices;
using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Gan.Tests.Sample;

public sealed class LatentFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private string? _snapshot;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Latents_are_read_as_they_were_written()
    {
        LatentCode[] codes = [new([1, 2], [[3, 4], [5, 6]], 1), new([7, 8], Class: 0)];
        LatentFile.Write(File("a"), codes);
        var read = LatentFile.Read(File("a"));
        Assert.Equal([1, 0], read.Select(code => code.Class));
        Assert.Equal([[1, 2], [7, 8]], read.Select(code => code.Z));
        Assert.Equal([[3, 4], [5, 6]], read[0].Styles!);

        // One that has no styles of its own takes its latent at every level.
        Assert.Equal([[7, 8], [7, 8]], read[1].Styles!);
        LatentFile.Write(File("plain"), [new([1, 2])]);
        Assert.Equal((null, null), (LatentFile.Read(File("plain"))[0].Styles, LatentFile.Read(File("plain"))[0].Class));
    }

    [Fact]
    public void Other_files_are_refused_with_what_is_wrong_and_what_to_do()
    {
        Refused("There is no file");
        System.IO.File.WriteAllText(File("file"), "no tensors at all, but text of some length");
        Refused("no whole safetensors file");
        Put(("weights", ElementType.F32, [2], new byte[8]));
        Refused("holds no latents: it has no tensor 'z' but weights. smirk sample --save-latents");
        Put(("z", ElementType.F32, [2], new byte[8]));
        Refused("'z' is F32 [2]; latents are F32 with 2 dimensions");
        Put(("z", ElementType.F32, [0, 2], []));
        Refused("its tensor 'z' is empty");
        Put(("z", ElementType.F32, [1, 2], MemoryMarshal.AsBytes<float>([1, float.NaN]).ToArray()));
        Refused("aren't finite");
        Put(("z", ElementType.F32, [1, 2], new byte[8]), ("styles", ElementType.F32, [1, 3, 1], new byte[12]));
        Refused("'styles' has the shape [1, 3, 1]; to go with 'z' it must be [1, levels, 2]");
        Put(("z", ElementType.F32, [1, 2], new byte[8]), ("class", ElementType.I64, [2], new byte[16]));
        Refused("'class' is I64 [2]; to go with 'z' it must be I64 [1]");

        void Put(params (string Name, ElementType Type, long[] Shape, byte[] Bytes)[] tensors) => SafetensorsFile.Write(
            File("file"), [.. tensors.Select(t => new TensorToWrite(t.Name, t.Type, t.Shape, t.Bytes))]);
        void Refused(string why) =>
            Assert.Contains(why, Assert.Throws<UnusableInputException>(() => LatentFile.Read(File("file"))).Message);
    }

    [Fact]
    public void Saved_latents_give_the_same_pictures_again()
    {
        Run(new SampleOptions { Count = 3, Seed = 7, GridPath = File("drawn"), SaveLatentsPath = File("latents") });
        Run(new SampleOptions { LatentsPath = File("latents"), GridPath = File("again"), OutFolder = Path.Combine(_folder.Path, "out") });
        Assert.Equal(Bytes("drawn"), Bytes("again"));
        Assert.Equal(["latents-0000.png", "latents-0001.png", "latents-0002.png"],
            Directory.GetFiles(Path.Combine(_folder.Path, "out"), "*.png").Select(Path.GetFileName).Order());
        Run(new SampleOptions { LatentsPath = File("latents"), Count = 1, GridPath = File("first") });
        Assert.Equal(2 + (32 * 32 * 3), Bytes("first").Length);

        // What was picked is what is saved.
        Run(new SampleOptions { LatentsPath = File("latents"), Pick = 0.67, GridPath = File("best"), SaveLatentsPath = File("picked") });
        Assert.Equal(2, LatentFile.Read(File("picked")).Count);
        Run(new SampleOptions { LatentsPath = File("picked"), GridPath = File("best again") });
        Assert.Equal(Bytes("best"), Bytes("best again"));
    }

    [Fact]
    public void Styles_change_the_picture_and_are_walked_swept_and_pulled_to_the_middle_like_latents()
    {
        Run(new SampleOptions { Count = 2, GridPath = File("drawn"), SaveLatentsPath = File("latents") });
        var (a, b) = (LatentFile.Read(File("latents"))[0], LatentFile.Read(File("latents"))[1]);
        LatentFile.Write(File("same"), [a with { Styles = [a.Z, a.Z, a.Z] }]);
        LatentFile.Write(File("mixed"), [a with { Styles = [a.Z, b.Z, b.Z] }, b]);
        Assert.Equal(Grid("latents", count: 1), Grid("same"));
        Assert.NotEqual(Grid("same"), Grid("mixed", count: 1));
        Run(new SampleOptions { LatentsPath = File("mixed"), Interpolate = 2, FramesPerStep = 4, GifPath = File("walk") });
        var frames = Bytes("walk").Chunk(32 * 32 * 3).ToList();
        Assert.Equal(8, frames.Count);
        Assert.Equal(Grid("mixed", count: 1)[2..], frames[0]);
        Run(new SampleOptions { LatentsPath = File("mixed"), SweepDimension = 1, GridPath = File("sweep") });
        Assert.Equal(2 + (9 * 32 * 2 * 32 * 3), Bytes("sweep").Length);
        LatentFile.Write(File("middle"), [new LatentCode(new float[a.Z.Length])]);
        Run(new SampleOptions { LatentsPath = File("mixed"), Count = 1, Truncation = 0, GridPath = File("none") });
        Assert.Equal(Grid("middle"), Bytes("none"));
    }

    [Fact]
    public void Latents_that_do_not_fit_the_generator_or_what_is_asked_are_refused()
    {
        var z = new float[100];
        Refused<UnusableInputException>("its latents have 64 numbers; those of this generator have 100", new([1f, .. new float[63]]));
        Refused<UnusableInputException>("styles for 5 levels; this generator has 3", new(z, [z, z, z, z, z]));
        Refused<UnusableInputException>("a latent is of class 2; this generator has 0 classes", new(z, Class: 2));
        Refused<UsageException>("holds 1 latent, and 4 are needed for -n 4", new(z), new SampleOptions { Count = 4, GridPath = "x" });
        Refused<UsageException>("2 are needed for --interpolate 2", new(z), new SampleOptions { Interpolate = 2, GifPath = "x" });
        Refused<UsageException>("--class all draws latents", new(z), new SampleOptions { Class = "all", GridPath = "x" });

        void Refused<T>(string why, LatentCode code, SampleOptions? options = null)
            where T : Exception
        {
            LatentFile.Write(File("wrong"), [code]);
            options ??= new SampleOptions { GridPath = File("x") };
            Assert.Contains(why, Assert.Throws<T>(() => Run(options with { LatentsPath = File("wrong") })).Message);
        }
    }

    private byte[] Grid(string latents, int? count = null)
    {
        Run(new SampleOptions { LatentsPath = File(latents), Count = count, GridPath = File("grid of " + latents) });
        return Bytes("grid of " + latents);
    }

    private void Run(SampleOptions options)
    {
        _snapshot ??= Trained.Run(new TrainOptions { Kimg = 0.02, Batch = 8, Width = 0.1, HeldOut = 0 }, TinyPack.Write(_folder),
            new RunFolders(_folder.File("runs/x")[..^2]), TestEncoders.Tools, Trained.Nobody, CancellationToken.None).Snapshot;
        new SampleStage(TestEncoders.Sample).Run(options with { Snapshot = _snapshot }, Trained.Nobody, CancellationToken.None);
    }

    private string File(string name) => _folder.File(name);

    private byte[] Bytes(string name) => System.IO.File.ReadAllBytes(File(name));
}
