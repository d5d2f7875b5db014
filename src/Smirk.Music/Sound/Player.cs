using Smirk.Music.Midi;

namespace Smirk.Music.Sound;

/// <summary>Tunes as sound: through FluidSynth where it and a soundfont are installed, otherwise through <see cref="Synth"/>.</summary>
public static class Player
{
    /// <summary>The tune as a WAV file, 16 bit, 44.1 kHz.</summary>
    public static byte[] Wav(Tune tune) => FluidSynth.Wav(MidiWriter.Write(tune)) ?? Synth.Wav(tune);
}
