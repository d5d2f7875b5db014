using Smirk.Gan.Train;
using Smirk.Gan.Train.Planning;
using Smirk.Gan.Upscale;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;

namespace Smirk.Cli.Commands.Make;

/// <summary>Which size <c>make</c> learns where none is asked for: what the pictures allow and the run's length is enough for.</summary>
internal static class MakeSize
{
    /// <summary>Chooses a size and says why.</summary>
    /// <param name="workspace">Where a run may be that was started with the same wishes: that one's size is kept, or running make again
    /// would start anew on a slower day.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="edges">Edges of the pictures in pixels, rising.</param>
    /// <param name="aspect">Their shape.</param>
    /// <param name="screen">Told.</param>
    public static int Choose(
        SmirkWorkspace workspace, TrainOptions options, IReadOnlyList<int> edges, Aspect aspect, Screen screen)
    {
        var recipe = options.Recipe ?? RecipeNames.Auto;
        var sizes = RecipeNames.SizesOf(recipe).Intersect(PackCommand.AutoSizes).ToArray();
        var pictures = SizeChoice.FromPictures(edges, sizes, aspect);
        var choice = SizeBefore(workspace, options, sizes, aspect) ?? (recipe == RecipeNames.Auto
            ? SizeChoice.ForRun(pictures, options, () => MeasuredSpeed.PicturesPerSecond(options))
            : new SizeChoice(Math.Min(pictures.Size, UsualSize), "what this recipe was made for"));
        screen.Say($"make: size {choice.Size}: {choice.Reason}; --size asks for another");
        return choice.Size;
    }

    // The size of the DCGAN paper's and most later ones' first pictures.
    private const int UsualSize = 64;

    private static SizeChoice? SizeBefore(SmirkWorkspace workspace, TrainOptions options, int[] sizes, Aspect aspect)
    {
        if (workspace.Runs.Latest() is not { } run || !File.Exists(run.OptionsPath))
            return null;
        try
        {
            var plan = RecipePlan.Read(run.OptionsPath);
            var same = plan.Recipe == (options.Recipe ?? RecipeNames.Auto)
                && plan.FirstLength == RecipePlanner.LengthOf(options)
                && plan.ShownAspect == aspect
                && sizes.Contains(plan.Size);
            return same ? new SizeChoice(plan.Size, $"as in run {run.Name}, which was to be as long") : null;
        }
        catch (UnusableInputException)
        {
            return null;
        }
    }
}
