using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;

namespace Smirk.Files.Archives;

/// <summary>A MIDI file as an archive of pictures: each member is a piano roll of four bars, 64 × 64 pixels.</summary>
/// <param name="path">The file.</param>
public sealed class MidiArchive(string path) : Archive
{
    private static readonly string[] Endings = [".mid", ".midi"];

    /// <summary>Whether the name is a MIDI file's.</summary>
    public static bool HasMidiName(string path) => Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>The tune's path where <paramref name="path"/> is a window's, "a.mid!0000 4-4 120bpm.png"; null for all others.</summary>
    public static string? TuneOf(string path) =>
        path.LastIndexOf('!') is > 0 and var cut && HasMidiName(path[..cut]) ? path[..cut] : null;

    /// <inheritdoc/>
    public override IEnumerable<ArchiveMember> Members(
        ArchiveLimits limits, Action<long>? unpacked = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var (windows, damage) = Cut(limits);
        if (damage is not null)
        {
            yield return damage;
            yield break;
        }

        var modified = File.GetLastWriteTimeUtc(path).Ticks;
        foreach (var window in windows)
        {
            cancel.ThrowIfCancellationRequested();
            var png = PictureWriter.Png(new Picture(RollPixels.Size, RollPixels.Size, RollPixels.ToRgb(window.Roll)));
            yield return new ArchiveMember(window.Name, png.Length, modified, null, () => png);
        }
    }

    private (IReadOnlyList<RollWindow> Windows, ArchiveDamage? Damage) Cut(ArchiveLimits limits)
    {
        using var file = ArchiveKinds.OpenFile(path, out var gone);
        if (file is null)
            return ([], gone);
        try
        {
            if (file.Length > limits.MaxMemberBytes)
            {
                return Damaged(
                    ArchiveFault.TooLarge, $"too large: a MIDI file of {file.Length} bytes, at most {limits.MaxMemberBytes} are read");
            }

            return (RollCutter.Cut(MidiReader.Read(BoundedReader.ReadExactly(file, file.Length))).Windows, null);
        }
        catch (UnusableTuneException error)
        {
            return Damaged(error is NoRollException ? ArchiveFault.NoPicture : ArchiveFault.Damaged, error.Message);
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return ([], new ArchiveDamage(ArchiveKinds.Reason(error)));
        }

        static (IReadOnlyList<RollWindow>, ArchiveDamage?) Damaged(ArchiveFault fault, string words) =>
            ([], new ArchiveDamage(new ArchiveRefusal(fault, words)));
    }
}
