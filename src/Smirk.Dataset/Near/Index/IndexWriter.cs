using System.Runtime.InteropServices;
using System.Text.Json;
using Smirk.Dataset.Near.Prepare;
using Smirk.Files.Posix;

namespace Smirk.Dataset.Near.Index;

/// <summary>Writes into the index what a search finds out, as it goes: a search that is stopped goes on from there.</summary>
/// <param name="database">The index.</param>
/// <param name="care">The search's limits.</param>
/// <param name="now">When the search began.</param>
internal sealed class IndexWriter(IndexDatabase database, NearCare care, DateTimeOffset now)
{
    // Clocks of file systems move in steps of up to two seconds: a change right after reading may not show.
    private const long NanosecondsToSettle = 2_000_000_000;

    // Pictures not seen for so long are forgotten; when a picture was last seen is written down once a month.
    private const int DaysToKeep = 365;
    private const int DaysToRenew = 30;

    // Sets of pictures that were searched together: every one costs eight bytes a picture.
    private const int MostLooks = 16;

    private readonly Dictionary<UInt128, long> _pixels = [];
    private readonly int _today = (int)(now - DateTimeOffset.UnixEpoch).TotalDays;
    private readonly long _settled = ((now - DateTimeOffset.UnixEpoch).Ticks * 100) - NanosecondsToSettle;
    private long? _look;

    /// <summary>Remembers where the pixels of known contents are.</summary>
    public void Know(UInt128 digest, long row) => _pixels[digest] = row;

    /// <summary>The row of a content with these bytes, made where there is none.</summary>
    public long Content(string sha256, long bytes, NearDescriptor descriptor)
    {
        var hash = Convert.FromHexString(sha256);
        if (database.Number("SELECT id FROM contents WHERE sha256 = $1", hash) is { } known)
            return known;
        database.Execute("INSERT INTO contents (sha256, pixels, bytes, head, day) VALUES ($1, $2, $3, $4, $5)", hash,
            Pixels(descriptor.Pixels), bytes, descriptor.Head, _today);
        var made = database.Number("SELECT last_insert_rowid()")!.Value;
        database.Execute("INSERT INTO keypoints VALUES ($1, $2)", made, descriptor.Tail);
        return made;
    }

    /// <summary>Says that a file, in the state in which it was found, has this content.</summary>
    public void File(in FileIdentity file, long content)
    {
        if (file.Changed < _settled)
        {
            database.Execute("INSERT OR REPLACE INTO files VALUES ($1, $2, $3, $4, $5, $6)", unchecked((long)file.Device),
                unchecked((long)file.Inode), file.Size, file.Modified, file.Changed, content);
        }
    }

    /// <summary>Writes what was found out about pairs and contents.</summary>
    public void Facts(NearFacts facts)
    {
        while (facts.NewCandidates.TryDequeue(out var found))
        {
            database.Execute("INSERT OR REPLACE INTO candidates VALUES ($1, $2, $3, $4)", Pixels(found.Self), Pixels(found.Other),
                found.Evidence, found.Mirrored is { } mirrored ? (mirrored ? 1 : 0) : null);
        }

        while (facts.NewPairs.TryDequeue(out var compared))
        {
            var answer = compared.Value is { } match ? JsonSerializer.Serialize(match, StoredJson.Default.PairMatch) : null;
            database.Execute("INSERT OR REPLACE INTO verdicts VALUES ($1, $2, $3, $4, $5)", Pixels(compared.Key.Member),
                Pixels(compared.Key.Keeper), (int)care, compared.Key.Question.Code, answer);
        }

        while (facts.NewMeasures.TryDequeue(out var measured))
        {
            database.Execute("UPDATE contents SET measure = $2 WHERE sha256 = $1", Convert.FromHexString(measured.Key),
                JsonSerializer.Serialize(measured.Value, StoredJson.Default.Originality));
        }

        while (facts.NewRichness.TryDequeue(out var told))
        {
            database.Execute("UPDATE contents SET richness = $2 WHERE sha256 = $1", Convert.FromHexString(told.Key),
                JsonSerializer.Serialize(told.Value, StoredJson.Default.Richness));
        }
    }

    /// <summary>Says that each pair among these pixels was searched for.</summary>
    /// <param name="digests">All that were searched together so far.</param>
    public void Look(IReadOnlyCollection<UInt128> digests)
    {
        var rows = digests.Select(Pixels).Order().ToArray();
        var bytes = MemoryMarshal.AsBytes(rows.AsSpan()).ToArray();
        if (_look is { } look && database.Execute("UPDATE looks SET pixels = $2 WHERE id = $1", look, bytes) == 1)
            return;
        database.Execute("INSERT INTO looks (pixels) VALUES ($1)", bytes);
        _look = database.Number("SELECT last_insert_rowid()");
    }

    /// <summary>Forgets sets that this one holds whole, and pictures that nobody has seen for long.</summary>
    /// <param name="digests">All that were searched together; null when nothing new was.</param>
    public void Tidy(IReadOnlyCollection<UInt128>? digests)
    {
        if (digests is not null)
        {
            var rows = digests.Select(Pixels).ToHashSet();
            var held = new List<long>();
            database.Query("SELECT id, pixels FROM looks WHERE id <> $1", row =>
            {
                if (rows.IsSupersetOf(MemoryMarshal.Cast<byte, long>(row.GetFieldValue<byte[]>(1)).ToArray()))
                    held.Add(row.GetInt64(0));
            }, _look ?? 0);
            foreach (var id in held)
                database.Execute("DELETE FROM looks WHERE id = $1", id);
            database.Execute("DELETE FROM looks WHERE id NOT IN (SELECT id FROM looks ORDER BY id DESC LIMIT $1)", MostLooks);
        }

        database.Execute("UPDATE contents SET day = $1 WHERE day < $2 AND id IN (SELECT content FROM here)", _today, _today - DaysToRenew);
        if (database.Execute("DELETE FROM contents WHERE day < $1", _today - DaysToKeep) == 0)
            return;
        database.Execute("DELETE FROM keypoints WHERE content NOT IN (SELECT id FROM contents)");
        database.Execute("DELETE FROM files WHERE content NOT IN (SELECT id FROM contents)");
        database.Execute("DELETE FROM pixels WHERE id NOT IN (SELECT pixels FROM contents)");
        database.Execute("DELETE FROM candidates WHERE self NOT IN (SELECT id FROM pixels) OR other NOT IN (SELECT id FROM pixels)");
        database.Execute("DELETE FROM verdicts WHERE member NOT IN (SELECT id FROM pixels) OR keeper NOT IN (SELECT id FROM pixels)");
    }

    private long Pixels(UInt128 digest)
    {
        if (_pixels.TryGetValue(digest, out var known))
            return known;
        var bytes = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(bytes, digest);
        database.Execute("INSERT OR IGNORE INTO pixels (digest) VALUES ($1)", bytes);
        return _pixels[digest] = database.Number("SELECT id FROM pixels WHERE digest = $1", bytes)!.Value;
    }
}
