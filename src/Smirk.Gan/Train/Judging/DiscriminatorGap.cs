using Smirk.Gan.Data;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Train.Recipes;
using Smirk.Gan.Upscale;
using Smirk.Torch;
using Smirk.Torch.Tensors;
using Smirk.Workspace.Seeds;

namespace Smirk.Gan.Train.Judging;

/// <summary>Whether D has memorised what it trains on: how far it tells training from held-out pictures, as a share of how far it tells
/// them from generated ones.</summary>
/// <param name="training">Training pictures, chosen at random, as many of each class as there are held out.</param>
/// <param name="heldOut">Held-out pictures.</param>
internal sealed class DiscriminatorGap(DiscriminatorGap.Side training, DiscriminatorGap.Side heldOut)
{
    // A mean of D's output needs no more.
    private const int Most = 1000;

    // As samples are made: D's first layer has the most pixels of all.
    private const int AtATime = 64;

    /// <summary>Pictures, and a class each; null without classes.</summary>
    internal sealed record Side(PictureRows Pictures, long[]? Classes);

    /// <summary>Chooses which pictures are compared; always the same ones for a run, so that its measurements can be compared.</summary>
    /// <remarks>The first rows of a pack are one source's, in the order that it was read in: D may find them easier or harder than others
    /// for reasons that have nothing to do with memory.</remarks>
    public static DiscriminatorGap Between(TrainingPack pack, HeldOutSplit split, RecipePlan plan)
    {
        var random = new Random((int)Seed.Derive(plan.Seed, "gap"));
        var classes = plan.Classes.Count > 0 ? plan.ClassesOf(pack, Enumerable.Range(0, pack.Count)) : null;
        var training = Shuffled(split.Training).GroupBy(ClassOf).ToDictionary(group => group.Key, group => new Queue<int>(group));
        var pairs = new List<(int Training, int HeldOut)>();
        foreach (var row in Shuffled(split.HeldOut))
        {
            if (pairs.Count < Most && training.TryGetValue(ClassOf(row), out var alike) && alike.TryDequeue(out var partner))
                pairs.Add((partner, row));
        }

        return new DiscriminatorGap(Of([.. pairs.Select(pair => pair.Training)]), Of([.. pairs.Select(pair => pair.HeldOut)]));

        long ClassOf(int row) => classes?[row] ?? 0;

        int[] Shuffled(int[] rows)
        {
            int[] order = [.. rows];
            random.Shuffle(order);
            return order;
        }

        Side Of(int[] rows) => new(pack.Of(rows), classes is null ? null : [.. rows.Select(row => classes[row])]);
    }

    /// <summary>(D(training) − D(held-out)) / |D(training) − D(fake)|: 0 when D treats unseen real pictures like those it trains on, 1
    /// when it takes them for generated. NaN without pictures to compare.</summary>
    /// <param name="recipe">Holds D.</param>
    /// <param name="fake">Generated pictures, uint8 [N, C, S, S].</param>
    /// <param name="classes">Their classes; null without.</param>
    public double Of(Recipe recipe, Tensor fake, long[]? classes)
    {
        using var noGradient = Autograd.NoGradient();
        var (seen, unseen, made) = (Mean(recipe, training), Mean(recipe, heldOut), Mean(recipe, new Side(fake, classes)));
        return (seen - unseen) / Math.Max(1e-6, Math.Abs(seen - made));
    }

    private static double Mean(Recipe recipe, Side side)
    {
        var sum = 0.0;
        foreach (var (from, count) in side.Pictures.Parts(AtATime))
        {
            using var scope = TensorScope.Open();
            var some = Shrink.Of(side.Pictures.Take(from, count), side.Pictures.Size / recipe.Plan.SmallSize).To(DType.Float32) / 127.5 - 1;
            sum += recipe.Discriminator.Forward(some.To(recipe.Device), side.Classes?.AsSpan(from, count).ToArray()).Sum().ToDouble();
        }

        return sum / side.Pictures.Count;
    }
}
