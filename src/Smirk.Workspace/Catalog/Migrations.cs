using Smirk.Workspace.Errors;

namespace Smirk.Workspace.Catalog;

/// <summary>The catalog's schema as numbered steps. A step that has been released never changes; what's new goes into a step of its own at the end.</summary>
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
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Latest => Steps.Length;

    /// <summary>The version of the catalog behind <paramref name="database"/>; 0 for a new one.</summary>
    public static int VersionOf(Database database) => Convert.ToInt32(database.Scalar("PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Refuses a catalog that a newer program made.</summary>
    /// <exception cref="UnusableInputException">It is newer.</exception>
    public static void RefuseNewer(Database database, string workspace)
    {
        var version = VersionOf(database);
        if (version > Latest)
            throw new UnusableInputException($"{workspace} was made by a newer Smirk (catalog version {version}; this one knows versions up to {Latest}). Update Smirk, or give another workspace with -w.");
    }

    /// <summary>Brings the catalog up to <see cref="Latest"/>, each step in a transaction together with its number.</summary>
    public static void Apply(Database database)
    {
        for (var version = VersionOf(database); version < Latest; version++)
            database.Script($"BEGIN IMMEDIATE; {Steps[version]} PRAGMA user_version = {version + 1}; COMMIT;");
    }
}
