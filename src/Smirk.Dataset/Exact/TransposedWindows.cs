using Smirk.Files.Archives;
using Smirk.Imaging.Reading;
using Smirk.Music.Measures;
using Smirk.Music.Rolls;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Exact;

/// <summary>Finds windows of tunes that are others in another key. Training transposes them itself: twice the same music would only be
/// twice as likely, and known to whoever is tested on it.</summary>
/// <param name="workspace">The workspace.</param>
internal sealed class TransposedWindows(SmirkWorkspace workspace)
{
    /// <summary>Each such window, with the first in the order of the catalog that it is the same as, by rows of pictures.</summary>
    public IReadOnlyList<(long Picture, long Keeper)> Find(IReadOnlyList<SourceFile> files, CancellationToken cancel)
    {
        var windows = files.Where(f => MidiArchive.TuneOf(f.Path) is not null).Select(f => f.PictureId).OfType<long>().Distinct().Order()
            .Select(workspace.Catalog.Pictures.Find).OfType<StoredPicture>()
            .Where(p => p.Width == p.Height && RollShape.OfSize(p.Width) is not null).ToList();
        var keys = new string[windows.Count];
        AllCores.For(windows.Count, AllCores.Threads(0), cancel, i =>
        {
            var picture = PictureReader.Decode(workspace.Pictures.Read(windows[i].Sha256));
            keys[i] = Copies.InAnyKey(RollPixels.FromRgb(picture.Pixels, RollShape.OfSize(picture.Width)!));
        });
        var first = new Dictionary<string, long>(StringComparer.Ordinal);
        var found = new List<(long, long)>();
        for (var i = 0; i < windows.Count; i++)
        {
            if (!first.TryAdd(keys[i], windows[i].Id))
                found.Add((windows[i].Id, first[keys[i]]));
        }

        return found;
    }
}
