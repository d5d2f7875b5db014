using Smirk.Workspace.Sqlite;

namespace Smirk.Workspace.Catalog;

/// <summary>The workspace's memory (smirk.db): which files were seen, which pictures they hold, what was decided about them, and which runs
/// they went into.</summary>
/// <remarks>One connection; calls may come from any thread and run one after the other.</remarks>
public sealed class CatalogDatabase : IDisposable
{
    private readonly Database _database;
    private readonly string _workspace;
    private readonly TimeProvider _time;

    /// <summary>Opens the catalog.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="workspace">The workspace's absolute path.</param>
    /// <param name="readOnly">Only to look into it. An older one is brought up to date in memory, and its file stays as it is.</param>
    /// <param name="time">The clock that decisions are dated by.</param>
    internal CatalogDatabase(string path, string workspace, bool readOnly, TimeProvider time)
    {
        (_workspace, _time) = (workspace, time);
        var database = new Database(path, readOnly);
        try
        {
            Migrations.RefuseNewer(database, workspace);
            if (readOnly)
            {
                if (Migrations.VersionOf(database) < Migrations.Latest)
                {
                    var older = database;
                    database = older.CopyToMemory();
                    older.Dispose();
                    Migrations.Apply(database, workspace);
                }

                database.Script("PRAGMA query_only = 1; PRAGMA busy_timeout = 5000;");
            }
            else
            {
                // NORMAL: a power cut may take the last transactions, never break the file; the stages do again what is missing.
                database.Script("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
                Migrations.Apply(database, workspace);
            }
        }
        catch
        {
            database.Dispose();
            throw;
        }

        _database = database;
    }

    /// <summary>Where files came from.</summary>
    public SourceTable Sources => new(_database, _workspace);

    /// <summary>Every file and archive member seen.</summary>
    public FileTable Files => new(_database);

    /// <summary>What came with files: captions, labels, authors.</summary>
    public NoteTable Notes => new(_database);

    /// <summary>Every distinct stripped content.</summary>
    public PictureTable Pictures => new(_database);

    /// <summary>What stages and people decided.</summary>
    public DecisionTable Decisions => new(_database, _time);

    /// <summary>What searches for near duplicates found.</summary>
    public FoundCopyTable FoundCopies => new(_database);

    /// <summary>Parts of pictures to train on.</summary>
    public CropTable Crops => new(_database);

    /// <summary>Fingerprints of pictures.</summary>
    public DescriptorTable Descriptors => new(_database);

    /// <summary>Posts, pages and albums that pictures were collected from.</summary>
    public PostTable Posts => new(_database);

    /// <summary>Addresses of pictures: what was fetched, refused or gone.</summary>
    public MediaTable Media => new(_database);

    /// <summary>Lists of addresses that were read.</summary>
    public ListTable Lists => new(_database);

    /// <summary>Training runs.</summary>
    public RunTable Runs => new(_database);

    /// <summary>Does all that <paramref name="work"/> does in the catalog, or, when it throws or the process dies, nothing of it. Not to be
    /// nested.</summary>
    public void InTransaction(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        lock (_database.Gate)
            Transaction.Run(_database.Script, work);
    }

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();
}
