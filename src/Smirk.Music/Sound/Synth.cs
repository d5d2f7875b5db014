using System.Buffers.Binary;
using Smirk.Music.Midi;

namespace Smirk.Music.Sound;

/// <summary>A small additive synthesiser: a plucked tone of six partials that fade, the higher the faster.</summary>
public static class Synth
{
    private const int Rate = 44_100;
    private const int Partials = 6;
    private const double AttackSeconds = 0.004, ReleaseSeconds = 0.08, Tail = 0.5;
    private const double Loudest = 0.9;
    private const double A4 = 440;
    private const int A4Pitch = 69;

    /// <summary>The tune as a WAV file: 16 bit, 44.1 kHz, one channel.</summary>
    public static byte[] Wav(Tune tune)
    {
        ArgumentNullException.ThrowIfNull(tune);
        var tempos = tune.TempoMap;
        var end = tune.Notes.Count == 0 ? 0 : tune.Notes.Max(n => tempos.SecondsAt(n.End));
        var samples = new float[(int)((end + Tail) * Rate)];
        foreach (var note in tune.Notes)
            Sound(samples, tempos.SecondsAt(note.Start), tempos.SecondsAt(note.End), note.Pitch, note.Velocity / 127.0);
        var peak = samples.Length == 0 ? 0 : samples.Max(Math.Abs);
        return Wav(samples, peak > 0 ? Loudest / peak : 0);
    }

    private static void Sound(float[] samples, double start, double end, int pitch, double loudness)
    {
        var frequency = A4 * Math.Pow(2, (pitch - A4Pitch) / 12.0);
        var (first, last) = ((int)(start * Rate), Math.Min(samples.Length, (int)((end + ReleaseSeconds) * Rate)));
        for (var partial = 1; partial <= Partials && partial * frequency < Rate / 2; partial++)
        {
            var (step, weight, fade) = (2 * Math.PI * partial * frequency / Rate, loudness / (partial * partial), 1.2 * partial / Rate);
            for (var i = first; i < last; i++)
            {
                var at = (i - first) / (double)Rate;
                var envelope = Math.Min(1, at / AttackSeconds) * Math.Exp(-fade * (i - first))
                    * Math.Clamp((end + ReleaseSeconds - start - at) / ReleaseSeconds, 0, 1);
                samples[i] += (float)(weight * envelope * Math.Sin(step * (i - first)));
            }
        }
    }

    private static byte[] Wav(float[] samples, double gain)
    {
        const int Header = 44;
        var file = new byte[Header + (samples.Length * 2)];
        var header = file.AsSpan();
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1); // channels
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2); // bytes a frame
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16); // bits
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], samples.Length * 2);
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(header[(Header + (i * 2))..], (short)(samples[i] * gain * short.MaxValue));
        return file;
    }
}
