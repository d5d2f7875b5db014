using Smirk.Files.Archives;

namespace Smirk.Cli.Commands.Tunes;

/// <summary>Sources that hold music instead of pictures.</summary>
internal static class TuneSources
{
    // Folders of tunes have a licence or a list beside them; folders of pictures may have a ringtone.
    private const double MostlyTunes = 0.5;

    // Members of an archive that are looked at: a large one would have to be unpacked for it.
    private const int MembersLookedAt = 200;

    /// <summary>Whether a source is a MIDI file, or a folder or an archive most of whose files are.</summary>
    public static bool HoldsTunes(string source)
    {
        if (Directory.Exists(source))
            return AreTunes(Directory.EnumerateFiles(source, "*", new EnumerationOptions { RecurseSubdirectories = true }));
        if (MidiArchive.HasMidiName(source))
            return true;
        return ArchiveKinds.HasArchiveName(source) && ArchiveKinds.Open(source) is { } archive
            && AreTunes(archive.Members(new ArchiveLimits()).Take(MembersLookedAt).Where(member => member is not ArchiveDamage)
                .Select(member => MidiArchive.TuneOf(member.Name) ?? member.Name).Distinct());
    }

    private static bool AreTunes(IEnumerable<string> files)
    {
        var (tunes, all) = (0, 0);
        foreach (var file in files)
        {
            all++;
            tunes += MidiArchive.HasMidiName(file) ? 1 : 0;
        }

        return tunes > MostlyTunes * all;
    }
}
