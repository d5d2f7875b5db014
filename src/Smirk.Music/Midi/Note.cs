namespace Smirk.Music.Midi;

/// <summary>A note that sounds.</summary>
/// <param name="Start">Its onset, in ticks from the beginning.</param>
/// <param name="End">Where it is released, in ticks; never before <paramref name="Start"/>.</param>
/// <param name="Pitch">MIDI number, 0 to 127; 60 is the middle C.</param>
/// <param name="Velocity">1 to 127.</param>
/// <param name="Channel">0 to 15; 9 are the drums.</param>
public readonly record struct Note(long Start, long End, int Pitch, int Velocity, int Channel)
{
    /// <summary>The channel of the drums, which programs show as 10.</summary>
    public const int DrumChannel = 9;
}
