using System.Collections.Concurrent;
using Smirk.Dataset.Dedupe.Near.Candidates;
using Smirk.Dataset.Dedupe.Near.Cluster;
using Smirk.Dataset.Dedupe.Near.Prepare;
using Smirk.Dataset.Dedupe.Near.Verify;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Dedupe.Near;

/// <summary>Finds near duplicates among pictures: prepare → candidates → verify → cluster.</summary>
/// <param name="options">How.</param>
/// <param name="progress">Told how far it is.</param>
/// <param name="cancel">Stops it.</param>
public sealed class NearFinder(NearOptions options, IProgress<StageProgress>? progress, CancellationToken cancel)
{
    /// <summary>The stage's name.</summary>
    public const string Stage = "near";

    // Pictures that are prepared before the next candidates are looked for: fixed, so that results don't depend on the number of cores.
    private const int Batch = 64;

    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = options.Workers, CancellationToken = cancel };
    private readonly PairVerifier _verifier = new(options.Limits);

    /// <summary>Looks through <paramref name="inputs"/>. Pictures that can't be decoded are refused by name, none stops the search.</summary>
    /// <param name="inputs">The pictures.</param>
    /// <param name="overrule">What a person said of two inputs: true, they are the same; false, they are not; null, nothing.</param>
    public NearFindings Find(IReadOnlyList<NearInput> inputs, Func<int, int, bool?>? overrule = null)
    {
        var search = new Search(inputs, options.CacheBytes, overrule ?? ((_, _) => null));
        Prepare(search);
        var related = Verify(search);
        return Cluster(search, related);
    }

    // Decodes each picture once, files what it is known by, and asks what it might be a copy of.
    private void Prepare(Search search)
    {
        for (var start = 0; start < search.Inputs.Count; start += Batch)
        {
            var end = Math.Min(search.Inputs.Count, start + Batch);
            var prepared = new (PreparedPicture Picture, NearDescriptor Descriptor, string Pixels)?[end - start];
            Parallel.For(start, end, _parallel, i => prepared[i - start] = search.Prepare(i));
            var asking = new List<(PreparedPicture Picture, int Number)>();
            for (var i = start; i < end; i++)
            {
                if (prepared[i - start] is { } ready && search.Add(i, ready.Picture, ready.Descriptor, ready.Pixels) is { } number)
                    asking.Add((ready.Picture, number));
            }

            var found = new IReadOnlyList<Candidate>[asking.Count];
            Parallel.For(0, asking.Count, _parallel, i => found[i] = search.Finder.Find(asking[i].Picture, asking[i].Number));
            foreach (var candidates in found)
                search.Candidates.AddRange(candidates);
            progress?.Report(new StageAdvanced(Stage, end, search.Inputs.Count, "pictures", "reading"));
        }
    }

    // Compares candidates, best first; what hangs together already isn't compared again.
    private List<(int A, int B, PairMatch Match)> Verify(Search search)
    {
        var alternates = new List<(int, int, PairMatch)>();
        var seen = new HashSet<(int, int)>();
        var pairs = search.Candidates.OrderByDescending(c => c.Evidence).ThenBy(c => c.Self).ThenBy(c => c.Other)
            .Where(c => seen.Add((Math.Min(c.Self, c.Other), Math.Max(c.Self, c.Other)))).ToList();
        for (var start = 0; start < pairs.Count; start += Batch)
        {
            var open = pairs.Skip(start).Take(Batch).Where(p => search.Sets.Find(p.Self) != search.Sets.Find(p.Other)).ToList();
            var matches = new PairMatch?[open.Count];
            Parallel.For(0, open.Count, _parallel, i => matches[i] = search.Verify(_verifier, open[i].Self, open[i].Other, open[i].Mirrored));
            for (var i = 0; i < open.Count; i++)
            {
                if (matches[i] is { Kind: not NearKind.Alternate })
                    search.Sets.Join(open[i].Self, open[i].Other);
                else if (matches[i] is { } alternate)
                    alternates.Add((open[i].Self, open[i].Other, alternate));
            }

            progress?.Report(new StageAdvanced(Stage, Math.Min(pairs.Count, start + Batch), pairs.Count, "pairs", "comparing"));
        }

        return alternates;
    }

    private NearFindings Cluster(Search search, List<(int A, int B, PairMatch Match)> related)
    {
        var connected = Enumerable.Range(0, search.Finder.Count).GroupBy(search.Sets.Find).Where(g => g.Count() > 1).Select(g => g.ToList()).ToList();
        var groups = new ConcurrentBag<NearGroup>();
        Parallel.ForEach(connected, _parallel, numbers =>
        {
            var clusterer = new Clusterer((member, keeper) => search.Verify(_verifier, member, keeper), search.Measure);
            foreach (var group in clusterer.Split(numbers))
                groups.Add(group);
        });
        return search.Findings([.. groups], related);
    }
}
