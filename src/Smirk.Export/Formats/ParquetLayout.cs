using System.Globalization;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Schema;
using Smirk.Export.Output;
using Smirk.Export.Plan;

namespace Smirk.Export.Formats;

/// <summary>Parquet as Hugging Face's datasets write it: data/train-00000.parquet with the pictures in them, and the features under the
/// schema's key "huggingface".</summary>
internal static class ParquetLayout
{
    // Readers take a group at a time into memory; the Hub's viewer wants small ones.
    private const int RowsPerGroup = 100;

    /// <summary>Writes it.</summary>
    public static void Write(ExportRun run, OutputTree tree)
    {
        var columns = Columns.Of(run.Plan.Items);
        foreach (var (part, items) in run.Plan.Parts)
        {
            foreach (var (number, shard) in Shards.Of(items, run.Options.ShardBytes).Index())
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"data/{part}-{number:00000}.parquet");
                var key = Shards.KeyOf(shard, run.Plan, columns, "parquet 1");
                if (tree.IsThere(name, key))
                    run.Advance(shard.Count);
                else
                    tree.PutStream(name, key, stream => Fill(stream, run, shard, columns).GetAwaiter().GetResult());
            }
        }
    }

    private static async Task Fill(Stream stream, ExportRun run, IReadOnlyList<ExportItem> shard, Columns columns)
    {
        var texts = TextColumns(columns);
        var (bytes, path) = (new DataField<byte[]>("bytes"), new DataField<string>("path"));
        var label = new DataField<long>("label");
        var fields = texts.Select(t => (Field: new DataField<string>(t.Name), t.Of)).ToList();
        Field[] all = [new StructField("image", bytes, path), .. run.Plan.Classes.Count > 0 ? [label] : Array.Empty<Field>(),
            .. fields.Select(f => (Field)f.Field)];
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.None };
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(all), stream, options).ConfigureAwait(false);
        writer.CustomMetadata = new Dictionary<string, string> { ["huggingface"] = Features(run.Plan, texts) };
        foreach (var rows in run.Pngs(shard).Chunk(RowsPerGroup))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(bytes, [.. rows.Select(r => r.Png)]).ConfigureAwait(false);
            await group.WriteAsync(path, [.. rows.Select(r => r.Item.Name + ".png")]).ConfigureAwait(false);
            if (run.Plan.Classes.Count > 0)
                await group.WriteAsync<long>(label, rows.Select(r => (long)run.Plan.ClassOf(r.Item)).ToArray()).ConfigureAwait(false);
            foreach (var (field, of) in fields)
                await group.WriteAsync(field, [.. rows.Select(r => of(r.Item) ?? "")]).ConfigureAwait(false);
        }
    }

    private static List<(string Name, Func<ExportItem, string?> Of)> TextColumns(Columns columns)
    {
        var texts = new List<(string, Func<ExportItem, string?>)>();
        if (columns.Text)
            texts.Add(("text", item => item.Text));
        if (columns.Boxes)
            texts.Add(("objects", ItemJson.Boxes));
        texts.Add(("source", item => item.Source));
        if (columns.Author)
            texts.Add(("author", item => item.Author));
        if (columns.License)
            texts.Add(("license", item => item.License));
        texts.Add(("sha256", item => item.Picture.Sha256));
        return texts;
    }

    private static string Features(ExportPlan plan, List<(string Name, Func<ExportItem, string?> Of)> texts)
    {
        var features = new JsonObject { ["image"] = new JsonObject { ["_type"] = "Image" } };
        if (plan.Classes.Count > 0)
        {
            features["label"] = new JsonObject
            {
                ["names"] = new JsonArray([.. plan.Classes.Select(c => (JsonNode)c)]),
                ["_type"] = "ClassLabel",
            };
        }

        foreach (var (name, _) in texts)
            features[name] = new JsonObject { ["dtype"] = "string", ["_type"] = "Value" };
        return new JsonObject { ["info"] = new JsonObject { ["features"] = features } }.ToJsonString();
    }
}
