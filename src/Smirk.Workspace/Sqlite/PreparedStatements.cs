using Microsoft.Data.Sqlite;

namespace Smirk.Workspace.Sqlite;

/// <summary>Statements of one SQLite connection, each prepared once. For one thread at a time.</summary>
public sealed class PreparedStatements : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    /// <summary>The statement, ready to be run.</summary>
    /// <param name="connection">The connection; the same at every call.</param>
    /// <param name="sql">The statement; its parameters are $1, $2 ….</param>
    /// <param name="parameters">Their values, as many at every call.</param>
    public SqliteCommand Of(SqliteConnection connection, string sql, object?[] parameters)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(parameters);
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < parameters.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i + 1}" });
            _prepared.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i] ?? DBNull.Value;
        return command;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
    }
}
