using Smirk.Dataset.Crop.Detectors;
using Smirk.Dataset.Crop.Files;
using Smirk.Dataset.Crop.Finding;
using Smirk.Dataset.Crop.Report;
using Smirk.Dataset.Story;
using Smirk.Imaging.Faces;
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

    /// <summary>Decides anew about all pictures that other stages keep; only new ones are searched. What a person decided stays. Until it
    /// is done, and if it is stopped,
    /// the earlier crops count; switched off, it takes them back.</summary>
    /// <exception cref="MissingDependencyException">Faces are wanted, and there is no detector.</exception>
    public CropStageResult Run(CropStageOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var pictures = workspace.Catalog.Pictures.Kept(regardless: Name);
        var (mode, reason, search) = Choose(pictures, options, progress, cancel);
        if (options.Mode == CropMode.Auto)
            progress?.Report(new StageSaid(Name, reason));
        using (search)
        {
            var result = mode switch
            {
                CropMode.Faces => Faces(pictures, search!, options.Faces, reason, progress, cancel),
                CropMode.Centre => Centre(pictures, reason),
                _ => Off(pictures.Count, reason),
            };
            if (mode != CropMode.Off)
                progress?.Report(new StageEnded(Name, result.Counts));
            return result;
        }
    }

    private (CropMode Mode, string Reason, FaceSearch? Search) Choose(
        IReadOnlyList<StoredPicture> pictures, CropStageOptions options, IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        if (options.Mode is CropMode.Off or CropMode.Centre)
            return (options.Mode, "as asked", null);
        var from = source ?? new DetectorSource();
        FaceSearch? search;
        try
        {
            search = new FaceSearch(workspace, _loader, options.Faces, from, progress, cancel);
        }
        catch (MissingDependencyException error) when (options.Mode == CropMode.Auto)
        {
            search = AtHand(error, options.Faces, from, progress, cancel);
            if (search is null)
                return (CropMode.Centre, "no face detector at hand: pictures are cut in the middle", null);
        }

        if (options.Mode == CropMode.Faces)
            return (CropMode.Faces, "as asked", search);
        var (mode, reason) = CropChoice.For([.. search.Run(EvenSample.Of(pictures, CropChoice.Sample)).Values]);
        return (mode, reason, search);
    }

    // Said as a warning: what is learned depends on it.
    private FaceSearch? AtHand(MissingDependencyException missing, CropOptions faces, DetectorSource from,
        IProgress<StageProgress>? progress, CancellationToken cancel)
    {
        try
        {
            if (faces.Kind == FaceKind.Photo || faces.Detector is not null)
                throw missing;
            var search = new FaceSearch(workspace, _loader, faces with { Kind = FaceKind.Photo }, from, progress, cancel);
            progress?.Report(new StageWarned(Name, "face detector",
                $"{missing.Message.TrimEnd('.')}. Until then OpenCV's detector for photographs is used, which finds few drawn faces"));
            return search;
        }
        catch (MissingDependencyException)
        {
            progress?.Report(new StageWarned(Name, "face detector",
                $"{missing.Message.TrimEnd('.')}. Until then pictures are cut in the middle"));
            return null;
        }
    }

    private CropStageResult Faces(
        IReadOnlyList<StoredPicture> pictures, FaceSearch search, CropOptions options, string reason, IProgress<StageProgress>? progress,
        CancellationToken cancel)
    {
        // Search what is new.
        var found = search.Run(pictures);

        // Find faces that were cut twice, in different pictures.
        var looked = pictures.Where(p => found.ContainsKey(p.Id)).ToList();
        var names = PictureNames.Of(workspace.Catalog);
        var all = looked.ConvertAll(p => new CroppedFile(names[p.Id].Path, found[p.Id], null)
        {
            PictureId = p.Id,
            Stored = workspace.Pictures.PathOf(p.Sha256),
            GoesOnWhole = found[p.Id].Faces.Count == 0 && options.NoFace == NoFace.Keep,
        });
        SameFaces.Drop(all, progress, cancel);

        // Show.
        string NameOf(long picture) => names.TryGetValue(picture, out var name) ? name.Path : "another picture";
        var page = new CropReport(NameOf).WriteSample(all, Path.Combine(workspace.Folder, WorkspaceFiles.Crops), progress, cancel);
        var panel = new CropPanel(_loader, NameOf).Html(all, page, progress, cancel);

        // Write.
        var given = workspace.Catalog.Crops.All().Where(c => c.By != Decision.Smirk).Select(c => c.PictureId).ToHashSet();
        var dropped = looked.Zip(all).Where(p => p.Second.Chosen == 0 && !p.Second.GoesOnWhole && !given.Contains(p.First.Id))
            .Select(p => DropOf(p.First, p.Second.Found!)).ToList();
        Replace(dropped, looked.Zip(all).SelectMany(p => p.Second.Found!.Crops.Select(c => CropRows.Of(p.First.Id, c))), () =>
            workspace.Catalog.Crops.SetPersonsMargin(options.Margin));
        var left = dropped.GroupBy(d => CropWords.Count(d.Kind)).ToDictionary(g => g.Key, g => (long)g.Count());
        if (pictures.Count > looked.Count)
            left["damaged in the workspace"] = pictures.Count - looked.Count;
        progress?.Report(new StageSaid(Name, $"{all.Sum(f => f.Chosen)} faces; look at {page}"));
        return new CropStageResult(
            CropMode.Faces, reason, new StageCounts(pictures.Count, pictures.Count - left.Values.Sum(), left), all.Sum(f => f.Chosen),
            page)
        { Panel = panel };
    }

    private static Decision DropOf(StoredPicture picture, PictureCrops found) => new()
    {
        Subject = DecisionSubject.Picture,
        SubjectId = picture.Id,
        Stage = Name,
        Verdict = Verdict.Drop,
        Kind = found.DroppedAs,
        Reasons = found.Faces.Count == 0
            ? [.. found.Crops.Select(c => c.Rank.Reasons[0])]
            : [Reason.Of(CropWords.Faces, found.Faces.Count), .. found.Crops.Select(c => c.Rank.Reasons[0]).Distinct()],
    };

    private CropStageResult Centre(IReadOnlyList<StoredPicture> pictures, string reason)
    {
        var oblong = pictures.Where(p => p.Width != p.Height).ToList();
        Replace([], oblong.Select(CropRows.Middle));
        return new CropStageResult(
            CropMode.Centre, reason, new StageCounts(pictures.Count, pictures.Count, new Dictionary<string, long>()), oblong.Count, null);
    }

    private CropStageResult Off(int pictures, string reason)
    {
        Replace([], []);
        return new CropStageResult(CropMode.Off, reason, new StageCounts(pictures, pictures, new Dictionary<string, long>()), 0, null);
    }

    // What was decided and cut before gives way at once, or not at all.
    private void Replace(IEnumerable<Decision> decisions, IEnumerable<CropRow> crops, Action? more = null) =>
        workspace.Catalog.InTransaction(() =>
    {
        workspace.Catalog.Crops.Clear();
        workspace.Catalog.Decisions.Replace(Name, decisions);
        foreach (var crop in crops)
            workspace.Catalog.Crops.Add(crop);
        more?.Invoke();
    });
}
