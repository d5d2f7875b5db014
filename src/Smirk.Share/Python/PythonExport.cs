using System.Runtime.InteropServices;
using Smirk.Gan.Graphs;
using Smirk.Gan.Train.Planning;
using Smirk.Share.Onnx;
using Smirk.Workspace.Files;
using Smirk.Workspace.Safetensors;

namespace Smirk.Share.Python;

/// <summary>Writes a generator for PyTorch: its weights as safetensors, and a script that needs nothing but torch.</summary>
internal static class PythonExport
{
    /// <summary>Writes generator.safetensors and sample.py into <paramref name="folder"/>, which is made where it is missing.</summary>
    public static IReadOnlyList<string> Write(
        string folder, NetworkGraph graph, RecipePlan plan, WeightPrecision precision, IReadOnlyDictionary<string, string> about)
    {
        Directory.CreateDirectory(folder);
        var (weights, script) = (Path.Combine(folder, "generator.safetensors"), Path.Combine(folder, "sample.py"));
        SafetensorsFile.Write(weights, [.. graph.Weights.Select(weight => Tensor(weight, precision))], about);
        AtomicFile.Write(script, Script(graph, plan));
        return [weights, script];
    }

    private static TensorToWrite Tensor(GraphWeight weight, WeightPrecision precision) => precision == WeightPrecision.Float32
        ? new TensorToWrite(weight.Name, ElementType.F32, weight.Shape, MemoryMarshal.AsBytes(weight.Values.AsSpan()).ToArray())
        : new TensorToWrite(weight.Name, ElementType.F16, weight.Shape,
            MemoryMarshal.AsBytes(Array.ConvertAll(weight.Values, value => (Half)value).AsSpan()).ToArray());

    private static string Script(NetworkGraph graph, RecipePlan plan)
    {
        var styles = graph.Inputs.FirstOrDefault(input => input.Default is not null);
        var classes = plan.Classes.Count;
        var parameters = string.Concat(graph.Inputs.Skip(1).Select(input => $", {TorchCode.NameOf(input.Name)}=None"));
        var defaults = (styles is null ? "" : $"""
                if styles is None:  # one latent a level, [n, {styles.Shape[1]}, {plan.LatentSize}]: mixes pictures
                    styles = torch.full([1, {styles.Shape[1]}, 1], float("nan"))

            """) + (classes == 0 ? "" : $"""
                if classes is None:
                    classes = torch.arange(len(z)) % {classes}

            """);
        var draw = plan.Recipe == RecipeNames.Dcgan
            ? $"torch.rand([n, {plan.LatentSize}]) * 2 - 1"
            : $"torch.randn([n, {plan.LatentSize}])";
        var (width, height) = plan.ShownSize;
        var stretch = plan.ShownAspect.IsSquare ? "" : $"""
                # The network makes squares; pictures are {plan.ShownAspect}.
                pictures = F.interpolate(pictures, size=({height}, {width}), mode="bicubic", align_corners=False, antialias=True)

            """;
        return $$""""
            #!/usr/bin/env python3
            """Samples a generator that Smirk trained, with PyTorch alone: python3 sample.py -n 64 --seed 1 --out grid.png"""
            import argparse
            import json
            import math
            import os
            import struct
            import zlib

            import torch
            import torch.nn.functional as F


            def load(path):
                """Reads a safetensors file: name -> float32 tensor."""
                data = bytearray(open(path, "rb").read())
                length = struct.unpack("<Q", data[:8])[0]
                types = {"F16": torch.float16, "F32": torch.float32}
                tensors = {name: t for name, t in json.loads(data[8:8 + length]).items() if name != "__metadata__"}
                return {name: torch.frombuffer(data, dtype=types[t["dtype"]], count=math.prod(t["shape"]),
                                               offset=8 + length + t["data_offsets"][0]).reshape(t["shape"]).float()
                        for name, t in tensors.items()}


            w = load(os.path.join(os.path.dirname(os.path.abspath(__file__)), "generator.safetensors"))


            @torch.no_grad()
            def generate(z{{parameters}}):
                """Latents [n, {{plan.LatentSize}}] -> pictures [n, {{plan.Channels}}, {{plan.Size}}, {{plan.Size}}] in -1...1."""
            {{defaults}}{{TorchCode.Of(graph)}}

            def draw(n):
                """Latents as training drew them."""
                return {{draw}}


            def write_png(path, rows):
                """Writes uint8 [height, width, 3]."""
                def chunk(kind, body):
                    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
                height, width, _ = rows.shape
                lines = b"".join(b"\0" + bytes(line.reshape(-1).tolist()) for line in rows)
                with open(path, "wb") as file:
                    file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                               + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b""))


            if __name__ == "__main__":
                parser = argparse.ArgumentParser(description=__doc__)
                parser.add_argument("-n", type=int, default=64, help="number of pictures")
                parser.add_argument("--seed", type=int, default=0)
                parser.add_argument("--out", default="grid.png")
                options = parser.parse_args()
                torch.manual_seed(options.seed)
                pictures = torch.cat([generate(z) for z in draw(options.n).split(16)])
            {{stretch}}    pixels = ((pictures.expand(-1, 3, -1, -1) + 1) * 127.5).round().clamp(0, 255).byte()
                columns = math.ceil(math.sqrt(options.n))
                blank = torch.zeros([-options.n % columns, *pixels.shape[1:]], dtype=torch.uint8)
                grid = torch.cat([pixels, blank]).reshape(-1, columns, 3, {{height}}, {{width}}).permute(0, 3, 1, 4, 2)
                write_png(options.out, grid.reshape(-1, columns * {{width}}, 3))

            """";
    }
}
