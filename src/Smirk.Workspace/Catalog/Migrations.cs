using Smirk.Workspace.Errors;

namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's schema as numbered steps. A step that has been released never changes; what's new goes into a step of its own at
/// the end.</summary>
internal static class Migrations
{
    // Step n (from 1) brings a catalog of version n-1 to version n.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE sources (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            path TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE pictures (
            id INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL UNIQUE,
            format TEXT NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            bytes INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE files (
            id INTEGER PRIMARY KEY,
            source_id INTEGER NOT NULL REFERENCES sources(id),
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            mtime INTEGER NOT NULL,
            sha256 TEXT,
            picture_id INTEGER REFERENCES pictures(id),
            status TEXT NOT NULL,
            reason TEXT,
            removed TEXT,
            UNIQUE (source_id, path)
        ) STRICT;
        CREATE INDEX files_by_picture ON files(picture_id);
        CREATE TABLE decisions (
            id INTEGER PRIMARY KEY,
            subject TEXT NOT NULL,
            subject_id INTEGER NOT NULL,
            stage TEXT NOT NULL,
            verdict TEXT NOT NULL,
            kind TEXT NOT NULL,
            reason TEXT NOT NULL,
            keeper_id INTEGER,
            score REAL,
            by TEXT NOT NULL,
            UNIQUE (subject, subject_id, stage, by)
        ) STRICT;
        CREATE TABLE crops (
            id INTEGER PRIMARY KEY,
            picture_id INTEGER NOT NULL REFERENCES pictures(id),
            x INTEGER NOT NULL,
            y INTEGER NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            score REAL,
            label TEXT,
            by TEXT NOT NULL
        ) STRICT;
        CREATE INDEX crops_by_picture ON crops(picture_id);
        CREATE TABLE descriptors (
            picture_id INTEGER NOT NULL REFERENCES pictures(id),
            kind TEXT NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (picture_id, kind)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE runs (
            number INTEGER PRIMARY KEY,
            recipe TEXT NOT NULL,
            pack TEXT NOT NULL,
            started TEXT NOT NULL,
            state TEXT NOT NULL,
            kimg REAL NOT NULL
        ) STRICT;
        """,
        """
        ALTER TABLE crops ADD COLUMN angle REAL NOT NULL DEFAULT 0;
        ALTER TABLE crops ADD COLUMN margin REAL NOT NULL DEFAULT 0;
        ALTER TABLE crops ADD COLUMN dropped TEXT;
        ALTER TABLE crops ADD COLUMN reason TEXT NOT NULL DEFAULT '';
        ALTER TABLE crops ADD COLUMN doubt REAL NOT NULL DEFAULT 0;
        """,
        """
        CREATE TABLE posts (
            id INTEGER PRIMARY KEY,
            site TEXT NOT NULL,
            site_id TEXT NOT NULL,
            "group" TEXT NOT NULL,
            author TEXT NOT NULL,
            title TEXT NOT NULL,
            address TEXT NOT NULL,
            created INTEGER NOT NULL,
            score INTEGER NOT NULL,
            UNIQUE (site, site_id)
        ) STRICT;
        CREATE TABLE media (
            id INTEGER PRIMARY KEY,
            address TEXT NOT NULL UNIQUE,
            host TEXT NOT NULL,
            fallbacks TEXT NOT NULL,
            state TEXT NOT NULL,
            reason TEXT,
            quality TEXT,
            fetched_from TEXT,
            bytes INTEGER NOT NULL,
            file_id INTEGER REFERENCES files(id),
            tries INTEGER NOT NULL,
            seen INTEGER NOT NULL,
            wanted INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX media_waiting ON media(wanted, state, host, id);
        CREATE INDEX media_by_file ON media(file_id);
        CREATE TABLE media_origins (
            media_id INTEGER NOT NULL REFERENCES media(id),
            source_id INTEGER NOT NULL REFERENCES sources(id),
            post_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            UNIQUE (media_id, source_id, post_id, position)
        ) STRICT;
        CREATE INDEX media_origins_by_post ON media_origins(post_id);
        CREATE TABLE lists (
            address TEXT PRIMARY KEY,
            etag TEXT,
            modified TEXT,
            content TEXT NOT NULL
        ) STRICT;
        """,

        // Decisions become a log; sentences become codes, or notes where only the sentence is known; what the near search found is kept
        // apart from what was decided about it.
        """
        CREATE TABLE batches (
            id INTEGER PRIMARY KEY,
            at TEXT NOT NULL,
            by TEXT NOT NULL,
            undoes INTEGER REFERENCES batches(id)
        ) STRICT;
        CREATE INDEX batches_by_undone ON batches(undoes);
        ALTER TABLE decisions RENAME TO decisions_3;
        CREATE TABLE decisions (
            id INTEGER PRIMARY KEY,
            batch INTEGER NOT NULL REFERENCES batches(id),
            before INTEGER REFERENCES decisions(id),
            subject TEXT NOT NULL,
            subject_id INTEGER NOT NULL,
            stage TEXT NOT NULL,
            by TEXT NOT NULL,
            verdict TEXT,
            kind TEXT NOT NULL,
            reasons TEXT NOT NULL,
            keeper_id INTEGER,
            score REAL
        ) STRICT;
        CREATE INDEX decisions_by_subject ON decisions(subject, subject_id, stage, by, id);
        CREATE INDEX decisions_by_batch ON decisions(batch);
        CREATE VIEW standing AS SELECT * FROM decisions d WHERE verdict IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM decisions later
            WHERE later.subject = d.subject AND later.subject_id = d.subject_id AND later.stage = d.stage AND later.by = d.by
              AND later.id > d.id);
        INSERT INTO batches(at, by)
            SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'smirk' WHERE EXISTS (SELECT 1 FROM decisions_3)
              OR EXISTS (SELECT 1 FROM crops WHERE by = 'person');
        INSERT INTO decisions(batch, subject, subject_id, stage, by, verdict, kind, reasons)
            SELECT 1, 'picture', picture_id, 'crop', 'person', 'keep', 'boxes',
                json_group_array(json_object('code', 'box', 'numbers', json_array(x, y, width, height)))
            FROM crops WHERE by = 'person' GROUP BY picture_id ORDER BY picture_id;
        INSERT INTO decisions(batch, subject, subject_id, stage, by, verdict, kind, reasons, keeper_id, score)
            SELECT 1, subject, subject_id, stage, by, verdict, kind,
                CASE WHEN by = 'person' OR stage = 'exact' THEN '[]' ELSE json_array(json_object('code', 'note', 'text', reason)) END,
                  keeper_id, score
            FROM decisions_3 ORDER BY id;
        CREATE TABLE near_found (
            care TEXT NOT NULL,
            picture_id INTEGER NOT NULL REFERENCES pictures(id),
            keeper_id INTEGER NOT NULL REFERENCES pictures(id),
            kind TEXT NOT NULL,
            similarity REAL NOT NULL,
            reasons TEXT NOT NULL,
            PRIMARY KEY (care, picture_id)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO near_found(care, picture_id, keeper_id, kind, similarity, reasons)
            SELECT CASE WHEN EXISTS (SELECT 1 FROM descriptors WHERE kind = 'near-2-careful') THEN 'careful' ELSE 'normal' END,
                subject_id, keeper_id, kind, COALESCE(score, 0), json_array(json_object('code', 'note', 'text', reason))
            FROM decisions_3 WHERE stage = 'near' AND subject = 'picture' AND by = 'smirk' AND keeper_id IS NOT NULL;
        DELETE FROM descriptors WHERE kind = 'near-2' AND EXISTS (SELECT 1 FROM descriptors WHERE kind = 'near-2-careful');
        DROP TABLE decisions_3;
        ALTER TABLE crops ADD COLUMN reasons TEXT NOT NULL DEFAULT '[]';
        UPDATE crops SET reasons = json_array(json_object('code', 'note', 'text', reason)) WHERE reason <> '';
        ALTER TABLE crops DROP COLUMN reason;
        ALTER TABLE files ADD COLUMN refusal TEXT;
        UPDATE files SET refusal = json_array(json_object('code', 'note', 'text', reason)) WHERE reason IS NOT NULL;
        ALTER TABLE files DROP COLUMN reason;
        """,

        // What came with a file: its caption, label, author and the like.
        """
        CREATE TABLE file_notes (
            file_id INTEGER PRIMARY KEY REFERENCES files(id),
            fields TEXT NOT NULL
        ) STRICT;
        """,
    ];

    // The step whose paths are relative to the workspace.
    private const int RelativePaths = 4;

    /// <summary>The version that this program writes.</summary>
    public static int Latest => Steps.Length;

    /// <summary>The version of the catalog behind <paramref name="database"/>; 0 for a new one.</summary>
    public static int VersionOf(Database database) =>
        Convert.ToInt32(database.Scalar("PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Refuses a catalog that a newer program made.</summary>
    /// <exception cref="UnusableInputException">It is newer.</exception>
    public static void RefuseNewer(Database database, string workspace)
    {
        var version = VersionOf(database);
        if (version > Latest)
            throw new UnusableInputException(
                $"{workspace} was made by a newer Smirk (catalog version {version}; this one knows versions up to {Latest}). Update "
                    + "Smirk, or give another workspace with -w.");
    }

    /// <summary>Brings the catalog up to <see cref="Latest"/>, each step in a transaction together with its number.</summary>
    /// <param name="database">The catalog.</param>
    /// <param name="workspace">The folder that it is the catalog of.</param>
    public static void Apply(Database database, string workspace)
    {
        for (var version = VersionOf(database) + 1; version <= Latest; version++)
        {
            database.Script("BEGIN IMMEDIATE");
            try
            {
                database.Script(Steps[version - 1]);
                if (version == RelativePaths)
                    new SourceTable(database, workspace).MakeRelative();
                database.Script($"PRAGMA user_version = {version}; COMMIT;");
            }
            catch
            {
                database.Script("ROLLBACK");
                throw;
            }
        }
    }
}
