using System.Text.RegularExpressions;
using Smirk.Share.Onnx;
using Smirk.Share.Page;
using Smirk.Share.Tests.Onnx;
using Smirk.Tests.Browser;
using Smirk.Torch;

namespace Smirk.Share.Tests.Page;

/// <summary>The page's engine gives in a browser what ONNX Runtime gives.</summary>
public sealed partial class EngineTests(Chromium chromium) : IClassFixture<Chromium>
{
    // Reads the picture out of the engine's memory, channel by channel.
    private const string Run = """
        ([model, kernel, z, isFast]) => {
          const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
          const engine = new Engine(bytes(model), isFast ? bytes(kernel) : null);
          if (engine.kernel.isFast !== isFast) throw new Error("another kernel than was asked for");
          const map = engine.run({ z: Float32Array.from(z.split(" "), Number), class: 1 });
          const memory = engine.kernel.arena.floats, picture = [];
          for (let c = 0; c < map.channels; c++)
            for (let y = 0; y < map.size; y++)
              for (let x = 0; x < map.size; x++) picture.push(memory[map.at + y * map.row + x * map.pixel + c]);
          return picture;
        }
        """;

    [Fact]
    public async Task Every_form_of_network_gives_the_same_picture_with_both_kernels_and_all_precisions()
    {
        var tab = await chromium.Open("about:blank");
        var script = ModuleJoin.Of("engine/engine.js", PageParts.Text);
        var last = Module().Matches(script).Max(match => int.Parse(match.Groups[1].Value));
        await tab.Page.EvaluateAsync($"() => {{ {script}\nwindow.Engine = module{last}.Engine; }}");
        var kernel = Convert.ToBase64String(PageParts.Bytes("kernel/kernel.wasm"));
        foreach (var (form, shape) in Networks.Shapes)
        {
            var (z, models) = Models(shape);
            foreach (var (precision, model) in models)
            {
                var classes = shape.Classes > 0 ? new[] { 1L } : null;
                var expected = OnnxPictures.Of(model, z, 1, classes);

                // Plain JavaScript takes seconds for a large picture; one of them does.
                var isTwinTried = precision == WeightPrecision.Float32 && (shape.Upscale is null || shape.Upscale.Factor == 2);
                bool[] kernels = isTwinTried ? [true, false] : [true];
                foreach (var isFast in kernels)
                {
                    var got = await tab.Page.EvaluateAsync<float[]>(
                        Run, new object[] { Convert.ToBase64String(model), kernel, string.Join(' ', z), isFast });
                    var worst = OnnxPictures.Worst(expected, got);
                    Assert.True(worst < 2e-5, $"{form}, {precision}, {(isFast ? "SIMD" : "JavaScript")}: {worst}");
                }
            }
        }

        await tab.DisposeAsync();
    }

    private static (float[] Z, Dictionary<WeightPrecision, byte[]> Models) Models(Gan.Networks.GeneratorShape shape)
    {
        using var scope = TensorScope.Open();
        using var random = new Generator(5);
        using var generator = Networks.Make(shape, random);
        var graph = generator.Describe();
        return (Networks.Latents(1, shape, random).ToArray<float>(),
            Enum.GetValues<WeightPrecision>().ToDictionary(precision => precision, precision => OnnxFile.Bytes(graph, precision, "", [])));
    }

    [GeneratedRegex(@"^const module(\d+) = ", RegexOptions.Multiline)]
    private static partial Regex Module();
}
