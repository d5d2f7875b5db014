namespace Smirk.Files.Names;

/// <summary>A code page that names were written in before UTF-8, and how often its characters occur in names.</summary>
/// <param name="Number">The code page's number, as .NET has it.</param>
/// <param name="Prior">How likely it is to begin with, as a logarithm: between two that fit alike the more frequent one is taken.</param>
/// <param name="StandsAlone">Whether its letters make up whole words; those of Western Europe stand among ASCII letters.</param>
/// <param name="Look">The probability of the character that begins with the two given bytes, and how many of them it takes.</param>
internal sealed record CodePage(int Number, double Prior, bool StandsAlone, Func<byte, byte, (double Probability, int Bytes)> Look);

/// <summary>The code pages that archives and old disks have names in. Shares of each kind of character are rough, taken from ordinary
/// text; the number of characters of the kind comes from the code page's table.</summary>
internal static class CodePages
{
    private const double Rare = 1e-6;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CodePage> All { get; } =
    [
        new(936, 2, true, Chinese),
        new(932, 1, true, Japanese),
        new(950, 0, true, Taiwanese),
        new(949, 0, true, Korean),
        new(866, 0, true, (b, _) => (Cyrillic(b is (>= 0xA0 and <= 0xAF) or (>= 0xE0 and <= 0xEF), b is >= 0x80 and <= 0x9F), 1)),
        new(1251, 0, true, (b, _) => (Cyrillic(b >= 0xE0, b is >= 0xC0 and < 0xE0), 1)),
        new(20866, -2, true, (b, _) => (Cyrillic(b is >= 0xC0 and < 0xE0, b >= 0xE0), 1)),
        new(850, 0, false, (b, _) => (Latin(b is (>= 0x81 and <= 0x8D) or (>= 0x93 and <= 0x98) or (>= 0xA0 and <= 0xA4) or 0xE1,
            b is 0x80 or 0x8E or 0x8F or 0x90 or 0x99 or 0x9A or 0xA5), 1)),
        new(1252, 0, false, (b, _) => (Latin(b is >= 0xDF and not 0xF7, b is >= 0xC0 and < 0xDF and not 0xD7), 1)),
    ];

    private static double Cyrillic(bool isSmall, bool isCapital) => isSmall ? 0.78 / 33 : isCapital ? 0.2 / 33 : 0.02 / 60;

    private static double Latin(bool isSmall, bool isCapital) => isSmall ? 0.85 / 32 : isCapital ? 0.1 / 31 : 0.05 / 60;

    // GB 2312: common hanzi, rarer ones, punctuation and fullwidth forms.
    private static (double Probability, int Bytes) Chinese(byte lead, byte trail) => (trail < 0xA1 ? Rare : lead switch
    {
        >= 0xB0 and <= 0xD7 => 0.9 / 3755,
        >= 0xD8 and <= 0xF7 => 0.04 / 3008,
        >= 0xA1 and <= 0xA9 => 0.05 / 846,
        _ => Rare,
    }, 2);

    // Shift-JIS: hiragana, katakana, fullwidth forms, common kanji, punctuation, rarer kanji; halfwidth katakana take one byte.
    private static (double Probability, int Bytes) Japanese(byte lead, byte trail) => lead switch
    {
        >= 0xA1 and <= 0xDF => (0.005 / 63, 1),
        0x82 => (trail >= 0x9F ? 0.35 / 83 : 0.03 / 62, 2),
        0x83 when trail <= 0x96 => (0.25 / 86, 2),
        >= 0x88 and <= 0x97 => (0.31 / 2965, 2),
        0x81 => (0.05 / 147, 2),
        (>= 0x98 and <= 0x9F) or (>= 0xE0 and <= 0xEA) => (0.005 / 3390, 2),
        _ => (Rare, 2),
    };

    // Big5: common hanzi, punctuation, rarer hanzi.
    private static (double Probability, int Bytes) Taiwanese(byte lead, byte trail) => (lead switch
    {
        >= 0xA4 and <= 0xC6 => 0.93 / 5401,
        >= 0xA1 and <= 0xA3 => 0.05 / 408,
        >= 0xC9 and <= 0xF9 => 0.02 / 7652,
        _ => Rare,
    }, trail == 0 ? 1 : 2);

    // KS X 1001: hangul, punctuation and letters, hanja.
    private static (double Probability, int Bytes) Korean(byte lead, byte trail) => (trail < 0xA1 ? Rare : lead switch
    {
        >= 0xB0 and <= 0xC8 => 0.95 / 2350,
        >= 0xA1 and <= 0xAC => 0.03 / 1128,
        >= 0xCA and <= 0xFD => 0.01 / 4888,
        _ => Rare,
    }, 2);
}
