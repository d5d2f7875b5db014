using System.Globalization;
using Smirk.Dataset.Memory;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Safetensors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Pack;

/// <summary>Decodes on all cores and writes row after row; never more than a batch is in memory.</summary>
internal sealed class PackWriter(SmirkWorkspace workspace, PackOptions options, IProgress<StageProgress>? progress)
{
    private const int BatchPerThread = 32;
    private const long FlushEvery = 128_000_000;

    private readonly MemoryBudget _memory = new();
    private readonly List<long> _broken = [];

    /// <summary>Writes the pack; returns the pictures that could not be read, in which case nothing was put in place.</summary>
    public IReadOnlyCollection<long> Write(string folder, PackPlan plan, CancellationToken cancel)
    {
        var size = options.Size;
        long[] shape = [plan.Items.Count, 3, size, size]; // [N, 3, S, S]
        var tensor = new TensorToWrite(PackFolder.TensorName, ElementType.U8, shape, stream => WriteRows(stream, plan.Items, cancel));
        var metadata = new Dictionary<string, string>
        {
            [PackFolder.FingerprintKey] = plan.Fingerprint,
            [PackFolder.FitKey] = options.Fit.ToString().ToLowerInvariant(),
            [PackFolder.SizeKey] = size.ToString(CultureInfo.InvariantCulture),
        };
        if (!options.Aspect.IsSquare)
            metadata[PackFolder.AspectKey] = options.Aspect.ToString();
        if (PackRolls.Usual(size, plan.Items) is { } roll)
            metadata[PackFolder.RollKey] = roll.ToString();
        try
        {
            PackFolder.Write(folder, tensor, metadata, plan.Text);
        }
        catch (BrokenPicturesException)
        {
        }

        return _broken;
    }

    private void WriteRows(Stream stream, IReadOnlyList<PackItem> items, CancellationToken cancel)
    {
        var threads = AllCores.Threads(options.Threads);
        var rowLength = 3 * options.Size * options.Size;
        var rows =
            new byte[Math.Min(items.Count, Math.Max(threads, Math.Min(threads * BatchPerThread, 64_000_000 / rowLength))) * rowLength];
        var batch = rows.Length / rowLength;
        long unflushed = 0;
        for (var start = 0; start < items.Count; start += batch)
        {
            var count = Math.Min(batch, items.Count - start);
            var from = start;
            AllCores.For(count, threads, cancel, i => Fill(rows.AsSpan(i * rowLength, rowLength), items[from + i]));

            // With one broken picture the pack will be another; the rest is read on to know of all of them at once.
            if (_broken.Count == 0)
            {
                stream.Write(rows, 0, count * rowLength);
                unflushed += count * rowLength;
            }

            // A little at a time: at the end gigabytes would take minutes in which nothing can be said or stopped.
            if (unflushed >= FlushEvery)
            {
                (stream as FileStream)?.Flush(flushToDisk: true);
                unflushed = 0;
            }

            progress?.Report(new StageAdvanced(PackStage.Name, start + count, items.Count, "pictures"));
        }

        if (_broken.Count > 0)
            throw new BrokenPicturesException();
    }

    private void Fill(Span<byte> row, PackItem item)
    {
        try
        {
            using var turn = _memory.Turn();
            var wanted = new DecodeOptions { ShrinkTo = ShortestSide(item) }.Unlimited();
            var picture = PictureReader.Decode(workspace.Pictures.Read(item.Picture.Sha256), wanted, turn.Admit);
            ToPlanes(SquareFit.Fit(picture, item, options), row);
        }
        catch (Exception error) when (error is UnusablePictureException or UnusableInputException)
        {
            lock (_broken)
                _broken.Add(item.Picture.Id);
            progress?.Report(new StageWarned(PackStage.Name, item.Row.File ?? item.Row.Picture,
                $"its copy in the workspace is damaged ({error.Message}); import it again"));
        }
    }

    // The shortest side of the whole picture at which the part still has the pack's size along both axes.
    private int ShortestSide(PackItem item)
    {
        var (width, height) = item.Part.Taken(options);
        return (int)Math.Ceiling((double)options.Size * Math.Min(item.Picture.Width, item.Picture.Height) / Math.Min(width, height));
    }

    private static void ToPlanes(Picture picture, Span<byte> planes)
    {
        var pixels = picture.Pixels;
        var plane = planes.Length / 3;
        for (var i = 0; i < plane; i++)
        {
            planes[i] = pixels[i * 3];
            planes[plane + i] = pixels[(i * 3) + 1];
            planes[(2 * plane) + i] = pixels[(i * 3) + 2];
        }
    }

    /// <summary>Ends the writing; the plan has to be made again without them.</summary>
    private sealed class BrokenPicturesException : Exception;
}
