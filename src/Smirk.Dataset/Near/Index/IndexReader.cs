using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;
using Smirk.Dataset.Near.Candidates;
using Smirk.Dataset.Near.Prepare;
using Smirk.Files.Posix;
using Smirk.Workspace.Stages;

namespace Smirk.Dataset.Near.Index;

/// <summary>Reads from the index what it knows of the files of one search.</summary>
/// <param name="database">The index.</param>
/// <param name="care">The search's limits: answers were given with them.</param>
internal sealed class IndexReader(IndexDatabase database, NearCare care)
{
    /// <summary>The content of each file that hasn't changed since it was last seen, or that has the bytes of one seen.</summary>
    /// <param name="contents">The files; their hashes are filled in.</param>
    /// <param name="threads">Threads to read with.</param>
    /// <param name="cancel">Stops it.</param>
    public Dictionary<int, long> Identify(FileContents contents, int threads, CancellationToken cancel)
    {
        var found = new Dictionary<int, long>();
        for (var place = 0; place < contents.Count; place++)
        {
            cancel.ThrowIfCancellationRequested();
            if (SameFile(contents[place].Identity) is { } content)
                found[place] = content;
        }

        // A copy, a file that was moved or only touched: read, but not decoded.
        var sizes = new HashSet<long>();
        database.Query("SELECT DISTINCT bytes FROM contents", row => sizes.Add(row.GetInt64(0)));
        var maybe = Enumerable.Range(0, contents.Count)
            .Where(place => !found.ContainsKey(place) && sizes.Contains(contents[place].Identity.Size)).ToList();
        AllCores.For(maybe.Count, AllCores.Threads(threads), cancel, i =>
        {
            try
            {
                contents.Read(maybe[i]);
            }
            catch (IOException)
            {
                // Nothing is known of it; the search finds that out by itself.
            }
        });
        foreach (var place in maybe)
        {
            if (contents.Sha256(place) is { } sha256
                && database.Number("SELECT id FROM contents WHERE sha256 = $1", Convert.FromHexString(sha256)) is { } content)
                found[place] = content;
        }

        return found;
    }

    /// <summary>The contents of <paramref name="ids"/>, by row.</summary>
    public Dictionary<long, KnownContent> Contents(IEnumerable<long> ids)
    {
        database.InTransaction(() =>
        {
            database.Execute("DELETE FROM here");
            foreach (var id in ids)
                database.Execute("INSERT OR IGNORE INTO here VALUES ($1)", id);
        });
        var known = new Dictionary<long, KnownContent>();
        database.Query("SELECT id, pixels, sha256, head FROM here CROSS JOIN contents ON id = content", row =>
        {
            if (NearDescriptor.FromHead(row.GetFieldValue<byte[]>(3)) is { } descriptor)
            {
                var content =
                    new KnownContent(row.GetInt64(0), row.GetInt64(1), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(2)), descriptor);
                known.Add(content.Id, content);
            }
        });
        return known;
    }

    /// <summary>The pixels that were searched together with the most of <paramref name="shown"/>.</summary>
    public HashSet<long> LargestLook(IReadOnlySet<long> shown)
    {
        var best = new HashSet<long>();
        database.Query("SELECT pixels FROM looks ORDER BY id DESC", row =>
        {
            var look = MemoryMarshal.Cast<byte, long>(row.GetFieldValue<byte[]>(0)).ToArray().Where(shown.Contains).ToHashSet();
            if (look.Count > best.Count)
                best = look;
        });
        return best;
    }

    /// <summary>Puts the keypoints to the contents that were asked for last: something new has to be looked for among them.</summary>
    public void AddKeypoints(Dictionary<long, KnownContent> known) =>
        database.Query("SELECT k.content, data FROM here CROSS JOIN keypoints k ON k.content = here.content", row =>
        {
            if (known.TryGetValue(row.GetInt64(0), out var content)
                && NearDescriptor.FromParts(content.Descriptor.Head, row.GetFieldValue<byte[]>(1)) is { } whole)
                known[content.Id] = content with { Descriptor = whole };
        });

    /// <summary>Which of the known pixels might be copies of each other; numbers are rows of pixels.</summary>
    public List<Candidate> Candidates(IReadOnlySet<long> known, Func<long, int> placeOf)
    {
        Show(known);
        var candidates = new List<Candidate>();
        database.Query("SELECT self, other, evidence, mirrored FROM shown CROSS JOIN candidates ON self = shown.pixels", row =>
        {
            if (known.Contains(row.GetInt64(1)))
            {
                candidates.Add(new Candidate(placeOf(row.GetInt64(0)), placeOf(row.GetInt64(1)), row.GetInt32(2),
                    row.IsDBNull(3) ? null : row.GetInt64(3) != 0));
            }
        });
        return candidates;
    }

    /// <summary>What is known about pairs of <paramref name="digests"/>, by rows of pixels, and about the contents that were asked for
    /// last.</summary>
    public void Facts(IReadOnlyDictionary<long, UInt128> digests, NearFacts facts)
    {
        Show(digests.Keys);
        database.Query(
            "SELECT member, keeper, question, answer FROM shown CROSS JOIN verdicts ON member = shown.pixels WHERE care = $1",
            row =>
            {
                if (digests.TryGetValue(row.GetInt64(1), out var keeper) && IsWhole(row, 3, StoredJson.Default.PairMatch, out var match))
                    facts.Know(new ComparedPair(digests[row.GetInt64(0)], keeper, new PairQuestion(row.GetInt64(2))), match);
            },
            (int)care);
        database.Query("SELECT sha256, measure, richness FROM here CROSS JOIN contents ON id = content "
            + "WHERE measure IS NOT NULL OR richness IS NOT NULL", row =>
            {
                var sha256 = Convert.ToHexStringLower(row.GetFieldValue<byte[]>(0));
                if (IsWhole(row, 1, StoredJson.Default.Originality, out var measure) && measure is not null)
                    facts.Know(sha256, measure);
                if (IsWhole(row, 2, StoredJson.Default.Richness, out var richness) && richness is not null)
                    facts.Know(sha256, richness);
            });
    }

    // A word that this version doesn't understand is no answer.
    private static bool IsWhole<T>(SqliteDataReader row, int column, JsonTypeInfo<T> type, out T? value)
        where T : class
    {
        value = null;
        if (row.IsDBNull(column))
            return true;
        try
        {
            value = JsonSerializer.Deserialize(row.GetString(column), type);
            return value is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Show(IEnumerable<long> pixels) => database.InTransaction(() =>
    {
        database.Execute("DELETE FROM shown");
        foreach (var id in pixels)
            database.Execute("INSERT INTO shown VALUES ($1)", id);
    });

    private long? SameFile(in FileIdentity file) => database.Number(
        "SELECT content FROM files WHERE device = $1 AND inode = $2 AND bytes = $3 AND modified = $4 AND changed = $5",
        unchecked((long)file.Device), unchecked((long)file.Inode), file.Size, file.Modified, file.Changed);
}
