using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Smirk.Gan.Explore;
using Smirk.Gan.Report;
using Smirk.Gan.Train.Snapshots;
using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Music.Rolls;
using Smirk.Share.Page;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Pages;

namespace Smirk.Cli.Commands.Tunes;

/// <summary>The report's tunes: samples drawn as a person reads them, each with a button that plays it.</summary>
internal static class TunePanel
{
    private const int Tunes = 12;
    private const int Factor = 2;

    private const string Style = """
        .tunes { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(24rem, 100%), 1fr)); gap: 1.2rem; }
        .tune { margin: 0; } .tune img { width: 100%; display: block; border-radius: .4rem; }
        .tune div { position: relative; overflow: hidden; border-radius: .4rem; }
        .tune button { font: inherit; margin-top: .4rem; padding: .25rem .8rem; color: inherit; background: none; cursor: pointer;
          border: 1px solid var(--line); border-radius: .4rem; }
        .playhead { position: absolute; inset: 0 auto; width: 2px; background: var(--accent); }
        """;

    /// <summary>The panel; nothing for a generator of other pictures.</summary>
    /// <param name="snapshot">The snapshot's file.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<ReportPanel> Of(string snapshot, CancellationToken cancel)
    {
        var plan = Snapshot.ReadPlan(snapshot);
        if (plan.Roll is not { } ruled || RollShape.OfSize(plan.Size) is not { } shape)
            return [];
        using var session = GeneratorSession.Open(snapshot);
        var html = new StringBuilder($"<style>{Style}</style><p class=\"dim\">Time runs to the right, high notes are on top, and a darker "
            + $"line begins a bar. Played at {ruled.Tempo} quarters a minute, the pile's own tempo.</p><div class=\"tunes\">");
        foreach (var (i, made) in session.Generate(session.Draw(Tunes, seed: 0), cancel: cancel).Index())
        {
            var drawn = session.Shown(made.Rgb, Factor);
            var png = PictureWriter.Png(new Picture(drawn.Width, drawn.Height, drawn.Rgb));
            var notes = RollPixels.FromRgb(made.Rgb, shape).Notes(TuneOutput.ShortestNote);
            var facts = new TuneFacts(session.Size, ruled, [.. notes.Select(n => (int[])[n.Start, n.End, n.Pitch])]);
            var json = HtmlPage.Text(JsonSerializer.Serialize(facts, TuneJson.Default.TuneFacts));
            html.Append($"<figure class=\"tune\" data-tune=\"{json}\"><div>{HtmlPage.Image(png, "png", $"Tune {i + 1}")}")
                .Append("<i class=\"playhead\" hidden></i></div>")
                .Append($"<button type=\"button\" aria-label=\"Play tune {i + 1}\" hidden>▶ Play</button></figure>");
        }

        html.Append($"</div><script>{TuneScript.Text}</script>");
        return [new ReportPanel("Tunes", html.ToString())];
    }
}

/// <summary>What the report's script plays.</summary>
/// <param name="Size">Edge of the roll in pixels.</param>
/// <param name="Ruled">How it is played.</param>
/// <param name="Notes">Start, end and pitch of each.</param>
internal sealed record TuneFacts(int Size, PackRoll Ruled, IReadOnlyList<int[]> Notes);

[JsonSerializable(typeof(TuneFacts))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class TuneJson : JsonSerializerContext;
