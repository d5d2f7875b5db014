using System.Text.Json.Serialization;

namespace Smirk.Gan.Train.Planning;

/// <summary>Why a setting has its value. Stored by name; the sentences are in <see cref="Reasons"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Reason>))]
public enum Reason
{
    /// <summary>The person asked for it.</summary>
    Asked,

    /// <summary>The person asked for it when the run was resumed.</summary>
    AskedOnResume,

    /// <summary>The default, with nothing to weigh.</summary>
    Usual,

    /// <summary>Part of the recipe.</summary>
    Recipe,

    /// <summary>As DCGAN-tensorflow has it.</summary>
    Original,

    /// <summary>DCGAN-tensorflow holds nothing out.</summary>
    OriginalLearnsFromAll,

    /// <summary>libtorch has CUDA.</summary>
    CudaFound,

    /// <summary>libtorch has no CUDA.</summary>
    NoCuda,

    /// <summary>Results are the same in every run.</summary>
    Repeatable,

    /// <summary>As fast as the machine is at the moment.</summary>
    Fastest,

    /// <summary>What the pack holds.</summary>
    PackHolds,

    /// <summary>A GPU has room for more channels.</summary>
    RoomOnGpu,

    /// <summary>What a CPU can train in minutes.</summary>
    MinutesOnCpu,

    /// <summary>Keeps a GPU busy.</summary>
    GpuBusy,

    /// <summary>Many small steps.</summary>
    SmallSteps,

    /// <summary>Pictures are augmented as far as D would win otherwise.</summary>
    AsFarAsNeeded,

    /// <summary>Augmentation is the same for the whole run.</summary>
    AlwaysTheSame,

    /// <summary>The person said how pictures are augmented.</summary>
    AugmentedAsAsked,

    /// <summary>Too few pictures to show D unchanged.</summary>
    FewPictures,

    /// <summary>So many pictures that none is learnt by heart.</summary>
    ManyPictures,

    /// <summary>Flat pictures: D would tell them by their areas of one value.</summary>
    FlatPictures,

    /// <summary>The person said that pictures are flat.</summary>
    FlatAsSaid,

    /// <summary>The person said that pictures are shaded.</summary>
    ShadedAsSaid,

    /// <summary>Piano rolls are the flattest pictures there are.</summary>
    PianoRolls,

    /// <summary>Music isn't mirrored.</summary>
    TimeRunsOneWay,

    /// <summary>Enough for a dataset of this size.</summary>
    Enough,

    /// <summary>The latent enters at every level.</summary>
    LatentAtEveryLevel,

    /// <summary>Neighbouring places of small maps agree.</summary>
    NeighboursAgree,

    /// <summary>Flat pictures lose variety where maps are refined.</summary>
    VarietyOfFlat,

    /// <summary>Flat pictures have areas of quite black and quite white.</summary>
    WhiteIsWhite,

    /// <summary>Pictures with classes are learnt no better by it.</summary>
    ClassesDoWithout,

    /// <summary>Shaded pictures have few such areas.</summary>
    NoFlatAreas,

    /// <summary>D sees whether far parts go together.</summary>
    FarPartsTogether,

    /// <summary>The best of three.</summary>
    BestOfThree,

    /// <summary>Grows with the number of pixels.</summary>
    GrowsWithPixels,

    /// <summary>Notes begin and end at once, which D would soon tell by.</summary>
    NotesAreSteps,

    /// <summary>Fewer steps with a penalty.</summary>
    CheaperPenalty,

    /// <summary>A strong penalty now and then upsets what it should steady.</summary>
    NothingInBetween,

    /// <summary>No jump that D and G don't recover from.</summary>
    NoJumps,

    /// <summary>Between stale weights and noise.</summary>
    BetweenStaleAndNoise,

    /// <summary>Left and right look alike.</summary>
    SidesAlike,

    /// <summary>Left and right differ.</summary>
    SidesDiffer,

    /// <summary>To measure on.</summary>
    ToMeasureOn,

    /// <summary>Small pictures are learnt fast, and enlarged.</summary>
    LearntFast,

    /// <summary>A smaller roll would have two pitches in a row.</summary>
    PitchIsARow,

    /// <summary>A third of the time.</summary>
    ThirdOfTime,

    /// <summary>Processes that train together share it equally.</summary>
    SharedBatch,
}

