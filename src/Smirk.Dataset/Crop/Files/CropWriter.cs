using System.Globalization;
using Smirk.Dataset.Crop.Finding;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop.Files;

/// <summary>Writes crops as PNG files, in their own size, over nothing that is there.</summary>
internal sealed class CropWriter(PictureLoader loader)
{
    // A face that fills a large photograph needs no more than any training uses.
    private const int LargestSide = 1024;

    /// <summary>Writes the chosen crops of all files into <paramref name="folder"/>; returns the paths.</summary>
    public IReadOnlyList<string> Write(IReadOnlyList<CroppedFile> files, string folder, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var written = new List<string>();
        for (var i = 0; i < files.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if (files[i].Chosen > 0 || files[i].GoesOnWhole)
                WriteOne(files[i], folder, taken, written);
            progress?.Report(new StageAdvanced("crop: write", i + 1, files.Count, "pictures"));
        }

        return written;
    }

    private void WriteOne(CroppedFile file, string folder, HashSet<string> taken, List<string> written)
    {
        var found = file.Found!;
        loader.Use(File.ReadAllBytes(file.Path), picture =>
        {
            if (file.GoesOnWhole)
            {
                Put(picture, 0);
                return 0;
            }

            var seen = new SeenPicture(picture, found.Width, found.Height);
            for (var k = 0; k < found.Crops.Count; k++)
            {
                var recipe = seen.ToSeen(found.Crops[k].Recipe);
                if (found.Crops[k].IsChosen)
                    Put(recipe.Cut(picture, Math.Clamp((int)Math.Round(recipe.Side), 1, LargestSide)), k + 1);
            }

            return 0;
        });

        void Put(Picture cut, int number)
        {
            var bytes = PictureWriter.Png(cut);
            var path = FreePath(folder, Path.GetFileNameWithoutExtension(file.Path) + (number > 1 ? "-" + number.ToString(CultureInfo.InvariantCulture) : ""), bytes, taken);
            AtomicFile.Write(path, bytes);
            written.Add(path);
        }
    }

    // The same crop written by an earlier run is written again, anything else of that name stays as it is.
    private static string FreePath(string folder, string stem, byte[] bytes, HashSet<string> taken)
    {
        for (var n = 1; ; n++)
        {
            var path = Path.Combine(folder, n == 1 ? $"{stem}.png" : $"{stem}_{n.ToString(CultureInfo.InvariantCulture)}.png");
            var free = !File.Exists(path) || (!taken.Contains(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes));
            if (free && taken.Add(path))
                return path;
        }
    }
}
