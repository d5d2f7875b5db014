namespace Smirk.Music.Midi;

/// <summary>What a MIDI file says of its music: notes, tempos and time signatures. Text, lyrics and SysEx are not kept.</summary>
/// <param name="TicksPerQuarter">At least 1.</param>
/// <param name="Notes">By onset, then pitch; those of all tracks and channels.</param>
/// <param name="Tempos">By tick; none means 120 quarters a minute.</param>
/// <param name="Metres">By tick; none means 4/4.</param>
public sealed record Tune(
    int TicksPerQuarter, IReadOnlyList<Note> Notes, IReadOnlyList<TempoChange> Tempos, IReadOnlyList<MetreChange> Metres)
{
    /// <summary>When each tick sounds.</summary>
    public TempoMap TempoMap => new(Tempos, TicksPerQuarter);
}
