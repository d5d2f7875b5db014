using System.Formats.Tar;
using System.Globalization;
using System.Text;
using Smirk.Export.Output;
using Smirk.Export.Plan;

namespace Smirk.Export.Formats;

/// <summary>Tar shards: key.png, key.txt, key.cls and key.json of each picture side by side, keys without dots. With a validation part
/// there is a folder a part.</summary>
internal static class WebDatasetLayout
{
    /// <summary>Writes it.</summary>
    public static void Write(ExportRun run, OutputTree tree)
    {
        var columns = Columns.Of(run.Plan.Items);
        var isSplit = run.Plan.Items.Any(i => i.IsValidation);
        foreach (var (part, items) in run.Plan.Parts)
        {
            foreach (var (number, shard) in Shards.Of(items, run.Options.ShardBytes).Index())
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{(isSplit ? part + "/" : "")}shard-{number:000000}.tar");
                var key = Shards.KeyOf(shard, run.Plan, columns, "webdataset 1");
                if (tree.IsThere(name, key))
                    run.Advance(shard.Count);
                else
                    tree.PutStream(name, key, stream => Fill(stream, run, shard, columns));
            }
        }
    }

    private static void Fill(Stream stream, ExportRun run, IReadOnlyList<ExportItem> shard, Columns columns)
    {
        using var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var (item, png) in run.Pngs(shard))
        {
            Add(item.Name + ".png", png);
            if (item.Text is not null)
                Add(item.Name + ".txt", Encoding.UTF8.GetBytes(item.Text));
            if (item.Label is not null)
                Add(item.Name + ".cls", Encoding.ASCII.GetBytes(run.Plan.ClassOf(item).ToString(CultureInfo.InvariantCulture)));
            Add(item.Name + ".json", Encoding.UTF8.GetBytes(ItemJson.Line(item, null, columns)));
        }

        // No time of writing: the same pictures give the same bytes.
        void Add(string name, byte[] bytes) => tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            ModificationTime = DateTimeOffset.UnixEpoch,
            DataStream = new MemoryStream(bytes),
        });
    }
}
