using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Smirk.Gan.Train.Planning;
using Smirk.Studio.Hosting;
using Smirk.Workspace;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Runs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Studio.Runs;

/// <summary>The runs room: what was trained, what is being trained, and asking for it.</summary>
internal static class RunsEndpoints
{
    /// <summary>Adds the endpoints.</summary>
    public static void MapRuns(
        this IEndpointRouteBuilder routes, SmirkWorkspace workspace, StudioOptions options, CancellationToken stopping)
    {
        var trainings = new Trainings(workspace, options, stopping);
        var room = new RunsRoom(workspace, trainings, new MachineLoad(workspace.Time));
        var runs = routes.MapGroup("/api/runs");
        runs.MapGet("", () => room.List());
        runs.MapGet("/{number:int}", (int number) => room.Whole(number));
        runs.MapGet("/{number:int}/grids/{name}", (int number, string name, HttpContext context) =>
        {
            // The page names the version of the file, so that sliding through time asks for each grid once.
            context.Response.Headers.CacheControl = "private, max-age=86400";
            return Results.Bytes(room.Of(number).Grid(name), "image/png");
        });
        runs.MapGet("/events", (string? watch, HttpContext context) =>
            TypedResults.ServerSentEvents(room.Follow(watch, StreamEnd.Of(context, stopping))));
        runs.MapGet("/choices", () => new TrainingChoices(Packs(workspace), Options()));
        runs.MapPost("/plan", (TrainingOrder order, HttpContext context) => trainings.Plan(order, context.RequestAborted));
        runs.MapPost("/start", async (TrainingOrder order) => new TrainingStarted(await trainings.Start(order)));
        runs.MapPost("/{number:int}/stop", (int number) => Ask(number, RunRequest.Stop));
        runs.MapPost("/{number:int}/snapshot", (int number) => Ask(number, RunRequest.Snapshot));
        runs.MapPost("/{number:int}/note", (int number, NoteOrder note) =>
            new RunNote(note.Name?.Trim() ?? "", note.Notes ?? "").Write(room.Of(number).Folder));
        runs.MapGet("/{number:int}/contents", (int number) => room.Of(number).Contents());
        runs.MapPost("/{number:int}/delete", (int number, DeleteOrder order) => room.Delete(number, order.Folder));

        void Ask(int number, RunRequest what) => new RunRequests(room.Of(number).Folder).Ask(what);
    }

    private static IReadOnlyList<PackChoice> Packs(SmirkWorkspace workspace)
    {
        var packs = new List<PackChoice>();
        foreach (var size in RecipeNames.SizesOf(RecipeNames.Auto).Where(size => PackFolder.Exists(workspace.PackFolder(size))))
        {
            try
            {
                using var file = SafetensorsFile.Open(Path.Combine(workspace.PackFolder(size), PackFolder.Pixels));
                packs.Add(new PackChoice(
                    size, file.Metadata.GetValueOrDefault(PackFolder.AspectKey), (int)file[PackFolder.TensorName].Shape[0]));
            }
            catch (UnusableInputException)
            {
                // It is being made, or was cut short: nothing to train on.
            }
        }

        return packs;
    }

    private static IReadOnlyList<OptionChoice> Options() => [.. TrainOptionTable.All.Select(option =>
        new OptionChoice(option.Name, option.Help, option.HelpName, option.IsFlag, option.ChangesOnResume, option.Recipes))];
}
