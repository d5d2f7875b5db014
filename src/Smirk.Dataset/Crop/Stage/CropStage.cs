using Smirk.Dataset.Crop.Detectors;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Finding;
using Smirk.Dataset.Crop.Report;
using Smirk.Dataset.Import;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Crop.Stage;

/// <summary>Decides what is cut out of a workspace's kept pictures. Crops go into the catalog as recipes; the pack cuts them.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="source">Where the detector comes from; null for the usual places.</param>
public sealed class CropStage(SmirkWorkspace workspace, DetectorSource? source = null)
{
    /// <summary>The stage's name, on the command line and in the decisions.</summary>
    public const string Name = "crop";

    private readonly PictureLoader _loader = new();

    /// <summary>Decides anew about all kept pictures; only new ones are searched. What a person decided stays.</summary>
    /// <exception cref="MissingDependencyException">Faces are wanted, and there is no detector.</exception>
    public CropStageResult Run(CropStageOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Forget();
        var pictures = workspace.Catalog.Pictures.Kept();
        var (mode, reason, search) = Choose(pictures, options, progress, cancel);
        if (options.Mode == CropMode.Auto)
            progress?.Report(new StageSaid(Name, reason));
        using (search)
        {
            var result = mode switch
            {
                CropMode.Faces => Faces(pictures, search!, options.Faces, reason, progress, cancel),
                CropMode.Centre => Centre(pictures, reason),
                _ => new CropStageResult(mode, reason, new StageCounts(pictures.Count, pictures.Count, new Dictionary<string, long>()), 0, null),
            };
            if (mode != CropMode.Off)
                progress?.Report(new StageEnded(Name, result.Counts));
            return result;
        }
    }

    private void Forget() => workspace.Catalog.InTransaction(() =>
    {
        workspace.Catalog.Crops.Clear();
        workspace.Catalog.Decisions.Clear(Name);
    });

    private (CropMode Mode, string Reason, FaceSearch? Search) Choose(IReadOnlyList<StoredPicture> pictures, CropStageOptions options, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        if (options.Mode is CropMode.Off or CropMode.Centre)
            return (options.Mode, "as asked", null);
        FaceSearch search;
        try
        {
            search = new FaceSearch(workspace, _loader, options.Faces, source ?? new DetectorSource(), progress, cancel);
        }
        catch (MissingDependencyException error) when (options.Mode == CropMode.Auto)
        {
            return (CropMode.Centre, $"{error.Message.TrimEnd('.')}. Until then pictures are cut in the middle", null);
        }

        if (options.Mode == CropMode.Faces)
            return (CropMode.Faces, "as asked", search);
        var (mode, reason) = CropChoice.For([.. search.Run(EvenSample.Of(pictures, CropChoice.Sample)).Values]);
        return (mode, reason, search);
    }

    private CropStageResult Faces(IReadOnlyList<StoredPicture> pictures, FaceSearch search, CropOptions options, string reason, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        // Search what is new.
        var found = search.Run(pictures);

        // Find faces that were cut twice, in different pictures.
        var looked = pictures.Where(p => found.ContainsKey(p.Id)).ToList();
        var names = FileNames();
        var all = looked.ConvertAll(p => new CroppedFile(names.GetValueOrDefault(p.Id, p.Sha256), found[p.Id], null) { Stored = workspace.Pictures.PathOf(p.Sha256), GoesOnWhole = found[p.Id].Faces.Count == 0 && options.NoFace == NoFace.Keep });
        SameFaces.Drop(all);

        // Write.
        var left = new Dictionary<string, long>();
        workspace.Catalog.InTransaction(() =>
        {
            workspace.Catalog.Crops.SetPersonsMargin(options.Margin);
            foreach (var (picture, file) in looked.Zip(all))
                Write(picture, file, left);
        });
        if (pictures.Count > looked.Count)
            left["damaged in the workspace"] = pictures.Count - looked.Count;
        var page = new CropReport().WriteSample(all, Path.Combine(workspace.Folder, "crops"), cancel);
        progress?.Report(new StageSaid(Name, $"{all.Sum(f => f.Chosen)} faces; look at {page}"));
        return new CropStageResult(CropMode.Faces, reason, new StageCounts(pictures.Count, pictures.Count - left.Values.Sum(), left), all.Sum(f => f.Chosen), page) { Panel = new CropPanel(_loader).Html(all, page, cancel) };
    }

    private void Write(StoredPicture picture, CroppedFile file, Dictionary<string, long> left)
    {
        foreach (var crop in file.Found!.Crops)
            workspace.Catalog.Crops.Add(CropRows.Of(picture.Id, crop));
        if (file.Chosen > 0 || file.GoesOnWhole || HasPersonsCrop(picture.Id))
            return;
        var kind = file.Found.Crops.Count == 0 ? "without a face" : file.Found.Crops[0].Rank.Dropped!;
        left[kind] = left.GetValueOrDefault(kind) + 1;
        workspace.Catalog.Decisions.Put(new Decision
        {
            Subject = DecisionSubject.Picture,
            SubjectId = picture.Id,
            Stage = Name,
            Verdict = Verdict.Drop,
            Kind = kind,
            Reason = file.Found.Reason,
        });
    }

    private bool HasPersonsCrop(long picture) => workspace.Catalog.Crops.OfPicture(picture).Any(c => c.By == "person");

    private CropStageResult Centre(IReadOnlyList<StoredPicture> pictures, string reason)
    {
        var oblong = pictures.Where(p => p.Width != p.Height).ToList();
        workspace.Catalog.InTransaction(() =>
        {
            foreach (var picture in oblong)
                workspace.Catalog.Crops.Add(CropRows.Middle(picture));
        });
        return new CropStageResult(CropMode.Centre, reason, new StageCounts(pictures.Count, pictures.Count, new Dictionary<string, long>()), oblong.Count, null);
    }

    private Dictionary<long, string> FileNames()
    {
        var sources = workspace.Catalog.Sources.All().ToDictionary(s => s.Id);
        var names = new Dictionary<long, string>();
        foreach (var file in workspace.Catalog.Files.All().Where(f => f.PictureId is not null))
            names.TryAdd(file.PictureId!.Value, SourcePaths.Full(sources[file.SourceId], file.Path));
        return names;
    }
}
