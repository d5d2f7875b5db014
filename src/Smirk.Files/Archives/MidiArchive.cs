using Smirk.Imaging;
using Smirk.Imaging.Writing;
using Smirk.Music.Midi;
using Smirk.Music.Rolls;

namespace Smirk.Files.Archives;

/// <summary>A MIDI file as an archive of pictures: each member is a window of it as a piano roll.</summary>
/// <param name="path">The file.</param>
/// <param name="how">How it is cut.</param>
public sealed class MidiArchive(string path, RollCut how) : Archive
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

        foreach (var window in windows)
        {
            cancel.ThrowIfCancellationRequested();
            yield return MemberOf(window, window.Name, File.GetLastWriteTimeUtc(path).Ticks);
        }
    }

    /// <summary>The windows of a tune that is a member of another archive, named after it; the member itself, refused, where it is
    /// none.</summary>
    internal static IEnumerable<ArchiveMember> WindowsOf(ArchiveMember tune, byte[] bytes, RollCut how)
    {
        var (windows, refusal) = Cut(bytes, how);
        return refusal is not null ? [tune with { Refusal = refusal, Read = null }]
            : windows.Select(window => MemberOf(window, $"{tune.Name}!{window.Name}", tune.ModifiedTicks));
    }

    private static ArchiveMember MemberOf(RollWindow window, string name, long modified)
    {
        var shape = window.Cut.Shape;
        var png = PictureWriter.Png(new Picture(shape.Size, shape.Size, RollPixels.ToRgb(window.Roll, shape)));
        return new ArchiveMember(name, png.Length, modified, null, () => png);
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

            var (windows, refusal) = Cut(BoundedReader.ReadExactly(file, file.Length), how);
            return (windows, refusal is null ? null : new ArchiveDamage(refusal));
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return ([], new ArchiveDamage(ArchiveKinds.Reason(error)));
        }

        static (IReadOnlyList<RollWindow>, ArchiveDamage?) Damaged(ArchiveFault fault, string words) =>
            ([], new ArchiveDamage(new ArchiveRefusal(fault, words)));
    }

    private static (IReadOnlyList<RollWindow> Windows, ArchiveRefusal? Refusal) Cut(byte[] bytes, RollCut how)
    {
        try
        {
            return (RollCutter.Cut(MidiReader.Read(bytes), how).Windows, null);
        }
        catch (UnusableTuneException error)
        {
            return ([], new ArchiveRefusal(error is NoRollException ? ArchiveFault.NoPicture : ArchiveFault.Damaged, error.Message));
        }
    }
}
