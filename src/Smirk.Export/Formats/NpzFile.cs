using System.Buffers.Binary;
using System.Text;
using Smirk.Export.Output;
using Smirk.Export.Plan;
using Smirk.Workspace.Errors;

namespace Smirk.Export.Formats;

/// <summary>NumPy arrays named as Keras' mnist.npz names them: x_train uint8 [N, H, W, 3], y_train int64 [N], x_test and y_test for the
/// validation part, and class names.</summary>
internal static class NpzFile
{
    /// <summary>Writes it, unless it is there. Returns whether it was written.</summary>
    /// <exception cref="UnusableInputException">A picture is damaged: the arrays' lengths stand before their rows.</exception>
    public static bool Write(ExportRun run)
    {
        var key = string.Join('\n', run.Plan.Items.Select(i => $"{i.Key} {i.Label} {i.IsValidation}"));
        return OutputFile.Write(run.Options.Output, "npz 1\n" + key, add =>
        {
            foreach (var (part, items) in run.Plan.Parts)
            {
                var suffix = part == "train" ? "train" : "test";
                var geometry = items[0].Geometry;
                add($"x_{suffix}.npy", stream =>
                {
                    Head(stream, "|u1", $"({items.Count}, {geometry.FullHeight}, {geometry.FullWidth}, 3)");
                    foreach (var (_, picture) in run.Pictures(items))
                        stream.Write(picture.Pixels);
                });
                if (run.Plan.Classes.Count > 0)
                    add($"y_{suffix}.npy", stream => Labels(stream, run.Plan, items));
            }

            if (run.Plan.Classes.Count > 0)
                add("classes.npy", stream => Names(stream, run.Plan.Classes));
            if (run.Broken > 0)
                throw new UnusableInputException($"{run.Broken} pictures are damaged in the workspace (see above), so that the arrays "
                    + "would be shorter than their heads say; import them again, or drop them with: smirk decide");
        });
    }

    private static void Labels(Stream stream, ExportPlan plan, IReadOnlyList<ExportItem> items)
    {
        Head(stream, "<i8", $"({items.Count},)");
        Span<byte> number = stackalloc byte[8];
        foreach (var item in items)
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, plan.ClassOf(item));
            stream.Write(number);
        }
    }

    // UTF-32 of one length, as NumPy keeps text.
    private static void Names(Stream stream, IReadOnlyList<string> names)
    {
        var longest = Math.Max(1, names.Max(n => Encoding.UTF32.GetByteCount(n) / 4));
        Head(stream, $"<U{longest}", $"({names.Count},)");
        foreach (var name in names)
        {
            var text = new byte[longest * 4];
            Encoding.UTF32.GetBytes(name, text);
            stream.Write(text);
        }
    }

    // Version 1.0: magic, length of the head, a Python literal padded with blanks so that the data begin at a multiple of 64.
    private static void Head(Stream stream, string type, string shape)
    {
        var text = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}";
        var padded = text.PadRight(((10 + text.Length + 1 + 63) / 64 * 64) - 11) + "\n";
        stream.Write([0x93, .. "NUMPY"u8, 1, 0]);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)padded.Length);
        stream.Write(length);
        stream.Write(Encoding.ASCII.GetBytes(padded));
    }
}
