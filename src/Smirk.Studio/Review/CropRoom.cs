using System.Collections.Concurrent;
using Smirk.Dataset.Crop;
using Smirk.Dataset.Crop.Ranking;
using Smirk.Dataset.Crop.Report;
using Smirk.Imaging.Reading;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;

namespace Smirk.Studio.Review;

/// <summary>All crops, and what they measure. Measuring decodes every picture, so it is done once, in the background, when somebody looks
/// at the crops.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="stopping">Ends the measuring.</param>
internal sealed class CropRoom(SmirkWorkspace workspace, CancellationToken stopping)
{
    private readonly CropLooker _looker = new();
    private readonly ConcurrentDictionary<long, CropMeasures?> _measures = [];
    private int _isMeasuring;

    /// <summary>The crops as they stand.</summary>
    public CropList All()
    {
        var crops = workspace.Catalog.Crops.All();
        var kept = workspace.Catalog.Pictures.Kept().Select(p => p.Id).ToHashSet();
        var chosen = workspace.Catalog.Crops.Chosen().Select(c => c.Id).ToHashSet();
        if (Interlocked.Exchange(ref _isMeasuring, 1) == 0)
            _ = Task.Run(() => Measure(crops), stopping);
        return new CropList([.. crops.Select(c => Message(c, chosen.Contains(c.Id) && kept.Contains(c.PictureId)))], _measures.Count);
    }

    /// <summary>The crops of one picture.</summary>
    public IReadOnlyList<CropMessage> Of(long picture)
    {
        var chosen = workspace.Catalog.Crops.ChosenOf(picture).Select(c => c.Id).ToHashSet();
        return [.. workspace.Catalog.Crops.OfPicture(picture).Select(c => Message(c, chosen.Contains(c.Id)))];
    }

    private CropMessage Message(CropRow crop, bool isKept)
    {
        var measures = _measures.GetValueOrDefault(crop.Id);
        var rank = new CropRank(crop.Dropped, crop.Doubt, crop.Reasons);
        return new CropMessage(crop.Id, crop.PictureId, [crop.X, crop.Y, crop.Width, crop.Height], crop.Angle, crop.Margin, crop.Doubt,
            CropWords.Of(rank, _ => "another picture"), crop.By, !isKept, measures?.Sharpness, measures?.Brightness);
    }

    private void Measure(IReadOnlyList<CropRow> crops)
    {
        foreach (var crop in crops)
        {
            if (stopping.IsCancellationRequested)
                return;
            try
            {
                _measures[crop.Id] = workspace.Catalog.Pictures.Find(crop.PictureId) is { } picture
                    ? _looker.Measure(picture, workspace.Pictures.Read(picture.Sha256), crop) : null;
            }
            catch (Exception error) when (error is UnusablePictureException or IOException)
            {
                _measures[crop.Id] = null;
            }
        }
    }
}
