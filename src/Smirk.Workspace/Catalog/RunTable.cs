using System.Globalization;

namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's runs.</summary>
public sealed class RunTable
{
    private readonly Database _database;

    internal RunTable(Database database) => _database = database;

    /// <summary>Stores what is now known of a run; the row of the same number is overwritten.</summary>
    public void Put(RunRow run) => _database.Execute(
        "INSERT INTO runs(number, recipe, pack, started, state, kimg) VALUES($1, $2, $3, $4, $5, $6) "
        + "ON CONFLICT(number) DO UPDATE SET recipe = $2, pack = $3, started = $4, state = $5, kimg = $6",
        run.Number, run.Recipe, run.Pack, run.Started.ToString("O", CultureInfo.InvariantCulture), run.State, run.Kimg);

    /// <summary>Forgets a run whose folder is gone.</summary>
    public void Remove(int number) => _database.Execute("DELETE FROM runs WHERE number = $1", number);

    /// <summary>Every run, oldest first.</summary>
    public IReadOnlyList<RunRow> All() => _database.Query(
        "SELECT number, recipe, pack, started, state, kimg FROM runs ORDER BY number",
        row => new RunRow(row.GetInt32(0), row.GetString(1), row.GetString(2),
            DateTimeOffset.Parse(row.GetString(3), CultureInfo.InvariantCulture), row.GetString(4), row.GetDouble(5)));
}
