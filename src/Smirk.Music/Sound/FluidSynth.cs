using System.ComponentModel;
using System.Diagnostics;

namespace Smirk.Music.Sound;

/// <summary>The FluidSynth program: recorded instruments from a soundfont.</summary>
public static class FluidSynth
{
    private static readonly string[] FontFolders = ["/usr/share/sounds/sf2", "/usr/share/soundfonts", "/usr/share/sounds/sf3"];

    // A minute of music takes it a second.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The first soundfont that is installed; null for none.</summary>
    public static string? Font => FontFolders.Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*.sf?").Order(StringComparer.Ordinal)).FirstOrDefault();

    /// <summary>A MIDI file as a WAV file; null where the program or a soundfont is missing, or it fails.</summary>
    public static byte[]? Wav(byte[] midi)
    {
        if (Font is not { } font)
            return null;
        var folder = Directory.CreateTempSubdirectory("smirk-");
        try
        {
            var (tune, wav) = (Path.Combine(folder.FullName, "tune.mid"), Path.Combine(folder.FullName, "tune.wav"));
            File.WriteAllBytes(tune, midi);
            return Run(["-ni", "-q", "-g", "0.6", "-r", "44100", "-T", "wav", "-F", wav, font, tune]) && File.Exists(wav)
                ? File.ReadAllBytes(wav) : null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool Run(string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("fluidsynth", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            });
            if (process is null)
                return false;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(Patience))
                return process.ExitCode == 0;
            process.Kill();
            return false;
        }
        catch (Win32Exception)
        {
            // It isn't installed.
            return false;
        }
    }
}
