using Smirk.Music.Midi;
using Smirk.Music.Rolls;

namespace Smirk.Files.Archives;

/// <summary>An archive whose MIDI files are cut into windows: "jazz.zip" has the members "blues.mid!0003 4-4 125bpm.png".</summary>
/// <param name="archive">The archive as it is.</param>
/// <param name="how">How tunes are cut.</param>
internal sealed class TunesInside(Archive archive, RollCut how) : Archive
{
    /// <inheritdoc/>
    public override IEnumerable<ArchiveMember> Members(
        ArchiveLimits limits, Action<long>? unpacked = null, CancellationToken cancel = default)
    {
        foreach (var member in archive.Members(limits, unpacked, cancel))
        {
            if (member.Read is null || !MidiArchive.HasMidiName(member.Name))
            {
                yield return member;
                continue;
            }

            foreach (var window in Windows(member))
            {
                cancel.ThrowIfCancellationRequested();
                yield return window;
            }
        }
    }

    private IEnumerable<ArchiveMember> Windows(ArchiveMember tune)
    {
        try
        {
            var bytes = tune.Read!();
            return MidiReader.Begins(bytes) ? MidiArchive.WindowsOf(tune, bytes, how) : [tune with { Read = () => bytes }];
        }
        catch (Exception error) when (ArchiveKinds.IsDamage(error))
        {
            return [tune with { Refusal = ArchiveKinds.Reason(error), Read = null }];
        }
    }
}
