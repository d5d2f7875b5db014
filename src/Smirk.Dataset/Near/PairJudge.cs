using System.Collections.Concurrent;
using Smirk.Dataset.Memory;
using Smirk.Dataset.Near.Detail;
using Smirk.Dataset.Near.Frames;
using Smirk.Dataset.Near.Index;
using Smirk.Dataset.Near.Prepare;
using Smirk.Dataset.Near.Verify;

namespace Smirk.Dataset.Near;

/// <summary>Says of two numbers whether they are copies: a person's word first, then what an earlier search found, else by comparing
/// them.</summary>
internal sealed class PairJudge
{
    private readonly NumberedInputs _numbers;
    private readonly NearMemory _memory;
    private readonly MemoryBudget _decoding;
    private readonly PairVerifier _verifier;
    private readonly DecodedCache<PreparedPicture> _prepared;
    private readonly DecodedCache<DetailPicture> _details;
    private readonly AnimationPairs _frames;
    private readonly ConcurrentDictionary<(int Member, int Keeper), PairMatch> _straight = new();

    public PairJudge(NumberedInputs numbers, NearMemory memory, NearOptions options, MemoryBudget decoding, CancellationToken cancel)
    {
        (_numbers, _memory, _decoding, _verifier) = (numbers, memory, decoding, new PairVerifier(options.Limits));
        _prepared = new(i => PreparedPicture.Decode(Read(i), decoding), picture => picture.Bytes, options.CacheBytes);
        _details = new(i => DetailPicture.Decode(Read(i), decoding), picture => picture.Bytes, options.CacheBytes / 2);
        _frames = new(numbers.ReadAny, cancel);
    }

    /// <summary>Keeps an input that was just made ready.</summary>
    public void Put(int input, PreparedPicture picture) => _prepared.Put(input, picture);

    /// <summary>Compares two numbers; null where they are unrelated.</summary>
    /// <param name="member">The one that may be a copy.</param>
    /// <param name="keeper">The one that it may be a copy of.</param>
    /// <param name="mirrored">Which way round is tried; null for whichever fits.</param>
    public PairMatch? Verify(int member, int keeper, bool? mirrored = null)
    {
        // What matches the straight way round is tried first, so it is known when a keeper is chosen among pictures that were joined.
        if (mirrored is null && _straight.TryGetValue((member, keeper), out var known))
            return known;
        var match = Heed(member, keeper, PairQuestion.Of(mirrored), () => Compare(member, keeper, mirrored));
        if (mirrored == false && match is { IsAlternate: false })
            _straight[(member, keeper)] = match;
        return match;
    }

    /// <summary>The same where it is known how the two ought to lie on each other.</summary>
    public PairMatch? VerifyAlong(int member, int keeper, Placement placement) =>
        Heed(member, keeper, PairQuestion.Of(placement), () => Prepared(member) is { } one && Prepared(keeper) is { } other
            ? InDetail(member, keeper, _verifier.VerifyAlong(one, other, placement)) : null);

    // A person's word goes before anything that pixels say.
    private PairMatch? Heed(int member, int keeper, PairQuestion question, Func<PairMatch?> compare)
    {
        var (one, other) = (_numbers[member][0], _numbers[keeper][0]);
        if (_memory.AreApart(one, other))
            return null;
        var match = Recall(member, keeper, question, compare);
        return match is not null && _memory.AreAlternates(one, other) ? match with { Kind = NearKind.Alternate } : match;
    }

    private PairMatch? Recall(int member, int keeper, PairQuestion question, Func<PairMatch?> compare)
    {
        if (_memory.Facts is not { } facts)
            return compare();
        var pair = new ComparedPair(_numbers.DescriptorOf(member).Pixels, _numbers.DescriptorOf(keeper).Pixels, question);
        if (facts.TryRecall(pair, out var known))
            return known;
        var match = compare();

        // No answer isn't a no.
        if (match is not null || !(_numbers.IsLost(member) || _numbers.IsLost(keeper)))
            facts.Remember(pair, match);
        return match;
    }

    private PairMatch? Compare(int member, int keeper, bool? mirrored)
    {
        if (Prepared(member) is not { } one || Prepared(keeper) is not { } other)
            return null;
        var match = InDetail(member, keeper, _verifier.Verify(one, other, mirrored));

        // A face is nearly its own mirror image: what differs the one way round may be the same the other way.
        return match is { Difference: not null }
            && InDetail(member, keeper, _verifier.Verify(one, other, !match.Mirrored)) is { IsAlternate: false } turned
            ? turned
            : match;
    }

    // What matches at the working size is looked at once more in detail before anything is called a duplicate.
    private PairMatch? InDetail(int member, int keeper, PairMatch? match)
    {
        if (match is null || _numbers.OfAny(member, _details.Get) is not { } one || _numbers.OfAny(keeper, _details.Get) is not { } other)
            return null;
        if (DetailCheck.Find(one, other, match) is { } region)
            return match with { Kind = NearKind.Alternate, Difference = region };
        if (match.IsAlternate)
            return match;
        var (memberIs, keeperIs) = (_numbers.DescriptorOf(member), _numbers.DescriptorOf(keeper));
        if (memberIs.Animated != keeperIs.Animated)
            return match with { Kind = NearKind.Still };
        if (memberIs.Animated && !_frames.AreSame(member, keeper, match))
            return match with { Kind = NearKind.Alternate };

        // Over one ground the two look the same; what is clear in one of them and not in the other shows on any other ground.
        return memberIs.HasAlpha && keeperIs.HasAlpha && ClearElsewhere(member, keeper, match) is { } clear
            ? match with { Kind = NearKind.Alternate, Difference = clear }
            : match;
    }

    private PictureRegion? ClearElsewhere(int member, int keeper, PairMatch match) =>
        _numbers.OfAny(member, AlphaOf) is { Planes: { } one } && _numbers.OfAny(keeper, AlphaOf) is { Planes: { } other }
            ? OpacityCheck.Find(one, other, match) : null;

    private Opacity AlphaOf(int input) => new(DetailPicture.DecodeAlpha(Read(input), _decoding));

    private PreparedPicture? Prepared(int number) => _numbers.OfAny(number, _prepared.Get);

    private byte[] Read(int input) => _numbers.Inputs[input].Read();

    private sealed record Opacity(DetailPicture? Planes);
}
