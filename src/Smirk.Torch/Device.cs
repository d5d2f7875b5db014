using System.Globalization;
using Smirk.Torch.Errors;

namespace Smirk.Torch;

/// <summary>Where tensors lie and are computed with: the CPU, or one CUDA device.</summary>
public readonly record struct Device
{
    private readonly int _cudaIndexPlusOne;

    private Device(int code) => _cudaIndexPlusOne = code + 1;

    /// <summary>The processor; also the default.</summary>
    public static Device Cpu => default;

    /// <summary>True for a CUDA device.</summary>
    public bool IsCuda => _cudaIndexPlusOne > 0;

    /// <summary>Number of the CUDA device, from 0; -1 for the CPU. What native calls take.</summary>
    public int Code => _cudaIndexPlusOne - 1;

    /// <summary>The CUDA device of number <paramref name="index"/>, from 0.</summary>
    public static Device Cuda(int index = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return new Device(index);
    }

    /// <summary>The device of a native code: -1 the CPU, 0 and up CUDA.</summary>
    internal static Device FromCode(int code) => new(code);

    /// <summary>Reads "auto" (CUDA where libtorch has it and a GPU is there), "cpu", "cuda" or "cuda:1".</summary>
    /// <exception cref="DeviceMissingException">Any other text, or a CUDA device that isn't there.</exception>
    public static Device Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "auto")
            return TorchRuntime.HasCuda ? Cuda() : Cpu;
        if (text == "cpu")
            return Cpu;
        var index = 0;
        if (text != "cuda" && !(text.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            throw new DeviceMissingException($"'{text}' is no device: expected auto, cpu, cuda or cuda:N.");
        var count = TorchRuntime.CudaDeviceCount;
        return index < count
            ? Cuda(index)
            : throw new DeviceMissingException(count == 0
                ? $"Device '{text}' isn't there: this libtorch ({TorchRuntime.Version}) sees no CUDA device. Use --device cpu, or name a "
                    + "CUDA build with SMIRK_LIBTORCH."
                : $"Device '{text}' isn't there: CUDA devices are 0 to {count - 1}.");
    }

    /// <summary>"cpu" or "cuda:0".</summary>
    public override string ToString() => IsCuda ? $"cuda:{Code}" : "cpu";
}
