using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's decisions: a log to which entries are only added. For each subject, stage and maker the latest entry stands; a
/// person's stands above a stage's.</summary>
/// <remarks>Methods that add several entries belong inside <see cref="CatalogDatabase.InTransaction"/>.</remarks>
public sealed class DecisionTable
{
    private const string Columns = "id, subject, subject_id, stage, verdict, kind, reasons, keeper_id, score, by";

    private readonly Database _database;
    private readonly TimeProvider _time;

    internal DecisionTable(Database database, TimeProvider time) => (_database, _time) = (database, time);

    /// <summary>Adds one decision as a batch of its own.</summary>
    public void Put(Decision decision) => Put([decision]);

    /// <summary>Adds decisions of one maker as one batch. A decision that stands already isn't added again.</summary>
    public IReadOnlyList<DecisionChange> Put(IReadOnlyList<Decision> decisions)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        return Append(decisions.Select(d => (Before: Standing(d), After: (Decision?)d)));
    }

    /// <summary>Makes <paramref name="decisions"/> all that Smirk decided in a stage: adds those that are new or different, takes back the
    /// others. What a person decided stays.</summary>
    public void Replace(string stage, IEnumerable<Decision> decisions)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        var before =
            _database.Query($"SELECT {Columns} FROM standing WHERE stage = $1 AND by = '{Decision.Smirk}' ORDER BY id", Read, stage)
            .ToDictionary(e => (e.Decision!.Subject, e.Decision.SubjectId));
        var changes = new List<(Entry?, Decision?)>();
        foreach (var decision in decisions)
        {
            before.Remove((decision.Subject, decision.SubjectId), out var earlier);
            changes.Add((earlier, decision));
        }

        changes.AddRange(before.Values.Select(e => ((Entry?)e, (Decision?)null)));
        Append(changes);
    }

    /// <summary>Takes back the latest batch of <paramref name="by"/> that wasn't taken back yet, by adding what stood before it. Returns
    /// what changed; empty when there is no such batch.</summary>
    public IReadOnlyList<DecisionChange> UndoLast(string by) => TurnBack(StepsOf(by).Done);

    /// <summary>Decides again what was taken back last, unless something else was decided since then. Returns what changed; empty when
    /// there is nothing.</summary>
    public IReadOnlyList<DecisionChange> RedoLast(string by) => TurnBack(StepsOf(by).Undone);

    /// <summary>How many steps of <paramref name="by"/> can be taken back, and how many of those taken back can be decided again.</summary>
    public (int Undo, int Redo) Steps(string by)
    {
        var (done, undone) = StepsOf(by);
        return (done.Count, undone.Count);
    }

    /// <summary>Every decision that stands, by subject, stage and maker.</summary>
    public IReadOnlyList<Decision> All() => Decisions("ORDER BY subject, subject_id, stage, by");

    /// <summary>The decisions that count: those of Smirk only where no person decided in the same stage.</summary>
    public IReadOnlyList<Decision> Counting() => Decisions(
        """
        WHERE by = 'person' OR NOT EXISTS (SELECT 1 FROM standing p WHERE p.subject = s.subject AND p.subject_id = s.subject_id
          AND p.stage = s.stage AND p.by = 'person')
        ORDER BY subject, subject_id, stage
        """);

    /// <summary>The decisions of one stage that stand, by subject.</summary>
    public IReadOnlyList<Decision> OfStage(string stage) => Decisions("WHERE stage = $1 ORDER BY subject, subject_id, by", stage);

    /// <summary>The decisions about one file or picture that stand, in the order they were made.</summary>
    public IReadOnlyList<Decision> About(DecisionSubject subject, long id) =>
        Decisions("WHERE subject = $1 AND subject_id = $2 ORDER BY id", NameOf(subject), id);

    /// <summary>Everything that was ever decided about one file or picture, oldest first.</summary>
    public IReadOnlyList<DecisionChange> History(DecisionSubject subject, long id) => _database.Query(
        $"SELECT {Columns}, before, batch, (SELECT at FROM batches WHERE id = batch) FROM decisions WHERE subject = $1 AND subject_id = "
            + "$2 ORDER BY id",
        row => (Read(row).Decision, Before: row.IsDBNull(10) ? (long?)null : row.GetInt64(10), Batch: row.GetInt64(11),
            At: TimeOf(row.GetString(12))),
        NameOf(subject), id).ConvertAll(e => new DecisionChange(
            e.Batch, e.At, e.Before is { } before ? Find(before).Decision : null, e.Decision));

    // The log knows three kinds of batches: decisions, what takes one back, and what takes such a one back again.
    private (Stack<long> Done, Stack<long> Undone) StepsOf(string by)
    {
        var (done, undone) = (new Stack<long>(), new Stack<long>());
        var batches = _database.Query("SELECT id, undoes FROM batches WHERE by = $1 ORDER BY id",
            row => (Id: row.GetInt64(0), Undoes: row.IsDBNull(1) ? (long?)null : row.GetInt64(1)), by);
        foreach (var (id, undoes) in batches)
        {
            if (undoes is null)
            {
                undone.Clear();
                done.Push(id);
            }
            else
            {
                var (from, to) = undone.TryPeek(out var last) && last == undoes ? (undone, done) : (done, undone);
                from.Pop();
                to.Push(id);
            }
        }

        return (done, undone);
    }

    private List<DecisionChange> TurnBack(Stack<long> steps)
    {
        if (!steps.TryPeek(out var batch))
            return [];
        var entries = _database.Query($"SELECT {Columns}, before FROM decisions WHERE batch = $1 ORDER BY id DESC", ReadWithBefore, batch);
        return Append(entries.Select(e => ((Entry?)e.Entry, e.Before is { } before ? Find(before).Decision : null)), batch);
    }

    private List<DecisionChange> Append(IEnumerable<(Entry? Before, Decision? After)> changes, long? undoes = null)
    {
        var made = new List<DecisionChange>();
        long batch = 0;
        var now = _time.GetUtcNow();
        foreach (var (before, after) in changes.Where(c => undoes is not null || c.Before?.Decision != c.After))
        {
            var key = after ?? before!.Key;
            if (batch == 0)
            {
                batch = (long)_database.Scalar(
                    "INSERT INTO batches(at, by, undoes) VALUES($1, $2, $3) RETURNING id", now.ToString("O", CultureInfo.InvariantCulture),
                        key.By, undoes)!;
            }

            _database.Execute(
                "INSERT INTO decisions(batch, before, subject, subject_id, stage, by, verdict, kind, reasons, keeper_id, score) "
                    + "VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                batch, before?.Id, NameOf(key.Subject), key.SubjectId, key.Stage, key.By,
                after is null ? null : NameOf(after.Verdict), after?.Kind ?? "", after is null ? "[]"
                    : after.Reasons.ToString(), after?.KeeperId, after?.Score);
            made.Add(new DecisionChange(batch, now, before?.Decision, after));
        }

        return made;
    }

    // The latest entry, of which a later one can take its place: also one that says that nothing is decided any more.
    private Entry? Standing(Decision like) => _database.Query(
        $"SELECT {Columns} FROM decisions WHERE subject = $1 AND subject_id = $2 AND stage = $3 AND by = $4 ORDER BY id DESC LIMIT 1",
        Read, NameOf(like.Subject), like.SubjectId, like.Stage, like.By).FirstOrDefault();

    private Entry Find(long id) => _database.Query($"SELECT {Columns} FROM decisions WHERE id = $1", Read, id)[0];

    private List<Decision> Decisions(string which, params object?[] parameters) =>
        _database.Query($"SELECT {Columns} FROM standing s {which}", row => Read(row).Decision!, parameters);

    private static DateTimeOffset TimeOf(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string NameOf(DecisionSubject subject) => subject == DecisionSubject.File ? "file" : "picture";

    private static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Keep => "keep",
        Verdict.Drop => "drop",
        _ => "alternate",
    };

    private static (Entry Entry, long? Before) ReadWithBefore(SqliteDataReader row) =>
        (Read(row), row.IsDBNull(10) ? null : row.GetInt64(10));

    private static Entry Read(SqliteDataReader row)
    {
        var key = new Decision
        {
            Subject = row.GetString(1) == "file" ? DecisionSubject.File : DecisionSubject.Picture,
            SubjectId = row.GetInt64(2),
            Stage = row.GetString(3),
            Verdict = row.IsDBNull(4) ? Verdict.Keep
                : row.GetString(4) switch { "keep" => Verdict.Keep, "drop" => Verdict.Drop, _ => Verdict.Alternate },
            Kind = row.GetString(5),
            Reasons = Reasons.Read(row.GetString(6)),
            KeeperId = row.IsDBNull(7) ? null : row.GetInt64(7),
            Score = row.IsDBNull(8) ? null : row.GetDouble(8),
            By = row.GetString(9),
        };
        return new Entry(row.GetInt64(0), row.IsDBNull(4) ? null : key, key);
    }

    // Decision is null where the entry takes an earlier one back; Key then still says about what.
    private sealed record Entry(long Id, Decision? Decision, Decision Key);
}
