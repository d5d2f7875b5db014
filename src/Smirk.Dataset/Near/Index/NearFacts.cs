using System.Collections.Concurrent;
using Smirk.Dataset.Near.Keeper;
using Smirk.Dataset.Near.Verify;

namespace Smirk.Dataset.Near.Index;

/// <summary>What searches found out about files and pairs. It holds for their contents, whatever they are called now. Safe for all
/// cores.</summary>
/// <param name="contents">The files of this search.</param>
internal sealed class NearFacts(FileContents contents)
{
    private readonly ConcurrentDictionary<ComparedPair, PairMatch?> _pairs = new();
    private readonly ConcurrentDictionary<string, Originality> _measures = new();
    private readonly ConcurrentDictionary<string, Richness> _richness = new();

    /// <summary>What this search added and nobody has saved.</summary>
    public ConcurrentQueue<KeyValuePair<ComparedPair, PairMatch?>> NewPairs { get; } = new();

    /// <summary>The same of measures, by SHA-256.</summary>
    public ConcurrentQueue<KeyValuePair<string, Originality>> NewMeasures { get; } = new();

    /// <summary>The same of what files show and tell, by SHA-256.</summary>
    public ConcurrentQueue<KeyValuePair<string, Richness>> NewRichness { get; } = new();

    /// <summary>The same of candidates.</summary>
    public ConcurrentQueue<FoundCandidate> NewCandidates { get; } = new();

    /// <summary>How much there is to be saved.</summary>
    public int Unsaved => NewPairs.Count + NewMeasures.Count + NewRichness.Count + NewCandidates.Count;

    /// <summary>What an earlier comparison of these said; false when there was none.</summary>
    public bool TryRecall(in ComparedPair pair, out PairMatch? match) => _pairs.TryGetValue(pair, out match);

    /// <summary>Keeps what a comparison said.</summary>
    public void Remember(in ComparedPair pair, PairMatch? match)
    {
        if (_pairs.TryAdd(pair, match))
            NewPairs.Enqueue(new(pair, match));
    }

    /// <summary>Keeps what might be copies.</summary>
    public void Remember(IEnumerable<FoundCandidate> candidates)
    {
        foreach (var candidate in candidates)
            NewCandidates.Enqueue(candidate);
    }

    /// <summary>How original a file looks, measured now where no earlier search did. Its time is left out.</summary>
    public Originality Measure(int place, Func<Originality> measure)
    {
        if (contents.Sha256(place) is { } known && _measures.TryGetValue(known, out var measured))
            return measured;
        var made = measure() with { Modified = null };
        if (contents.Sha256(place) is { } sha256 && _measures.TryAdd(sha256, made))
            NewMeasures.Enqueue(new(sha256, made));
        return made;
    }

    /// <summary>What a file shows and tells beyond its pixels, read now where no earlier search did.</summary>
    public Richness Richness(int place, Func<Richness> read)
    {
        if (contents.Sha256(place) is { } known && _richness.TryGetValue(known, out var told))
            return told;
        var made = read();
        if (contents.Sha256(place) is { } sha256 && _richness.TryAdd(sha256, made))
            NewRichness.Enqueue(new(sha256, made));
        return made;
    }

    /// <summary>Takes over what an earlier search saved.</summary>
    public void Know(in ComparedPair pair, PairMatch? match) => _pairs[pair] = match;

    /// <summary>The same for a measure.</summary>
    public void Know(string sha256, Originality measure) => _measures[sha256] = measure;

    /// <summary>The same for what a file shows and tells.</summary>
    public void Know(string sha256, Richness richness) => _richness[sha256] = richness;
}
