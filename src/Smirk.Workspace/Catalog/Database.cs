using Microsoft.Data.Sqlite;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Sqlite;

namespace Smirk.Workspace.Catalog;

/// <summary>The one connection to the catalog: statements are prepared once and run one at a time, from any thread.</summary>
internal sealed class Database : IDisposable
{
    // SQLite's result codes.
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CantOpen = 14;
    private const int NotADatabase = 26;

    // ENOSPC: told to the person like any other write that found the disk full.
    private const int NoSpace = 28;

    // What SQLite needs beside the file before it can as much as read it.
    private const long SpaceToOpen = 200_000;

    private readonly PreparedStatements _prepared = new();
    private readonly string _path;
    private SqliteConnection _connection;

    public Database(string path, bool readOnly)
    {
        _path = path;
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            Mode = readOnly ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
        };
        _connection = Translate(() => Opened(settings));
        if (readOnly)
            Translate(ReadWhatCantBeWritten);
    }

    private Database(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>Held while a statement or a transaction runs; the same thread may take it again.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Runs a statement; parameters are $1, $2 … Returns the number of rows changed.</summary>
    public int Execute(string sql, params object?[] parameters)
    {
        lock (Gate)
            return Translate(() => Prepare(sql, parameters).ExecuteNonQuery());
    }

    /// <summary>The first column of the first row, or null.</summary>
    public object? Scalar(string sql, params object?[] parameters)
    {
        lock (Gate)
            return Translate(() => Prepare(sql, parameters).ExecuteScalar()) is var value and not DBNull ? value : null;
    }

    /// <summary>All rows, each made by <paramref name="read"/>.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object?[] parameters)
    {
        lock (Gate)
        {
            return Translate(() =>
            {
                using var reader = Prepare(sql, parameters).ExecuteReader();
                var rows = new List<T>();
                while (reader.Read())
                    rows.Add(read(reader));
                return rows;
            });
        }
    }

    /// <summary>Runs several statements of a migration, or a PRAGMA.</summary>
    public void Script(string sql)
    {
        lock (Gate)
        {
            Translate(() =>
            {
                using var command = _connection.CreateCommand();
                command.CommandText = sql;
                return command.ExecuteNonQuery();
            });
        }
    }

    /// <summary>The same content in memory, to be changed without a trace.</summary>
    public Database CopyToMemory() => Translate(() =>
    {
        var memory = Opened(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false });
        _connection.BackupDatabase(memory);
        return new Database(_path, memory);
    });

    public void Dispose()
    {
        _prepared.Dispose();
        _connection.Dispose();
    }

    private static SqliteConnection Opened(SqliteConnectionStringBuilder settings)
    {
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // SQLite makes files beside a catalog even to read it. Where it may not, the catalog can be read as it lies there; where a process that
    // was killed has left changes in such a file, a copy of both can.
    private bool ReadWhatCantBeWritten()
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM sqlite_master";
            command.ExecuteScalar();
        }
        catch (SqliteException error)
            when (error.SqliteErrorCode is CantOpen or ReadOnly)
        {
            _connection.Dispose();
            var asItLies = new SqliteConnectionStringBuilder
            {
                DataSource = $"{new Uri(_path).AbsoluteUri}?immutable=1",
                Pooling = false,
                Mode = SqliteOpenMode.ReadOnly,
            };
            _connection = new FileInfo(_path + "-wal") is { Exists: true, Length: > 0 } ? Copied() : Opened(asItLies);
        }

        return true;
    }

    private SqliteConnection Copied()
    {
        var folder = Directory.CreateTempSubdirectory("smirk-");
        try
        {
            var copy = Path.Combine(folder.FullName, Path.GetFileName(_path));
            foreach (var part in new[] { "", "-wal" })
            {
                // Not the permissions.
                using var from = File.Open(_path + part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var to = File.Create(copy + part);
                from.CopyTo(to);
            }

            using var whole = Opened(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false });
            var memory = Opened(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false });
            whole.BackupDatabase(memory);
            return memory;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private SqliteCommand Prepare(string sql, object?[] parameters) => _prepared.Of(_connection, sql, parameters);

    private T Translate<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (SqliteException error)
            when (error.SqliteErrorCode == Full || (error.SqliteErrorCode is InputOutput or CantOpen && IsDiskFull()))
        {
            throw new IOException($"{_path} can't grow.", NoSpace);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is InputOutput or CantOpen)
        {
            throw new IOException($"{_path} can't be read or written ({error.Message.TrimEnd('.')}).", error);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == ReadOnly)
        {
            throw new UnauthorizedAccessException($"{_path} may not be written.", error);
        }
        catch (SqliteException error) when (error.SqliteErrorCode is NotADatabase or Corrupt)
        {
            throw new UnusableInputException(
                $"{_path} is no catalog or is damaged ({error.Message}). Move it away and import again, or give another workspace with -w.",
                error);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == Busy)
        {
            throw new UnusableInputException($"{_path} is in use by another program. Wait until it ends, then run this again.", error);
        }
    }

    // Some writes that find no space are reported as any other failure.
    private bool IsDiskFull() => new DriveInfo(Path.GetDirectoryName(_path)!).AvailableFreeSpace < SpaceToOpen;
}
