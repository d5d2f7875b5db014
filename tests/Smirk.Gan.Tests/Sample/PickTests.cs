using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;

namespace Smirk.Gan.Tests.Sample;

public sealed class PickTests
{
    [Fact]
    public void The_highest_scores_are_chosen_and_every_class_has_its_share()
    {
        Assert.Equal([3, 0], Pick.Choose([2, 1, -1, 5], null, 2));
        Assert.Equal([3, 0, 4, 1], Pick.Choose([2, 1, 0, 5, 4, 3], [0, 0, 0, 1, 1, 1], 4));
    }

    [Fact]
    public void Picked_singles_keep_their_numbers_and_what_they_show()
    {
        using var folder = new TemporaryFolder();
        var options = new TrainOptions { Kimg = 0.02, Batch = 8, Width = 0.1, HeldOut = 0.25 };
        var (pack, runs) = (KnownFeatures.Beside(TinyPack.Write(folder, count: 80), options), new RunFolders(folder.File("runs/x")[..^2]));
        var snapshot = Trained.Run(options, pack, runs, TestEncoders.Tools, Trained.Nobody, CancellationToken.None).Snapshot;
        var all = Singles("all", new SampleOptions { Count = 64 });
        var picked = Singles("picked", new SampleOptions { Count = 16, Pick = 0.25 });

        Assert.Equal(64, picked.Result.Picked!.Candidates);
        Assert.Equal(16, picked.Files.Count);
        Assert.All(picked.Files, file => Assert.Equal(File.ReadAllBytes(all.Files[file.Key]), File.ReadAllBytes(file.Value)));
        Assert.InRange(picked.Result.Picked.RecallOfChosen!.Value, 0, 1);
        Assert.Contains("--pick 2", Assert.Throws<UsageException>(() => Singles("bad", new SampleOptions { Pick = 2 })).Message);

        (SampleResult Result, Dictionary<string, string> Files) Singles(string name, SampleOptions wanted)
        {
            var asked = wanted with { Snapshot = snapshot, OutFolder = folder.File($"{name}/x")[..^2] };
            var result = new SampleStage(TestEncoders.Sample).Run(asked, Trained.Nobody, CancellationToken.None);
            return (result, result.Files.ToDictionary(file => Path.GetFileName(file)));
        }
    }

    [Fact]
    public void An_enlarged_picture_keeps_its_means_and_its_flat_parts()
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(1);
        var pictures = Tensor.RandomIntegers([2, 3, 16, 16], 64, 192, random).To(DType.UInt8);
        var large = Enlargement.Of(pictures, 48, 48);
        Assert.Equal([2L, 3, 48, 48], large.Shape);
        Assert.InRange((large.To(DType.Float32).AvgPool2d(3) - pictures.To(DType.Float32)).Abs().Mean().ToDouble(), 0, 12);
        var flat = Tensor.Full([1, 1, 8, 8], 77, DType.UInt8);
        Assert.All(Enlargement.Of(flat, 32, 32).ToArray<byte>(), value => Assert.Equal(77, value));
    }
}
