using Smirk.Files.Archives;
using Smirk.Gan.Train;

namespace Smirk.Cli.Commands.Tunes;

/// <summary>Sources that hold music instead of pictures.</summary>
internal static class TuneSources
{
    // Folders of tunes have a licence or a list beside them; folders of pictures may have a ringtone.
    private const double MostlyTunes = 0.5;

    /// <summary>Whether a source is a MIDI file, or a folder most of whose files are.</summary>
    public static bool HoldsTunes(string source)
    {
        if (!Directory.Exists(source))
            return MidiArchive.HasMidiName(source);
        var (tunes, all) = (0, 0);
        foreach (var file in Directory.EnumerateFiles(source, "*", new EnumerationOptions { RecurseSubdirectories = true }))
        {
            all++;
            tunes += MidiArchive.HasMidiName(file) ? 1 : 0;
        }

        return tunes > MostlyTunes * all;
    }

    /// <summary>How rolls are trained on where nothing else is asked for: unmirrored, since time runs one way. The rest is decided by the
    /// data: rolls are flat pictures.</summary>
    public static TrainOptions Training(TrainOptions options) => options with { Mirror = options.Mirror ?? "off" };
}
