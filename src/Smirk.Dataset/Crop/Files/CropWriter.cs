using System.Globalization;
using Smirk.Dataset.Crop.Finding;
using Smirk.Imaging;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace.Files;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop.Files;

/// <summary>Writes crops as PNG files, in their own size, over nothing that is there.</summary>
/// <param name="loader">Decodes them.</param>
/// <param name="progress">Told how far it is, and which files can't be read any more.</param>
internal sealed class CropWriter(PictureLoader loader, IProgress<StageProgress>? progress)
{
    // A face that fills a large photograph needs no more than any training uses.
    private const int LargestSide = 1024;

    /// <summary>Writes the chosen crops of all files into <paramref name="folder"/>; returns the paths. What vanished or changed since it
    /// was decided on becomes refused.</summary>
    public IReadOnlyList<string> Write(List<CroppedFile> files, string folder, CancellationToken cancel)
    {
        OutputFolder.Make(folder);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var written = new List<string>();
        for (var i = 0; i < files.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            if ((files[i].Chosen > 0 || files[i].GoesOnWhole) && WriteOne(files[i], folder, taken, written) is { } reason)
            {
                files[i] = new CroppedFile(files[i].Path, null, reason);
                progress?.Report(new StageWarned(CropFiles.Name, files[i].Path, reason));
            }

            progress?.Report(new StageAdvanced("crop: write", i + 1, files.Count, "pictures"));
        }

        return written;
    }

    // The reason when it can't be read; what can't be written ends the run.
    private string? WriteOne(CroppedFile file, string folder, HashSet<string> taken, List<string> written)
    {
        var found = file.Found!;
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"unreadable: {error.Message}";
        }

        try
        {
            return loader.Use(bytes, Cut);
        }
        catch (UnusablePictureException error)
        {
            return error.Message;
        }

        string? Cut(Picture picture)
        {
            if (file.GoesOnWhole)
            {
                Put(picture, 0);
                return null;
            }

            var seen = new SeenPicture(picture, found.Width, found.Height);
            for (var k = 0; k < found.Crops.Count; k++)
            {
                var recipe = seen.ToSeen(found.Crops[k].Recipe);
                if (found.Crops[k].IsChosen)
                    Put(recipe.Cut(picture, Math.Clamp((int)Math.Round(recipe.Side), 1, LargestSide)), k + 1);
            }

            return null;
        }

        void Put(Picture cut, int number)
        {
            var png = PictureWriter.Png(cut);
            var path = FreePath(folder, Path.GetFileNameWithoutExtension(file.Path)
                + (number > 1 ? "-" + number.ToString(CultureInfo.InvariantCulture) : ""), png, taken);
            AtomicFile.Write(path, png);
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
