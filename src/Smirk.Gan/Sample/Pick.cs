using Smirk.Gan.Data;
using Smirk.Gan.Evaluate;
using Smirk.Gan.Networks;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Snapshots;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Stages;

namespace Smirk.Gan.Sample;

/// <summary>The best of many samples: those that D takes for real most readily.</summary>
/// <param name="Candidates">Samples that were made.</param>
/// <param name="Chosen">Which of them were picked, the most real first.</param>
/// <param name="RecallOfAll">Share of the run's held-out pictures that as many samples reach without picking; null where that can't be
/// measured.</param>
/// <param name="RecallOfChosen">Share that the picked ones reach: what picking costs in variety.</param>
public sealed record Pick(int Candidates, IReadOnlyList<int> Chosen, double? RecallOfAll, double? RecallOfChosen)
{
    // The order of samples hardly changes with more views.
    internal const int Views = 8;

    // Nearest-neighbour metrics with k = 5 say nothing on fewer.
    private const int FewestToMeasure = 16;

    /// <summary>Picks <paramref name="count"/> of <paramref name="latents"/>.</summary>
    /// <param name="snapshot">Holds D.</param>
    /// <param name="plan">The run's plan.</param>
    /// <param name="generator">Makes the samples.</param>
    /// <param name="latents">All candidates. As large a share of each class is picked.</param>
    /// <param name="device">Where the generator lives.</param>
    /// <param name="count">How many to pick.</param>
    /// <param name="steps">Told of each batch.</param>
    internal static Pick Of(
        string snapshot, RecipePlan plan, GeneratorNetwork generator, LatentBatch latents, Device device, int count, StageSteps steps)
    {
        using var scope = TensorScope.Open();
        using var discriminator = Snapshot.LoadDiscriminator(snapshot);
        var pictures = latents.Pictures(generator, device, steps);
        steps.Next("asking D which of them look real");
        var scores = Realness.OfViews(discriminator, plan, pictures, latents.Classes, Views);
        var chosen = Choose(scores, latents.Classes, count);
        var (all, some) = Recall(plan, PackPlace.Find(plan.Pack, Snapshot.RunOf(snapshot)), pictures, chosen);
        return new Pick(scores.Length, chosen, all, some);
    }

    /// <summary>The candidates with the highest scores, each class's in turn, the highest first.</summary>
    internal static int[] Choose(IReadOnlyList<float> scores, long[]? classes, int count) =>
    [
        .. Enumerable.Range(0, scores.Count)
            .OrderByDescending(i => scores[i])
            .GroupBy(i => classes?[i] ?? 0)
            .SelectMany(ofClass => ofClass.Select((candidate, place) => (Candidate: candidate, Place: place)))
            .OrderBy(ranked => ranked.Place).ThenByDescending(ranked => scores[ranked.Candidate])
            .Take(count)
            .Select(ranked => ranked.Candidate),
    ];

    private static (double? All, double? Chosen) Recall(RecipePlan plan, string folder, Tensor pictures, int[] chosen)
    {
        if (chosen.Length < FewestToMeasure || !Directory.Exists(folder))
            return (null, null);
        using var pack = Open(plan, folder);
        if (pack is null)
            return (null, null);
        var split = HeldOutSplit.Of(pack.Rows, plan.HeldOut, plan.Seed);
        if (split.HeldOut.Length < FewestToMeasure)
            return (null, null);
        using var space = new RandomFeatures(pack.Channels);
        var (real, made) = (space.Of(pack.Of(split.HeldOut)), space.Of(pictures));
        return (RecallOf(made.Narrow(0, 0, chosen.Length)), RecallOf(Rows(made, chosen)));

        double RecallOf(Tensor some) => SpaceScores.Of(real, some, standardise: true).Recall;
    }

    // A pack that isn't what it was costs a person the number, not the pictures.
    private static TrainingPack? Open(RecipePlan plan, string folder)
    {
        try
        {
            return plan.OpenPack(folder);
        }
        catch (UnusableInputException)
        {
            return null;
        }
    }

    private static Tensor Rows(Tensor tensor, int[] rows) =>
        tensor.IndexSelect(0, Tensor.FromArray(Array.ConvertAll(rows, row => (long)row)));
}
