namespace Smirk.Music.Midi;

/// <summary>A file that is no MIDI file, or a damaged one. The message says which, without a full stop.</summary>
public class UnusableTuneException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">For a person: what is wrong and where.</param>
    public UnusableTuneException(string message)
        : base(message)
    {
    }
}

/// <summary>A whole MIDI file whose music has no place on a roll.</summary>
public sealed class NoRollException : UnusableTuneException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">For a person: why.</param>
    public NoRollException(string message)
        : base(message)
    {
    }
}
