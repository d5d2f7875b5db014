using System.Text;
using System.Text.Unicode;

namespace Smirk.Files.Names;

/// <summary>Reads names that say nothing of their encoding: as UTF-8 where they are that, else in the code page that fits all of them
/// best. A guess, for display; whoever opens a file goes by the bytes.</summary>
/// <param name="ofOneWriter">One program wrote all of the names. Short Chinese ones happen to be valid UTF-8, and aren't meant so where
/// others are not.</param>
public sealed class NameReader(bool ofOneWriter = false)
{
    // A byte that is ASCII, and a letter that stands where its kind seldom does.
    private const double PlainCost = -3.7;
    private const double MisplacedCost = -2.5;

    // More tells no more, and an archive may have hundreds of thousands of names.
    private const int MostNames = 500;

    private readonly List<byte[]> _names = [];
    private Encoding? _legacy;

    /// <summary>Takes names into account before they are read, so that a short one gets what the long ones tell.</summary>
    public void Add(ReadOnlySpan<byte> name)
    {
        if (_names.Count == MostNames || Utf8.IsValid(name))
            return;
        _names.Add(name.ToArray());
        _legacy = null;
    }

    /// <summary>The name as text.</summary>
    public string Read(ReadOnlySpan<byte> name) => IsUtf8(name) ? Encoding.UTF8.GetString(name) : Legacy.GetString(name);

    // A character of three bytes or more is no accident.
    private bool IsUtf8(ReadOnlySpan<byte> name) =>
        Utf8.IsValid(name) && (!ofOneWriter || _names.Count == 0 || name.IndexOfAnyInRange((byte)0xE0, (byte)0xFF) >= 0);

    private Encoding Legacy => _legacy ??= Open(Guess().Number, strict: false);

    private CodePage Guess() => CodePages.All.MaxBy(page => page.Prior + _names.Sum(name => Fit(page, name)))!;

    // The logarithm of how probable the name is.
    private static double Fit(CodePage page, byte[] name)
    {
        try
        {
            Open(page.Number, strict: true).GetCharCount(name);
        }
        catch (DecoderFallbackException)
        {
            return -1000;
        }

        var sum = 0.0;
        for (var at = 0; at < name.Length;)
        {
            if (name[at] < 0x80)
            {
                sum += PlainCost;
                at++;
                continue;
            }

            var (probability, bytes) = page.Look(name[at], at + 1 < name.Length ? name[at + 1] : (byte)0);
            sum += Math.Log(probability) + (MisplacedCost * Misplaced(page, name, at, at + bytes));
            at += bytes;
        }

        return sum;
    }

    private static int Misplaced(CodePage page, byte[] name, int start, int end)
    {
        var before = start > 0 ? name[start - 1] : (byte)' ';
        var after = end < name.Length ? name[end] : (byte)' ';
        return page.StandsAlone
            ? (char.IsAsciiLetter((char)before) ? 1 : 0) + (char.IsAsciiLetter((char)after) ? 1 : 0)
            : (before >= 0x80 ? 1 : 0) + (after >= 0x80 ? 1 : 0);
    }

    private static Encoding Open(int number, bool strict) => CodePagesEncodingProvider.Instance.GetEncoding(
        number, EncoderFallback.ReplacementFallback, strict ? DecoderFallback.ExceptionFallback : DecoderFallback.ReplacementFallback)!;
}
