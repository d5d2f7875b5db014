using Smirk.Files.Strip;
using Smirk.Files.Strip.Report;

namespace Smirk.Cli.Commands.Strip;

/// <summary>What <c>strip</c> tells a person: per file what it carries, or what went; at the end the sums.</summary>
internal static class StripReport
{
    /// <summary>Prints it. Clean files are only counted; refused ones were warned about.</summary>
    public static void Print(StripResult result, StripStageOptions options, Screen screen)
    {
        foreach (var file in result.Files.Where(f => f.Status == StripStatus.Stripped))
        {
            if (file.Carried is not null || options.DryRun)
                Print(file, screen);
        }

        var stripped = result.Count(StripStatus.Stripped);
        screen.Say(
            $"{stripped} {(options.Writes ? "stripped" : stripped == 1 ? "carries metadata" : "carry metadata")} "
                + $"({ByteSizes.Short(result.BytesRemoved)}), {result.Count(StripStatus.Clean)} clean");
        if (stripped > 0 && options is { InPlace: false, Output: null })
            screen.Say("Nothing was written. -o DIR writes stripped copies, --in-place replaces the files.");
    }

    private static void Print(StrippedFile file, Screen screen)
    {
        screen.Say(file.Path.ToString());
        foreach (var (label, value) in Lines(file.Carried ?? new CarriedMetadata()))
            screen.Say($"    {label,-10} {value}");
        screen.Say(
            $"    {"total",-10} {string.Join(", ", file.Removed.Select(r => r.Name))}: "
                + $"{ByteSizes.Short(file.BytesBefore - file.BytesAfter)}");
    }

    private static IEnumerable<(string Label, string Value)> Lines(CarriedMetadata carried)
    {
        if (carried.Camera is { } camera)
            yield return ("camera", camera);
        if (carried.Lens is { } lens)
            yield return ("lens", lens);
        if (carried.SerialNumber is { } serial)
            yield return ("serial", serial);
        if (carried.Taken is { } taken)
            yield return ("taken", taken);
        if (carried.Position is { } position)
            yield return ("position", $"{position.Latitude:0.#####}, {position.Longitude:0.#####}");
        if (carried.Software is { } software)
            yield return ("software", software);
        if (carried.Author is { } author)
            yield return ("author", author);
        foreach (var origin in carried.Origins)
            yield return ("origin", origin);
        foreach (var comment in carried.Comments)
            yield return ("comment", comment);
        if (carried.Thumbnail)
            yield return ("thumbnail", "a small preview, which may show what was cropped away");
        if (carried.C2pa)
            yield return ("C2PA", "signed record of who made or edited it");
        if (carried.GainMap)
            yield return ("gain map", "stays without its metadata: it is the picture on HDR screens; --drop gainmap removes it");
        if (carried.Motion > 0)
            yield return ("motion", $"{ByteSizes.Short(carried.Motion)} of video with sound goes; --keep motion keeps it without metadata");
        if (carried.BytesAfterEnd > 0)
            yield return ("after end", $"{ByteSizes.Short(carried.BytesAfterEnd)} after the end of the picture");
    }
}
