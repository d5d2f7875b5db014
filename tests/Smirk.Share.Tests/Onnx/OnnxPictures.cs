using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Smirk.Share.Tests.Onnx;

/// <summary>Makes pictures with ONNX Runtime.</summary>
internal static class OnnxPictures
{
    /// <summary>The pictures of <paramref name="model"/>, [count, C, S, S] in row order.</summary>
    public static float[] Of(byte[] model, float[] latents, int count, long[]? classes = null, float[]? styles = null)
    {
        // It warns of every input that may be left out.
        using var quiet = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        using var session = new InferenceSession(model, quiet);
        var width = latents.Length / count;
        var inputs = new List<NamedOnnxValue> { NamedOnnxValue.CreateFromTensor("z", new DenseTensor<float>(latents, [count, width])) };
        if (styles is not null)
            inputs.Add(NamedOnnxValue.CreateFromTensor("styles",
                new DenseTensor<float>(styles, [count, styles.Length / latents.Length, width])));
        if (classes is not null)
            inputs.Add(NamedOnnxValue.CreateFromTensor("class", new DenseTensor<long>(classes, [count])));
        using var outputs = session.Run(inputs);
        return [.. outputs.Single(output => output.Name == "image").AsEnumerable<float>()];
    }

    /// <summary>The largest difference of two lists of numbers.</summary>
    public static double Worst(float[] a, float[] b)
    {
        Assert.Equal(a.Length, b.Length);
        return a.Zip(b, (x, y) => Math.Abs((double)x - y)).Max();
    }
}
