using Smirk.Dataset.Crop.Detectors;
using Smirk.Dataset.Crop.Finding;
using Smirk.Imaging.Faces;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Vision;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop.Files;

/// <summary>Crops the pictures of files and folders, without a workspace: decides for all, then writes. Changes none of them.</summary>
/// <param name="source">Where the detector comes from; null for the usual places.</param>
public sealed class CropFiles(DetectorSource? source = null)
{
    /// <summary>The stage's name.</summary>
    public const string Name = "crop";

    private readonly PictureLoader _loader = new();

    /// <summary>Decides for every picture under <paramref name="paths"/>, and writes the crops into <paramref name="output"/> where that is
    /// given.</summary>
    /// <exception cref="UnusableInputException">A path leads nowhere, there is no picture, or the detector is none.</exception>
    /// <exception cref="MissingDependencyException">There is no detector and none can be fetched.</exception>
    public CropFilesResult Run(
        IReadOnlyList<string> paths, CropOptions options, string? output, IProgress<StageProgress>? progress =
        null, CancellationToken cancel = default)
    {
        var files = PictureFiles.In(paths, progress, cancel);
        if (files.Count == 0)
            throw new UnusableInputException($"No picture in {string.Join(", ", paths)}. Give pictures, or folders with pictures.");
        using var detector = OpenDetector(options, (source ?? new DetectorSource()).Load(options.Kind, options.Detector, cancel));

        // Decide.
        var decided = Decide(files, new CropFinder(detector, options), options, progress, cancel);
        SameFaces.Drop(decided, progress, cancel);

        // Do.
        IReadOnlyList<string> written = output is null ? [] : new CropWriter(_loader, progress).Write(decided, output, cancel);
        var counts = Count(decided);
        progress?.Report(new StageEnded(Name, counts));
        return new CropFilesResult(decided, counts, written);
    }

    /// <summary>The detector with the cascade in <paramref name="xml"/>.</summary>
    internal static FaceDetector OpenDetector(CropOptions options, byte[] xml)
    {
        try
        {
            return new FaceDetector(xml, options.Kind, new FaceDetectorOptions { MinFace = options.MinFace });
        }
        catch (VisionException error) when (options.Detector is not null)
        {
            throw new UnusableInputException(
                $"{options.Detector} is no cascade that OpenCV reads. Give an OpenCV cascade (XML) with --detector.", error);
        }
    }

    private List<CroppedFile> Decide(
        IReadOnlyList<string> files, CropFinder finder, CropOptions options, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        var decided = new CroppedFile[files.Count];
        var done = 0;
        var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
        Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, i =>
        {
            decided[i] = DecideOne(files[i], finder, options);
            if (decided[i].Refused is { } reason)
                progress?.Report(new StageWarned(Name, files[i], reason));
            progress?.Report(new StageAdvanced(Name, Interlocked.Increment(ref done), files.Count, "pictures"));
        });
        return [.. decided];
    }

    private CroppedFile DecideOne(string path, CropFinder finder, CropOptions options)
    {
        try
        {
            var limit = DecodeOptions.Default.MaxBytes;
            if (new FileInfo(path).Length > limit)
                return new CroppedFile(
                    path, null, $"too long: {new FileInfo(path).Length / 1e6:0.#} MB, at most {limit / 1e6:0.##} MB are read");
            var bytes = File.ReadAllBytes(path);
            var (width, height) = PictureLoader.SizeOf(bytes);
            var found = _loader.Use(bytes, picture => finder.Find(picture, width, height));
            return new CroppedFile(path, found, null) { GoesOnWhole = found.Crops.Count == 0 && options.NoFace == NoFace.Keep };
        }
        catch (UnusablePictureException error)
        {
            return new CroppedFile(path, null, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new CroppedFile(path, null, $"unreadable: {error.Message}");
        }
    }

    private static StageCounts Count(List<CroppedFile> files)
    {
        var left = new Dictionary<string, long>();
        foreach (var file in files.Where(f => f.Chosen == 0 && !f.GoesOnWhole))
        {
            var kind = file.Refused is not null ? "refused" : CropWords.Count(file.Found!.DroppedAs);
            left[kind] = left.GetValueOrDefault(kind) + 1;
        }

        return new StageCounts(files.Count, files.Count - left.Values.Sum(), left);
    }
}
