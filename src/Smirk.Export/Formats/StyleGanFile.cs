using System.Globalization;
using System.Text.Json.Nodes;
using Smirk.Export.Output;

namespace Smirk.Export.Formats;

/// <summary>A ZIP file as NVIDIA's dataset_tool.py makes: stored, 00000/img00000000.png, and dataset.json with the classes.</summary>
internal static class StyleGanFile
{
    /// <summary>Writes it, unless it is there. Returns whether it was written.</summary>
    public static bool Write(ExportRun run)
    {
        var items = run.Plan.Items;
        var key = string.Join('\n', items.Select(i => $"{i.Key} {i.Label}"));
        return OutputFile.Write(run.Options.Output, "stylegan 1\n" + key, add =>
        {
            var labels = new JsonArray();
            var number = 0;
            foreach (var (item, png) in run.Pngs(items))
            {
                var digits = number.ToString("00000000", CultureInfo.InvariantCulture);
                var name = $"{digits[..5]}/img{digits}.png";
                add(name, stream => stream.Write(png));
                labels.Add((JsonNode)new JsonArray(name, run.Plan.ClassOf(item)));
                number++;
            }

            // Its readers take "labels" alone; the names are for whoever reads it back.
            var document = run.Plan.Classes.Count == 0 ? new JsonObject { ["labels"] = null }
                : new JsonObject { ["labels"] = labels, ["label_names"] = new JsonArray([.. run.Plan.Classes.Select(c => (JsonNode)c)]) };
            add("dataset.json", stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString())));
        });
    }
}