/// <summary>Says reasons as sentences.</summary>
public static class Reasons
{
    /// <summary>The sentence for <paramref name="reason"/>.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="with">What it speaks of.</param>
    public static string InWords(Reason reason, IReadOnlyDictionary<string, string> with)
    {
        return reason switch
        {
            Reason.Asked => "asked for",
            Reason.AskedOnResume => "asked for on resume",
            Reason.Usual => "the default",
            Reason.Recipe => "part of the recipe",
            Reason.Original => "as in the original",
            Reason.OriginalLearnsFromAll => "the original trains on every picture",
            Reason.CudaFound => $"libtorch has CUDA: {Of("gpu")}",
            Reason.NoCuda => "libtorch has no CUDA device",
            Reason.Repeatable => "a fixed number, so that the run can be repeated bit for bit",
            Reason.Fastest => "as many as are fastest beside what else the machine does, found anew all the time",
            Reason.PackHolds => $"what the pack holds: {Of("size")}×{Of("size")}, {Of("colours")}"
                + (with.TryGetValue("aspect", out var aspect) ? $", squeezed from {aspect}" : ""),
            Reason.RoomOnGpu => "a GPU has room for twice the channels",
            Reason.MinutesOnCpu => "what a CPU can train in minutes",
            Reason.GpuBusy => "keeps a GPU busy",
            Reason.SmallSteps =>
                "many small steps: twice as many as with 32 in seven eighths of the pictures, and a better result (docs/recipes.md)",
            Reason.AsFarAsNeeded =>
                "more pictures are augmented while D tells real from generated ones easily, fewer while it has to guess: flat "
                    + "pictures with classes are learnt better without (docs/recipes.md)",
            Reason.AlwaysTheSame => "pictures are augmented alike, whatever D makes of them",
            Reason.AugmentedAsAsked => "all pictures, as --augment says",
            Reason.FewPictures =>
                $"{Of("pictures")} pictures are too few to show D unchanged; colours change half as much as in DiffAugment, and not at "
                    + "all in the last quarter, or G gets them wrong unseen",
            Reason.ManyPictures => $"{Of("pictures")} pictures are so many that none is learnt by heart, and D sees them as they are",
            Reason.FlatPictures =>
                $"{Of("same")} of neighbouring pixels are the same (half and more is flat): D sees both sides with noise that fades, or it "
                    + "would know real ones by their areas of one value; the rest as for other pictures",
            Reason.FlatAsSaid => "pictures are flat, as --look says: D sees both sides with noise that fades",
            Reason.ShadedAsSaid => "pictures are shaded, as --look says",
            Reason.PianoRolls => "piano rolls: moved, a note would be another note at another time (docs/jazz.md)",
            Reason.TimeRunsOneWay => "piano rolls: played backwards they are no music",
            Reason.Enough => "enough for any dataset of this size",
            Reason.LatentAtEveryLevel =>
                "self-modulation: the latent weighs the channels at every level of G, so that what belongs together (both eyes, all of "
                    + "the hair) is decided once for the whole picture (docs/recipes.md)",
            Reason.NeighboursAgree =>
                "a second convolution where maps are small lets neighbouring places agree: nearly every face has two eyes alike, instead "
                    + "of fewer than half (docs/recipes.md)",
            Reason.VarietyOfFlat => "flat pictures lose variety where small maps are refined (docs/recipes.md)",
            Reason.WhiteIsWhite =>
                "flat pictures have areas of quite black and quite white, which tanh never reaches, and D would tell them by that "
                    + "(docs/recipes.md)",
            Reason.ClassesDoWithout => "flat pictures with classes came out no better with clipped black and white (docs/recipes.md)",
            Reason.NoFlatAreas => "shaded pictures have few areas of quite black or quite white",
            Reason.FarPartsTogether =>
                "D sees from the start whether a picture's far parts go together: halves the distance to real pictures (docs/recipes.md)",
            Reason.BestOfThree => "the best of three at 64 pixels: six times DCGAN's rate reaches far more of the pictures in the same "
                + "time (docs/recipes.md)",
            Reason.GrowsWithPixels => "what worked at 64 pixels, growing with the number of pixels",
            Reason.NotesAreSteps => "forty times other pictures': notes begin and end from one value to the next, and D soon tells rolls "
                + "by how exactly they do (docs/jazz.md)",
            Reason.CheaperPenalty => "one step in eight takes 1.6 times as long, instead of every step",
            Reason.NothingInBetween =>
                "so strong a penalty now and then, eight times at once, threw D and G off (docs/jazz.md)",
            Reason.NoJumps => "without it D jumped in one run, and G collapsed; clipped, the same run went through (docs/jazz.md)",
            Reason.BetweenStaleAndNoise => "a longer half-life averages in stale weights, a shorter one tracks noise",
            Reason.SidesAlike =>
                $"left and right look alike (asymmetry {Of("asymmetry")} of the spread, limit {Of("limit")}): mirrored pictures double "
                    + "the dataset",
            Reason.SidesDiffer => $"left and right differ (asymmetry {Of("asymmetry")} of the spread, limit {Of("limit")})",
            Reason.PitchIsARow => "all of the roll: in a smaller one two pitches would share a row",
            Reason.LearntFast => $"learnt in a fraction of the time of {Of("size")}; an upsampler that learns from crops does the rest",
            Reason.ThirdOfTime => "the end of the run, for the upsampler: a third of the time, a seventh of the pictures",
            Reason.SharedBatch => $"{Of("processes")} processes share it equally",
            Reason.ToMeasureOn => "to measure on; at least 64 pictures where that is no more than a quarter of them",
            _ => "",
        };

        string Of(string name) => with.GetValueOrDefault(name, "?");
    }
}
