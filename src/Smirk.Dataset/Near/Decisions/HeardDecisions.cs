using Smirk.Dataset.Near.Index;
using Smirk.Dataset.Near.Prepare;

namespace Smirk.Dataset.Near.Decisions;

/// <summary>A person's decisions, asked by the places of one search's files. A file is meant by its bytes or, where they have changed but
/// its pixels haven't (metadata was removed, say), by these.</summary>
/// <param name="decisions">What was said.</param>
/// <param name="contents">The files.</param>
internal sealed class HeardDecisions(NearDecisions decisions, FileContents contents)
{
    private readonly string?[] _pixels = new string?[contents.Count];
    private readonly Dictionary<(string, string), FolderVerdict> _pairs = Pairs(decisions);
    private readonly HashSet<string> _kept =
        [.. decisions.InForce.Where(d => d.Verdict == FolderVerdict.Keep).SelectMany(d => d.Pictures).Select(p => p.Sha256)];

    private readonly Lazy<HashSet<string>> _keptPixels = new(() =>
    {
        var here = Enumerable.Range(0, contents.Count).Select(contents.Sha256).ToHashSet();
        return [.. decisions.InForce.Where(d => d.Verdict == FolderVerdict.Keep).SelectMany(d => d.Pictures)
            .Where(p => p.Pixels is not null && !here.Contains(p.Sha256)).Select(p => p.Pixels!)];
    });

    /// <summary>How a picture's pixels are written in decisions.</summary>
    public static string PixelsOf(NearDescriptor descriptor) => descriptor.Pixels.ToString("x32");

    /// <summary>Is told what the picture at a place is known by.</summary>
    public void Note(int place, NearDescriptor descriptor) => _pixels[place] = PixelsOf(descriptor);

    /// <summary>Whether two are no duplicates.</summary>
    public bool AreApart(int one, int other) => Verdict(one, other) == FolderVerdict.NotDuplicate;

    /// <summary>Whether two are related, but both stay.</summary>
    public bool AreAlternates(int one, int other) => Verdict(one, other) == FolderVerdict.Alternate;

    /// <summary>Whether one stays whatever is found. To be asked when all files have been read.</summary>
    public bool IsKept(int place) =>
        _kept.Count > 0 && ((contents.Sha256(place) is { } sha256 && _kept.Contains(sha256))
            || (_pixels[place] is { } pixels && _keptPixels.Value.Contains(pixels)));

    /// <summary>How many decisions are about files of this search.</summary>
    public int Applied()
    {
        var here = Enumerable.Range(0, contents.Count).SelectMany(place => new[] { contents.Sha256(place), _pixels[place] }).ToHashSet();
        return decisions.InForce.Count(d =>
            d.Pictures.Count(p => here.Contains(p.Sha256) || (p.Pixels is not null && here.Contains(p.Pixels)))
                >= (d.Verdict == FolderVerdict.Keep ? 1 : 2));
    }

    private FolderVerdict? Verdict(int one, int other)
    {
        if (_pairs.Count == 0)
            return null;
        if (contents.Sha256(one) is { } a && contents.Sha256(other) is { } b && _pairs.TryGetValue(Ordered(a, b), out var said))
            return said;
        return _pixels[one] is { } p && _pixels[other] is { } q && p != q && _pairs.TryGetValue(Ordered(p, q), out said) ? said : null;
    }

    // What was said last counts.
    private static Dictionary<(string, string), FolderVerdict> Pairs(NearDecisions decisions)
    {
        var pairs = new Dictionary<(string, string), FolderVerdict>();
        foreach (var decision in decisions.InForce.Where(d => d.Verdict != FolderVerdict.Keep))
        {
            for (var i = 0; i < decision.Pictures.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (one, other) = (decision.Pictures[i], decision.Pictures[j]);
                    pairs[Ordered(one.Sha256, other.Sha256)] = decision.Verdict;
                    if (one.Pixels is { } p && other.Pixels is { } q && p != q)
                        pairs[Ordered(p, q)] = decision.Verdict;
                }
            }
        }

        return pairs;
    }

    private static (string, string) Ordered(string one, string other) =>
        string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);
}
