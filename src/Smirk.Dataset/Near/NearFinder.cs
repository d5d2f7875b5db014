using System.Collections.Concurrent;
using Smirk.Dataset.Near.Candidates;
using Smirk.Dataset.Near.Cluster;
using Smirk.Dataset.Near.Verify;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near;

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

    /// <summary>Looks through <paramref name="inputs"/>. Pictures that can't be decoded are refused by name, none stops the
    /// search.</summary>
    public NearFindings Find(IReadOnlyList<NearInput> inputs) => Find(inputs, NearMemory.Empty);

    /// <summary>The same, where <paramref name="memory"/> knows some of them already.</summary>
    internal NearFindings Find(IReadOnlyList<NearInput> inputs, NearMemory memory)
    {
        var search = new Search(inputs, options, memory, cancel);
        Prepare(search, memory);
        var related = Verify(search, memory);
        return Cluster(search, related);
    }

    // Decodes each new picture once, files what it is known by, and asks what it might be a copy of.
    private void Prepare(Search search, NearMemory memory)
    {
        var done = 0;
        var inputs = search.NewInputs.ToList();
        foreach (var batch in inputs.Chunk(Batch))
        {
            var prepared = new Preparation?[batch.Length];
            AllCores.For(batch.Length, options.Workers, cancel, i =>
            {
                prepared[i] = search.Prepare(batch[i]);
                progress?.Report(new StageAdvanced(Stage, Interlocked.Increment(ref done), inputs.Count, "pictures", "reading"));
            });
            var asking = new List<(CopyQuestion Question, int Number)>();
            for (var i = 0; i < batch.Length; i++)
            {
                if (prepared[i] is { } ready && search.Add(batch[i], ready) is { } number)
                    asking.Add((ready.Question, number));
            }

            if (asking.Count > 0)
                search.FileAll(options.Workers);
            var found = new IReadOnlyList<Candidate>[asking.Count];
            AllCores.For(asking.Count, options.Workers, cancel, i =>
            {
                found[i] = search.Finder.Find(asking[i].Question, asking[i].Number);
                progress?.Report(new StageAdvanced(Stage, Volatile.Read(ref done), inputs.Count, "pictures", "reading"));
            });
            search.AddCandidates(found.SelectMany(candidates => candidates));
            memory.Pause();
        }
    }

    // Compares candidates, best first; what hangs together already isn't compared again.
    private List<(int A, int B, PairMatch Match)> Verify(Search search, NearMemory memory)
    {
        var alternates = new List<(int, int, PairMatch)>();
        var seen = new HashSet<(int, int)>();
        var pairs = search.Candidates.OrderByDescending(c => c.Evidence).ThenBy(c => c.Self).ThenBy(c => c.Other)
            .Where(c => seen.Add((Math.Min(c.Self, c.Other), Math.Max(c.Self, c.Other)))).ToList();
        for (var start = 0; start < pairs.Count; start += Batch)
        {
            var open = pairs.Skip(start).Take(Batch).Where(p => search.Sets.Find(p.Self) != search.Sets.Find(p.Other)).ToList();
            var matches = new PairMatch?[open.Count];
            var from = start;
            AllCores.For(open.Count, options.Workers, cancel, i =>
            {
                matches[i] = search.Judge.Verify(open[i].Self, open[i].Other, open[i].Mirrored);
                progress?.Report(new StageAdvanced(Stage, from, pairs.Count, "pairs", "comparing"));
            });
            for (var i = 0; i < open.Count; i++)
            {
                if (matches[i] is { IsAlternate: false } match)
                    search.Join(open[i].Self, open[i].Other, match);
                else if (matches[i] is { } alternate)
                    alternates.Add((open[i].Self, open[i].Other, alternate));
            }

            progress?.Report(new StageAdvanced(Stage, Math.Min(pairs.Count, start + Batch), pairs.Count, "pairs", "comparing"));
            memory.Pause();
        }

        return alternates;
    }

    private NearFindings Cluster(Search search, List<(int A, int B, PairMatch Match)> related)
    {
        var connected =
            Enumerable.Range(0, search.Finder.Count).GroupBy(search.Sets.Find).Where(g => g.Count() > 1).Select(g => g.ToList()).ToList();
        var groups = new ConcurrentBag<NearGroup>();
        var done = 0L;
        AllCores.For(connected.Count, options.Workers, cancel, i =>
        {
            var numbers = connected[i];
            if (search.KnownGroup(numbers) is { } known)
            {
                groups.Add(known);
                Interlocked.Increment(ref done);
                return;
            }

            foreach (var group in new Clusterer(search, () => Tell("grouping")).Split(numbers))
                groups.Add(group);
            Interlocked.Increment(ref done);
            Tell("grouping");
        });
        return search.Findings([.. groups], related);

        void Tell(string detail) =>
            progress?.Report(new StageAdvanced(Stage, Interlocked.Read(ref done), connected.Count, "groups", detail));
    }
}
