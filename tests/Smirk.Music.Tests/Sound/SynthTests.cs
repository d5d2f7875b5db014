using System.Buffers.Binary;
using Smirk.Music.Midi;
using Smirk.Music.Sound;

namespace Smirk.Music.Tests.Sound;

public sealed class SynthTests
{
    [Fact]
    public void A_note_sounds_at_its_pitch_and_for_as_long_as_it_is_held()
    {
        var wav = Synth.Wav(new Tune(480, [new(0, 960, 69, 100, 0)], [], []));
        Assert.Equal("RIFF"u8.ToArray(), wav[..4]);
        Assert.Equal(wav.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(4)));
        var samples = wav[44..].Chunk(2).Select(pair => BinaryPrimitives.ReadInt16LittleEndian(pair)).ToArray();
        Assert.Equal((int)(1.5 * 44_100), samples.Length);
        Assert.InRange(samples.Max(s => Math.Abs((int)s)), 29_000, 29_500);
        Assert.All(samples[(int)(1.1 * 44_100)..], sample => Assert.Equal(0, sample));

        // The 440 of the A make as many rises through zero a second.
        var rises = Enumerable.Range(1, 44_000).Count(i => samples[i - 1] < 0 && samples[i] >= 0);
        Assert.InRange(rises, 436, 441);
    }

    [Fact]
    public void Silence_is_a_sound_file_too() => Assert.True(Synth.Wav(new Tune(480, [], [], [])).Length > 44);
}
