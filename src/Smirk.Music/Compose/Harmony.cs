namespace Smirk.Music.Compose;

/// <summary>A chord of jazz harmony.</summary>
/// <param name="Root">Semitones above the key's tonic, 0 to 11.</param>
/// <param name="Quality">What stands on it.</param>
internal readonly record struct Chord(int Root, Quality Quality)
{
    /// <summary>Semitones of the third and the seventh, which tell a chord apart, and a colour above them.</summary>
    public int[] Shell => Quality switch
    {
        Quality.Major => [4, 11, 14],
        Quality.Minor => [3, 10, 14],
        Quality.Dominant => [4, 10, 14],
        _ => [3, 6, 10],
    };

    /// <summary>Semitones of root, third, fifth and seventh.</summary>
    public int[] Tones => Quality switch
    {
        Quality.Major => [0, 4, 7, 11],
        Quality.Minor => [0, 3, 7, 10],
        Quality.Dominant => [0, 4, 7, 10],
        _ => [0, 3, 6, 10],
    };

    /// <summary>Semitones of the scale that lines above it run along.</summary>
    public int[] Scale => Quality switch
    {
        Quality.Major => [0, 2, 4, 5, 7, 9, 11],
        Quality.Minor => [0, 2, 3, 5, 7, 9, 10],
        Quality.Dominant => [0, 2, 4, 5, 7, 9, 10],
        _ => [0, 1, 3, 5, 6, 8, 10],
    };
}

/// <summary>Which seventh chord.</summary>
internal enum Quality
{
    Major,
    Minor,
    Dominant,
    HalfDiminished,
}

/// <summary>Chord changes of a form, two halves a bar.</summary>
/// <param name="Name">What files of it are called.</param>
/// <param name="Halves">The chord of each half bar.</param>
internal sealed record Form(string Name, IReadOnlyList<Chord> Halves)
{
    public int Bars => Halves.Count / 2;

    /// <summary>Twelve bars of blues.</summary>
    public static readonly Form Blues = new("blues", Read(
        "I7 IV7 I7 v-,I7 IV7 IV7 I7 VI7 ii- V7 I7,VI7 ii-,V7"));

    /// <summary>Rhythm changes: AABA, 32 bars.</summary>
    public static readonly Form Rhythm = new("rhythm", Read(
        "I,VI7 ii-,V7 I,VI7 ii-,V7 v-,I7 IV,iv- I,VI7 ii-,V7 " +
        "I,VI7 ii-,V7 I,VI7 ii-,V7 v-,I7 IV,iv- I,V7 I " +
        "III7 III7 VI7 VI7 II7 II7 V7 V7 " +
        "I,VI7 ii-,V7 I,VI7 ii-,V7 v-,I7 IV,iv- I,V7 I"));

    /// <summary>Major and minor cadences.</summary>
    public static readonly Form Cadences = new("cadences", Read(
        "ii- V7 I I ii- V7 I VI7 ii%,V7 i- iv-,VII7 III ii% V7 i- I7 IV iv-,VII7 I VI7 ii-,V7 I,VI7 ii-,V7 I"));

    /// <summary>All that are played.</summary>
    public static readonly IReadOnlyList<Form> All = [Blues, Rhythm, Cadences];

    private static Chord[] Read(string changes) =>
    [
        .. changes.Split(' ').SelectMany(bar => bar.Split(',') is [var first, var second] ? [first, second] : new[] { bar, bar })
            .Select(ChordOf),
    ];

    // "ii-": the degree in Roman numerals, then nothing, 7, - or %. Degrees are those of the major key, but VII, which is flat.
    private static Chord ChordOf(string text)
    {
        var numeral = text.TrimEnd('7', '-', '%');
        int root = numeral.ToUpperInvariant() switch
        {
            "I" => 0,
            "II" => 2,
            "III" => 4,
            "IV" => 5,
            "V" => 7,
            "VI" => 9,
            _ => 10,
        };
        return new Chord(root, text[numeral.Length..] switch
        {
            "7" => Quality.Dominant,
            "-" => Quality.Minor,
            "%" => Quality.HalfDiminished,
            _ => Quality.Major,
        });
    }
}
