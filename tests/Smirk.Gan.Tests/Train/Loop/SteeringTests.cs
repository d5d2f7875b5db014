using Smirk.Gan.Augment;
using Smirk.Gan.Train.Loop;
using Smirk.Gan.Train.Planning;

namespace Smirk.Gan.Tests.Train.Loop;

/// <summary>Augmentation follows how easily D tells real from generated pictures.</summary>
public sealed class SteeringTests
{
    private static readonly RecipePlan Plan = new()
    {
        Recipe = "auto",
        Pack = "",
        Size = 32,
        Channels = 3,
        Seed = 1,
        Device = "cpu",
        Batch = 16,
        LatentSize = 8,
        GeneratorWidths = [16, 8, 4],
        DiscriminatorWidths = [4, 8, 16],
        Kernel = 4,
        LearningRate = 1e-3,
        Beta1 = 0,
        Beta2 = 0.99,
        EmaKimg = 1,
        SnapshotSeconds = 300,
        Augment = AugmentPolicy.Usual,
        AugmentTarget = 0.35,
    };

    [Fact]
    public void While_D_wins_all_are_augmented_within_20_kimg_and_while_it_guesses_none()
    {
        var now = After(new Steering(Plan).Start, loss: 0.1, kimg: 10);
        Assert.InRange(now.AugmentShare, 0.45, 0.55);
        Assert.Equal(1, After(now, loss: 0.1, kimg: 12).AugmentShare);
        Assert.Equal(0, After(now, loss: 0.7, kimg: 12).AugmentShare);
    }

    [Fact]
    public void A_loss_that_is_not_finite_changes_nothing()
    {
        var now = After(new Steering(Plan).Start, loss: 0.1, kimg: 5);
        Assert.Equal(now, new Steering(Plan).Steer(now, double.NaN));
    }

    [Fact]
    public void Without_a_target_no_loss_is_read_and_all_pictures_are_augmented()
    {
        var steering = new Steering(Plan with { AugmentTarget = null });
        Assert.Equal(1, steering.Start.AugmentShare);
        Assert.DoesNotContain(Enumerable.Range(0, 100), step => steering.Reads(new TrainCounters { Step = step }));
    }

    private static TrainCounters After(TrainCounters now, double loss, double kimg)
    {
        var steering = new Steering(Plan);
        for (var end = now.Seen + (long)(kimg * 1000); now.Seen < end;)
        {
            var reads = steering.Reads(now);
            now = now with { Step = now.Step + 1, Seen = now.Seen + Plan.Batch };
            if (reads)
                now = steering.Steer(now, loss);
        }

        return now;
    }
}
