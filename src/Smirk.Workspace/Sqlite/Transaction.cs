using Microsoft.Data.Sqlite;

namespace Smirk.Workspace.Sqlite;

/// <summary>All of some work in a SQLite database, or nothing of it.</summary>
public static class Transaction
{
    /// <summary>Does <paramref name="work"/>; when it throws, or the process dies, nothing of it was done. Not to be nested.</summary>
    /// <param name="execute">Runs a statement on the connection that the work uses.</param>
    /// <param name="work">The work.</param>
    public static void Run(Action<string> execute, Action work)
    {
        ArgumentNullException.ThrowIfNull(execute);
        ArgumentNullException.ThrowIfNull(work);
        execute("BEGIN IMMEDIATE");
        try
        {
            work();
            execute("COMMIT");
        }
        catch
        {
            // After a full disk SQLite may have rolled back by itself; then there is nothing to roll back and that is fine.
            try
            {
                execute("ROLLBACK");
            }
            catch (SqliteException)
            {
            }

            throw;
        }
    }
}
