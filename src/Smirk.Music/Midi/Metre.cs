namespace Smirk.Music.Midi;

/// <summary>A time signature.</summary>
/// <param name="Beats">The upper number.</param>
/// <param name="Unit">The lower one: 4 for quarters, 8 for eighths.</param>
public readonly record struct Metre(int Beats, int Unit)
{
    /// <summary>What holds where nothing is said: 4/4.</summary>
    public static readonly Metre Common = new(4, 4);

    /// <summary>Quarters in a bar.</summary>
    public double Quarters => Beats * 4.0 / Unit;

    /// <summary>Whether a beat is a dotted note of three units, as in 6/8.</summary>
    public bool IsCompound => Unit == 8 && Beats % 3 == 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Beats}/{Unit}";
}

/// <summary>A time signature from a tick on.</summary>
/// <param name="Tick">Where it begins.</param>
/// <param name="Metre">Which.</param>
public readonly record struct MetreChange(long Tick, Metre Metre);
