using Smirk.Torch;
using Smirk.Torch.Modules;
using Smirk.Torch.Tensors;

namespace Smirk.Bench;

/// <summary>DCGAN at 64×64, widths 64-128-256-512, batch normalisation in both (not D's first layer); bench/dcgan_step.py has the same in
/// PyTorch.</summary>
internal sealed class BenchGenerator : Module
{
    private readonly Linear _project;
    private readonly BatchNorm2d[] _norms;
    private readonly ConvTranspose2d[] _layers;

    public BenchGenerator(int kernel, Generator random)
    {
        _project = AddPart("project", new Linear(100, 512 * 4 * 4, random));
        int[] widths = [512, 256, 128, 64, 3];
        _norms = [.. Enumerable.Range(0, 4).Select(i => AddPart($"norm{i}", new BatchNorm2d(widths[i], random)))];
        _layers = [.. Enumerable.Range(0, 4).Select(i => AddPart(
            $"layer{i}", new ConvTranspose2d(widths[i], widths[i + 1], kernel, random, stride: 2)))];
    }

    /// <summary>[N, 100] → [N, 3, 64, 64]</summary>
    public Tensor Forward(Tensor z)
    {
        var x = _project.Forward(z).Reshape(-1, 512, 4, 4).Contiguous(MemoryFormat.ChannelsLast);
        for (var i = 0; i < 4; i++)
            x = _layers[i].Forward(_norms[i].Forward(x, slope: 0));
        return x.Tanh();
    }
}

internal sealed class BenchDiscriminator : Module
{
    private readonly Conv2d[] _layers;
    private readonly BatchNorm2d[] _norms;
    private readonly Linear _score;

    public BenchDiscriminator(int kernel, Generator random)
    {
        int[] widths = [3, 64, 128, 256, 512];
        _layers =
            [.. Enumerable.Range(0, 4).Select(i => AddPart($"layer{i}", new Conv2d(widths[i], widths[i + 1], kernel, random, stride: 2)))];
        _norms = [.. Enumerable.Range(1, 3).Select(i => AddPart($"norm{i}", new BatchNorm2d(widths[i + 1], random)))];
        _score = AddPart("score", new Linear(512 * 4 * 4, 1, random));
    }

    /// <summary>[N, 3, 64, 64] → [N, 1]</summary>
    public Tensor Forward(Tensor x)
    {
        x = _layers[0].Forward(x, slope: 0.2);
        for (var i = 0; i < 3; i++)
            x = _norms[i].Forward(_layers[i + 1].Forward(x), slope: 0.2);
        return _score.Forward(x.Reshape(-1, 512 * 4 * 4));
    }
}
