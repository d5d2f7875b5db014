using Smirk.Gan.Augment;
using Smirk.Gan.Data;
using Smirk.Torch;
using Smirk.Workspace.Errors;

namespace Smirk.Gan.Train;

/// <summary>The recipe "auto": settings chosen from the number of pictures, their size, the device and the budget. The numbers are those of docs/recipes.md.</summary>
internal static class AutoPlan
{
    // G's channels from 4×4 upwards; D has the same, the other way round.
    private static readonly int[] Widths = [320, 192, 96, 48, 32, 16];

    // DiffAugment's own strength of colour lets G get colours wrong unseen: half of it gave a sixth more coverage or better (docs/recipes.md).
    // For the same reason the last quarter of a run goes without: its pictures' colours and contrasts come out nearer to the pile's.
    private static readonly AugmentPolicy Augmentation = AugmentPolicy.Usual with { Colour = 0.5, ColourUntil = 0.75 };

    /// <summary>Makes the plan.</summary>
    /// <exception cref="UsageException">There are no two folders to condition on.</exception>
    public static RecipePlan Make(TrainOptions options, TrainingPack pack, Device device, double? seconds, Choices choices)
    {
        var layers = int.Log2(pack.Size) - 2;
        var width = choices.Take("width", options.Width, device.IsCuda ? 2 : 1, device.IsCuda ? "a GPU has room for twice the channels" : "what a processor can train in minutes");
        int[] widths = [.. Widths.Take(layers).Select(w => Math.Max(8, (int)(w * width / 8) * 8))];
        var batch = choices.Take("batch", options.Batch, device.IsCuda ? 64 : 16, device.IsCuda ? "what keeps a GPU busy" : "many small steps: twice as many as with 32 in seven eighths of the pictures, and better ones at the end (docs/recipes.md)");
        var augment = options.Augment == "auto" ? Augmentation : AugmentPolicy.Parse(options.Augment);
        choices.Add("augment", augment.ToString(), options.Augment == "auto" ? $"{pack.Count} pictures are too few to show D unchanged; colours change half as much as in DiffAugment, and not at all in the last quarter, or G gets them wrong unseen" : Choices.Asked);
        return new RecipePlan
        {
            Recipe = "auto",
            Pack = pack.Folder,
            PackFingerprint = pack.Fingerprint,
            Size = pack.Size,
            Channels = pack.Channels,
            Seed = options.Seed,
            Device = device.ToString(),
            BudgetSeconds = seconds,
            Kimg = options.Kimg,
            Batch = batch,
            LatentSize = choices.Take("z-dim", options.LatentSize, 100, "enough for any pile of this size"),
            GeneratorWidths = widths,
            DiscriminatorWidths = [.. widths.Reverse()],
            Gates = choices.Take("gates", options.Gates, 32, "the latent weighs channels at every level of G, so that what belongs together (both eyes, all of the hair) is decided once for the whole picture (docs/recipes.md)"),
            Thumbnail = choices.Take("thumbnail", options.Thumbnail, 8, "D sees from the start whether a picture's far parts go together: halves the distance to real pictures (docs/recipes.md)"),
            Kernel = 4,
            LearningRate = choices.Take("learning-rate", options.LearningRate, 1.2e-3, "the best of three at 64 pixels: six times the usual step reaches far more of the pictures in the same time (docs/recipes.md)"),
            // No momentum (as R3GAN and StyleGAN have it): both networks answer to what the other is now, not to what it was ten steps ago.
            Beta1 = 0,
            Beta2 = 0.99,
            DecayFrom = 0.5,
            FinalRate = 0.1,
            Gamma = choices.Take("gamma", options.Gamma, 0.05 * (pack.Size / 64.0) * (pack.Size / 64.0), "the value that first worked at 64 pixels, growing with the number of pixels"),
            PenaltyEvery = choices.Take("penalty-every", options.PenaltyEvery, 8, "makes one step in eight take 1.6 times as long, instead of each"),
            Setbacks = 3,
            Augment = augment,
            Mirror = Mirrored(options, pack, choices),
            EmaKimg = choices.Take("ema-kimg", options.EmaKimg, 20.0, "longer remembers what G has left behind, shorter follows every whim of it"),
            Classes = ClassesOf(options, pack, choices),
            HeldOut = choices.Take("held-out", options.HeldOut, 0.1, "to measure on; at least 64 pictures where that is no more than a quarter of them"),
            SnapshotSeconds = options.SnapshotEvery.TotalSeconds,
            EvaluateSeconds = options.EvaluateEvery.TotalSeconds,
            Choices = choices.All,
        };
    }

    private static bool Mirrored(TrainOptions options, TrainingPack pack, Choices choices)
    {
        if (options.Mirror != "auto")
        {
            choices.Add("mirror", options.Mirror, Choices.Asked);
            return options.Mirror == "on";
        }

        var (mirror, reason) = MirrorTest.Decide(pack.Pictures);
        choices.Add("mirror", mirror ? "on" : "off", reason);
        return mirror;
    }

    private static string[] ClassesOf(TrainOptions options, TrainingPack pack, Choices choices)
    {
        if (options.Labels == "none")
            return [];
        if (pack.Rows.FirstOrDefault(row => row.Folder is null) is { } unknown)
            throw new UsageException($"--labels folder: the pack doesn't say where its picture {unknown.Row} came from. Make it again with: smirk pack");
        var folders = pack.Rows.CountBy(row => row.Folder!).OrderBy(folder => folder.Key, StringComparer.Ordinal).ToArray();
        if (folders.Length < 2)
            throw new UsageException($"--labels folder: all of the pack's pictures lie in {folders[0].Key}; at least 2 folders are needed. Put each class into a folder of its own.");
        choices.Add("labels", string.Join(", ", folders.Select(folder => $"{folder.Key} ({folder.Value})")), "the folders that pictures lie in, and how many of them");
        return [.. folders.Select(folder => folder.Key)];
    }
}
