using Microsoft.Data.Sqlite;

namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's decisions.</summary>
public sealed class DecisionTable
{
    private const string Columns = "subject, subject_id, stage, verdict, kind, reason, keeper_id, score, by";
    private readonly Database _database;

    internal DecisionTable(Database database) => _database = database;

    /// <summary>Stores a decision; an earlier one of the same stage and maker on the same subject is overwritten.</summary>
    public void Put(Decision decision) => _database.Execute(
        $"INSERT INTO decisions({Columns}) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9) "
        + "ON CONFLICT(subject, subject_id, stage, by) DO UPDATE SET verdict = $4, kind = $5, reason = $6, keeper_id = $7, score = $8",
        NameOf(decision.Subject), decision.SubjectId, decision.Stage, NameOf(decision.Verdict), decision.Kind, decision.Reason, decision.KeeperId, decision.Score, decision.By);

    /// <summary>Takes back what Smirk decided in a stage, in order to decide anew. What a person decided stays.</summary>
    public void Clear(string stage) => _database.Execute("DELETE FROM decisions WHERE stage = $1 AND by = 'smirk'", stage);

    /// <summary>Every decision, in the order they were made.</summary>
    public IReadOnlyList<Decision> All() => _database.Query($"SELECT {Columns} FROM decisions ORDER BY id", Read);

    /// <summary>The decisions of one stage, by subject.</summary>
    public IReadOnlyList<Decision> OfStage(string stage) => _database.Query($"SELECT {Columns} FROM decisions WHERE stage = $1 ORDER BY subject, subject_id, by", Read, stage);

    /// <summary>The decisions about one file or picture, in the order they were made.</summary>
    public IReadOnlyList<Decision> About(DecisionSubject subject, long id) =>
        _database.Query($"SELECT {Columns} FROM decisions WHERE subject = $1 AND subject_id = $2 ORDER BY id", Read, NameOf(subject), id);

    private static string NameOf(DecisionSubject subject) => subject == DecisionSubject.File ? "file" : "picture";

    private static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Keep => "keep",
        Verdict.Drop => "drop",
        _ => "alternate",
    };

    private static Decision Read(SqliteDataReader row) => new()
    {
        Subject = row.GetString(0) == "file" ? DecisionSubject.File : DecisionSubject.Picture,
        SubjectId = row.GetInt64(1),
        Stage = row.GetString(2),
        Verdict = row.GetString(3) switch { "keep" => Verdict.Keep, "drop" => Verdict.Drop, _ => Verdict.Alternate },
        Kind = row.GetString(4),
        Reason = row.GetString(5),
        KeeperId = row.IsDBNull(6) ? null : row.GetInt64(6),
        Score = row.IsDBNull(7) ? null : row.GetDouble(7),
        By = row.GetString(8),
    };
}
