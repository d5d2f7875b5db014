using System.Globalization;
using Smirk.Files.Exact;
using Smirk.Files.Posix;
using Smirk.Files.Walk;

namespace Smirk.Cli.Commands.Dupes;

/// <summary>How fdupes 2.2 prints, byte for byte, for scripts that read it.</summary>
/// <param name="OmitFirst">-f: all but the first file of a group.</param>
/// <param name="SameLine">-1: a group a line, with \ before spaces and backslashes.</param>
/// <param name="ShowSize">-S: the size before each group; -f leaves it out.</param>
/// <param name="ShowTime">-t: the modification time before each name, in local time.</param>
/// <param name="Summarize">-m: only how many there are.</param>
internal sealed record FdupesOutput(bool OmitFirst, bool SameLine, bool ShowSize, bool ShowTime, bool Summarize)
{
    /// <summary>Prints the groups.</summary>
    public void Write(RawOutput output, IReadOnlyList<DuplicateGroup> groups)
    {
        if (Summarize)
        {
            WriteSummary(output, groups);
            return;
        }

        foreach (var group in groups)
        {
            if (ShowSize && !OmitFirst)
                output.Text($"{group.Keeper.Identity.Size} byte{(group.Keeper.Identity.Size == 1 ? "" : "s")} each:\n");
            foreach (var file in group.Files.Skip(OmitFirst ? 1 : 0))
                WriteFile(output, file);
            output.Text("\n");
        }
    }

    private void WriteFile(RawOutput output, FoundFile file)
    {
        if (ShowTime)
            output.Text(LocalMinute(file.Identity.Modified)).Text(" ");
        if (SameLine)
            output.Bytes(Escaped(file.Path)).Text(" ");
        else
            output.Path(file.Path).Text("\n");
    }

    private static void WriteSummary(RawOutput output, IReadOnlyList<DuplicateGroup> groups)
    {
        if (groups.Count == 0)
        {
            output.Text("No duplicates found.\n\n");
            return;
        }

        var files = groups.Sum(g => g.Members.Count);
        double bytes = groups.Sum(g => g.Members.Sum(m => m.File.Identity.Size));
        var amount = bytes switch
        {
            < 1024 => $"{bytes:F0} bytes.",
            <= 1_000_000 => $"{bytes / 1e3:F1} kilobytes",
            _ => $"{bytes / 1e6:F1} megabytes",
        };
        output.Text($"{files} duplicate files (in {groups.Count} sets), occupying {amount}\n\n");
    }

    private static string LocalMinute(long nanoseconds) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100), TimeZoneInfo.Local)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static byte[] Escaped(RawPath path)
    {
        var escaped = new List<byte>(path.Bytes.Length + 8);
        foreach (var value in path.Bytes)
        {
            if (value is (byte)' ' or (byte)'\\')
                escaped.Add((byte)'\\');
            escaped.Add(value);
        }

        return [.. escaped];
    }
}
