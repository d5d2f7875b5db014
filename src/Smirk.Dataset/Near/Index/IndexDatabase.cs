using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Smirk.Dataset.Near.Prepare;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Sqlite;

namespace Smirk.Dataset.Near.Index;

/// <summary>The index's file: a SQLite database that may be thrown away at any time. Several searches may use it at once.</summary>
internal sealed class IndexDatabase : IDisposable
{
    // "SmkN" in SQLite's application_id: so that nobody's other database is taken for an index.
    private const int OurMark = 0x536D6B4E;
    private const int MarkAt = 68;
    private const int HeaderBytes = 100;

    // Changes with the tables and with what decides which pictures are compared.
    private const int Tables = 1;
    private static readonly string Version = $"{NearDescriptor.Kind}/{Tables}";

    // Whatever changes in comparing, decoding or measuring makes another program of these two: an answer is never another version's.
    private static readonly string Program = $"{typeof(IndexDatabase).Module.ModuleVersionId:N}"
        + $"{typeof(Smirk.Imaging.Picture).Module.ModuleVersionId:N}";

    // Seconds to wait for another search that is writing.
    private const int Patience = 60;

    private const int Corrupt = 11, NotADatabase = 26;

    private readonly SqliteConnection _connection;
    private readonly PreparedStatements _prepared = new();

    private IndexDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the index or makes a new one. One that is damaged or of another version is emptied.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="say">Told what was wrong with it.</param>
    /// <exception cref="UsageException">The file is something else.</exception>
    /// <exception cref="IOException">It can't be made or read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made or written.</exception>
    /// <exception cref="SqliteException">Another program keeps it locked, or the like.</exception>
    public static IndexDatabase Open(NearIndexPlace place, Action<string> say)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(place.Path))!);
        if (File.Exists(place.Path) && new FileInfo(place.Path).Length > 0 && !IsOurs(place.Path))
        {
            if (!place.IsOurs)
            {
                throw new UsageException(
                    $"--index {place.Path}: this file isn't an index of near duplicates. Name another file, or one that isn't there yet.");
            }

            say($"{place.Path} is damaged; it is made anew");
            Remove(place.Path);
        }

        try
        {
            return Opened(place.Path, say);
        }
        catch (SqliteException error) when (IsDamage(error))
        {
            say($"{place.Path} is damaged; it is made anew");
            Remove(place.Path);
            return Opened(place.Path, say);
        }
    }

    /// <summary>Whether an error says that the file's content is broken.</summary>
    public static bool IsDamage(SqliteException error) => error.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>Removes the index and what SQLite keeps beside it.</summary>
    public static void Remove(string path)
    {
        File.Delete(path + "-journal");
        File.Delete(path);
    }

    /// <summary>Whose index it is now: changes when another search empties it, and with the version of smirk that compares.</summary>
    public string State()
    {
        var state = "";
        Query("SELECT born || program FROM about", row => state = row.GetString(0));
        return state;
    }

    /// <summary>Runs a statement; parameters are $1, $2 ….</summary>
    public int Execute(string sql, params object?[] parameters) => Prepare(sql, parameters).ExecuteNonQuery();

    /// <summary>The number in the first column of the first row; null when there is none.</summary>
    public long? Number(string sql, params object?[] parameters) => Prepare(sql, parameters).ExecuteScalar() is long number ? number : null;

    /// <summary>Calls <paramref name="read"/> for each row.</summary>
    public void Query(string sql, Action<SqliteDataReader> read, params object?[] parameters)
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
        while (reader.Read())
            read(reader);
    }

    /// <summary>Does all of <paramref name="work"/> or nothing.</summary>
    public void InTransaction(Action work) => Transaction.Run(sql => Execute(sql), work);

    /// <inheritdoc/>
    public void Dispose()
    {
        _prepared.Dispose();
        _connection.Dispose();
    }

    private static IndexDatabase Opened(string path, Action<string> say)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = Patience,
        }.ToString());
        var index = new IndexDatabase(connection);
        try
        {
            connection.Open();
            index.Execute("PRAGMA synchronous = NORMAL");
            index.InTransaction(() => index.BringUp(path, say));
            index.Script(Own);
            return index;
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    // Emptied in place rather than replaced: another search may have it open.
    private void BringUp(string path, Action<string> say)
    {
        var before = new List<string>();
        Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", r => before.Add(r.GetString(0)));
        var (version, program) = ("", "");
        if (before.Contains("about"))
            Query("SELECT version, program FROM about", r => (version, program) = (r.GetString(0), r.GetString(1)));
        if (version != Version)
        {
            if (before.Count > 0)
                say($"{path} was made by another version of smirk; it is made anew");
            foreach (var name in before)
                Execute($"DROP TABLE \"{name}\"");
            Script(Schema);
            Execute($"PRAGMA application_id = {OurMark}");
            Execute("INSERT INTO about VALUES ($1, $2, $3)", Version, Program, $"{Guid.NewGuid():N}");
        }
        else if (program != Program)
        {
            say($"{path} is of another version of smirk: its pictures are still known, pairs are compared again");
            Execute("DELETE FROM verdicts");
            Execute("UPDATE contents SET measure = NULL, richness = NULL");
            Execute("UPDATE about SET program = $1", Program);
        }
    }

    private void Script(string statements)
    {
        foreach (var statement in statements.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Execute(statement);
    }

    private static bool IsOurs(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[HeaderBytes];
        return file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes
            && header.StartsWith("SQLite format 3\0"u8) && BinaryPrimitives.ReadInt32BigEndian(header[MarkAt..]) == OurMark;
    }

    private SqliteCommand Prepare(string sql, object?[] parameters) => _prepared.Of(_connection, sql, parameters);

    // A look is a set of pixels of which each pair was searched for: whatever isn't among the candidates is no copy.
    private const string Schema = """
        CREATE TABLE about (version TEXT NOT NULL, program TEXT NOT NULL, born TEXT NOT NULL);
        CREATE TABLE pixels (id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE);
        CREATE TABLE contents (id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 BLOB NOT NULL UNIQUE, pixels INTEGER NOT NULL,
            bytes INTEGER NOT NULL, head BLOB NOT NULL, measure TEXT, richness TEXT, day INTEGER NOT NULL);
        CREATE TABLE keypoints (content INTEGER PRIMARY KEY, data BLOB NOT NULL);
        CREATE TABLE files (device INTEGER, inode INTEGER, bytes INTEGER, modified INTEGER, changed INTEGER, content INTEGER,
            PRIMARY KEY (device, inode)) WITHOUT ROWID;
        CREATE TABLE candidates (self INTEGER, other INTEGER, evidence INTEGER, mirrored INTEGER, PRIMARY KEY (self, other)) WITHOUT ROWID;
        CREATE TABLE verdicts (member INTEGER, keeper INTEGER, care INTEGER, question INTEGER, answer TEXT,
            PRIMARY KEY (member, keeper, care, question)) WITHOUT ROWID;
        CREATE TABLE looks (id INTEGER PRIMARY KEY AUTOINCREMENT, pixels BLOB NOT NULL)
        """;

    // Of this connection only: what the search is about.
    private const string Own = "CREATE TEMP TABLE here (content INTEGER PRIMARY KEY); CREATE TEMP TABLE shown (pixels INTEGER PRIMARY KEY)";
}
