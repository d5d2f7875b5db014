using Smirk.Gan.Sample;
using Smirk.Gan.Train;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Gan.Tests.Train.Snapshots;

/// <summary>Snapshots of conditional runs from before a class had numbers of its own beside the latent.</summary>
public sealed class EarlierClassesTests
{
    [Fact]
    public void A_snapshot_whose_classes_are_kept_otherwise_is_refused_with_what_to_do()
    {
        using var folder = new TemporaryFolder();
        var pack = TinyPack.Write(folder, label: i => i % 2 == 0 ? "even" : "odd");
        var options = new TrainOptions
        {
            Kimg = 0.05,
            Batch = 8,
            Width = 0.1,
            Seed = 3,
            EvaluateEvery = TimeSpan.Zero,
            HeldOut = 0,
            Labels = "folder",
        };
        var snapshot = Trained.Run(options, pack, new RunFolders(folder.File("runs/x")[..^2]), TestEncoders.Tools, Trained.Nobody,
            CancellationToken.None).Best;
        var earlier = folder.File("earlier.safetensors");
        using (var file = SafetensorsFile.Open(snapshot))
        {
            SafetensorsFile.Write(earlier, [.. file.Tensors.Select(
                t => new TensorToWrite(t.Name.Replace("classes.weight", "classes"), t.Type, t.Shape, file.Bytes(t.Name).ToArray()))],
                file.Metadata);
        }

        var sampling = new SampleStage(TestEncoders.Sample);
        var error = Assert.Throws<UnusableInputException>(() =>
            sampling.Run(new SampleOptions { Snapshot = earlier, Count = 4, GridPath = folder.File("grid") }, Trained.Nobody,
                CancellationToken.None));
        Assert.Contains("Train them anew with: smirk train", error.Message);
    }
}
