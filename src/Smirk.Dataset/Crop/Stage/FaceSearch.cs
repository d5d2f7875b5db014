using Smirk.Dataset.Crop.Detectors;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Finding;
using Smirk.Imaging.Faces;
using Smirk.Imaging.Reading;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop.Stage;

/// <summary>Searches a workspace's pictures for faces, each once.</summary>
internal sealed class FaceSearch : IDisposable
{
    // What is found is kept after so many, so that a killed search loses little.
    private const int Batch = 256;

    private readonly SmirkWorkspace _workspace;
    private readonly PictureLoader _loader;
    private readonly CropOptions _options;
    private readonly FaceDetector _detector;
    private readonly CropFinder _finder;
    private readonly CropMemory _memory;
    private readonly IProgress<StageProgress>? _progress;
    private readonly CancellationToken _cancel;
    private readonly Dictionary<long, PictureCrops> _found = [];
    private readonly HashSet<long> _broken = [];

    public FaceSearch(SmirkWorkspace workspace, PictureLoader loader, CropOptions options, DetectorSource source,
        IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        (_workspace, _loader, _options, _progress, _cancel) = (workspace, loader, options, progress, cancel);
        var xml = source.Load(options.Kind, options.Detector, cancel);
        _detector = CropFiles.OpenDetector(options, xml);
        _finder = new CropFinder(_detector, options);
        _memory = new CropMemory(workspace.Catalog, options, xml);
    }

    /// <summary>Picture → what was found in it; pictures whose blob is damaged are warned about and left out.</summary>
    public IReadOnlyDictionary<long, PictureCrops> Run(IReadOnlyList<StoredPicture> pictures)
    {
        var open = pictures.Where(p => !_found.ContainsKey(p.Id) && !_broken.Contains(p.Id)).ToList();
        for (var start = 0; start < open.Count; start += Batch)
        {
            var batch = open.GetRange(start, Math.Min(Batch, open.Count - start));
            var results = new (PictureCrops? Found, bool IsNew)[batch.Count];
            var done = start;
            AllCores.For(batch.Count, AllCores.Threads(_options.Threads), _cancel, i =>
            {
                results[i] = Look(batch[i]);
                _progress?.Report(new StageAdvanced(CropStage.Name, Interlocked.Increment(ref done), open.Count, "pictures"));
            });
            _workspace.Catalog.InTransaction(() => Keep(batch, results));
        }

        return _found;
    }

    public void Dispose() => _detector.Dispose();

    private void Keep(List<StoredPicture> batch, (PictureCrops? Found, bool IsNew)[] results)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (results[i].Found is not { } found)
            {
                _broken.Add(batch[i].Id);
                continue;
            }

            _found[batch[i].Id] = found;
            if (results[i].IsNew)
                _memory.Keep(batch[i].Id, found);
        }
    }

    private (PictureCrops? Found, bool IsNew) Look(StoredPicture picture)
    {
        if (_memory.Crops(picture.Id) is { } known)
            return (known, false);
        try
        {
            var bytes = _workspace.Pictures.Read(picture.Sha256);
            return (_loader.Use(bytes, decoded => _finder.Find(decoded, picture.Width, picture.Height, _memory.Faces(picture.Id))), true);
        }
        catch (Exception error) when (error is UnusablePictureException or UnusableInputException or IOException)
        {
            _progress?.Report(new StageWarned(CropStage.Name, picture.Sha256,
                $"its copy in the workspace is damaged ({error.Message}); import it again"));
            return (null, false);
        }
    }
}
