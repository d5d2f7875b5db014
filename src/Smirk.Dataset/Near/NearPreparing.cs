using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Candidates;
using Smirk.Dataset.Story;
using Smirk.Workspace;
using Smirk.Workspace.Catalog;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near;

/// <summary>The part of the search for near duplicates that each shard of a pile can do for itself: decodes every picture once and keeps
/// what is needed to compare it. Nothing is compared or decided: that is done when all are together.</summary>
/// <param name="workspace">The shard's workspace.</param>
public sealed class NearPreparing(SmirkWorkspace workspace)
{
    // One transaction's; a kill loses no more.
    private const int Batch = 256;

    /// <summary>Works on all pictures that it wasn't done for yet.</summary>
    /// <param name="options">Threads and sizes; the care is asked for later.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancel">Stops it; what was worked out is kept.</param>
    /// <returns>How many pictures were looked at, and can be compared.</returns>
    public StageCounts Run(NearOptions options, IProgress<StageProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var catalog = workspace.Catalog;
        var done = catalog.Descriptors.PicturesWith(CopyQuestion.Kind);
        var names = PictureNames.Of(catalog);
        var all = catalog.Pictures.All();
        var fresh = all.Where(p => !done.Contains(p.Id)).ToList();
        var memory = new MemoryBudget();
        var (seen, refused) = (0, 0);
        foreach (var batch in fresh.Chunk(Batch))
        {
            var found = new Preparation?[batch.Length];
            AllCores.For(batch.Length, options.Workers, cancel, i =>
            {
                found[i] = Prepare(batch[i], names[batch[i].Id].Path, memory, progress);
                progress?.Report(new StageAdvanced(NearStage.Name, Interlocked.Increment(ref seen), fresh.Count, "pictures", "reading"));
            });
            catalog.InTransaction(() =>
            {
                for (var i = 0; i < batch.Length; i++)
                    Keep(catalog.Descriptors, batch[i].Id, found[i]);
            });
            refused += found.Count(f => f is null);
        }

        return new StageCounts(all.Count, all.Count - refused, new Dictionary<string, long> { ["unreadable"] = refused });
    }

    // The same is known of a picture with whatever care it is compared.
    private static void Keep(DescriptorTable descriptors, long picture, Preparation? found)
    {
        if (found is null)
            return;
        descriptors.Put(picture, CopyQuestion.DescriptorKind, found.Descriptor.ToBytes());
        descriptors.Put(picture, CopyQuestion.Kind, found.Question.ToBytes());
    }

    private Preparation? Prepare(StoredPicture picture, string name, MemoryBudget memory, IProgress<StageProgress>? progress)
    {
        try
        {
            return Preparation.Of(workspace.Pictures.Read(picture.Sha256), memory);
        }
        catch (Exception error) when (NumberedInputs.IsAboutOneFile(error))
        {
            progress?.Report(new StageWarned(NearStage.Name, name, error.Message));
            return null;
        }
    }
}
