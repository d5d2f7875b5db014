using Smirk.Music.Midi;

namespace Smirk.Music.Compose;

/// <summary>A pile of made-up tunes as MIDI files.</summary>
public static class TunePile
{
    /// <summary>How many there are where nothing is said: about two thousand windows.</summary>
    public const int Count = 300;

    /// <summary>The files, one after the other, each made when it is asked for.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seedOf">Gives each tune a seed of its own.</param>
    /// <returns>Names such as "blues-0003.mid" and their bytes.</returns>
    public static IEnumerable<(string Name, byte[] Bytes)> Files(int count, Func<int, int> seedOf)
    {
        ArgumentNullException.ThrowIfNull(seedOf);
        for (var i = 0; i < count; i++)
        {
            var form = i % Composer.Forms.Count;
            yield return ($"{Composer.Forms[form]}-{i:00000}.mid", MidiWriter.Write(Composer.Compose(new Random(seedOf(i)), form)));
        }
    }
}
