using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Gan.Tests.Evaluate;

[Collection(nameof(Alone))]
public sealed class TrainedFeaturesTests
{
    [Fact]
    public void Cache_is_of_the_pixels_and_not_only_of_which_pictures_they_are()
    {
        using var folder = new TemporaryFolder();
        var path = TinyPack.Write(folder);
        var before = CachePath(path);
        Assert.Equal(before, CachePath(path));
        var rows = PackLines.Read(Path.Combine(path, PackFolder.Lines));
        PackFolder.Write(path, new TensorToWrite(PackFolder.TensorName, ElementType.U8, [40, 3, 32, 32], new byte[40 * 3 * 32 * 32]),
            new Dictionary<string, string>(), PackLines.Text(rows));
        Assert.NotEqual(before, CachePath(path));
    }

    [Fact]
    public void Cache_of_another_version_or_damaged_is_learnt_anew()
    {
        using var folder = new TemporaryFolder();
        using var scope = TensorScope.Open();
        using var random = new Generator(2);
        var pictures = Tensor.RandomIntegers([4, 3, 32, 32], 0, 256, random).To(DType.UInt8);
        var cache = folder.File("features.safetensors");
        using var first = TrainedFeatures.Of(pictures, cache);
        var whole = File.ReadAllBytes(cache);
        var values = first.Of(pictures).ToArray<double>();

        File.WriteAllBytes(cache, whole[..(whole.Length / 2)]);
        Assert.Equal(values, Features());
        using (var file = SafetensorsFile.Open(cache))
            SafetensorsFile.Write(cache + "1", [.. file.Tensors.Select(
                t => new TensorToWrite(t.Name, t.Type, t.Shape, new byte[t.Length]))],
                new Dictionary<string, string> { ["smirk.features"] = "1" });
        File.Move(cache + "1", cache, overwrite: true);
        Assert.Equal(values, Features());

        double[] Features()
        {
            using var again = TrainedFeatures.Of(pictures, cache);
            Assert.Equal(whole, File.ReadAllBytes(cache));
            return again.Of(pictures).ToArray<double>();
        }
    }

    [Fact]
    public void Cancel_stops_the_learning_and_leaves_no_file()
    {
        using var folder = new TemporaryFolder();
        using var scope = TensorScope.Open();
        using var random = new Generator(2);
        var pictures = Tensor.RandomIntegers([4, 3, 32, 32], 0, 256, random).To(DType.UInt8);
        Assert.Throws<OperationCanceledException>(
            () => TrainedFeatures.Of(pictures, folder.File("features.safetensors"), Trained.Nobody, new CancellationToken(canceled: true)));
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    private static string CachePath(string path)
    {
        using var pack = TrainingPack.Open(path);
        return TrainedFeatures.CachePath(path, pack, HeldOutSplit.Of(pack.Rows, 0.25, 1));
    }
}
