using Smirk.Music.Midi;

namespace Smirk.Music.Rolls;

/// <summary>Finds a tune's key by how long each pitch class sounds in it.</summary>
public static class KeyFinder
{
    private const int Octave = 12;

    // Pieces of one key in all twelve would be twelve times as much to learn.
    private const int MostUp = 5;

    // What decides between scales that hold the same notes, as those of a tune of five notes do: the chords on the first steps of the major
    // scale and of its relative minor.
    private const double ByTonic = 0.05;

    private static readonly int[] Major = [0, 2, 4, 5, 7, 9, 11];
    private static readonly int[] Tonics = [0, 4, 7, 9];

    /// <summary>By how many semitones a tune is moved into C major, or into A minor, which has the same notes: −6…5.</summary>
    /// <param name="notes">All of the tune's but drums'.</param>
    /// <returns>0 where there are no notes.</returns>
    public static int SemitonesToC(IEnumerable<Note> notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        var sounds = new double[Octave];
        foreach (var note in notes)
            sounds[note.Pitch % Octave] += note.End - note.Start;
        var key = Enumerable.Range(0, Octave).MaxBy(key => Share(Major, key) + (ByTonic * Share(Tonics, key)));
        return Octave - key <= MostUp ? Octave - key : -key;

        double Share(int[] steps, int key) => steps.Sum(step => sounds[(key + step) % Octave]);
    }
}
