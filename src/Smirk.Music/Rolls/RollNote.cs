namespace Smirk.Music.Rolls;

/// <summary>A note of a roll.</summary>
/// <param name="Start">The step that it is struck at, from 0.</param>
/// <param name="End">The first step after it.</param>
/// <param name="Pitch">MIDI number, 0 to 127.</param>
public readonly record struct RollNote(int Start, int End, int Pitch);
