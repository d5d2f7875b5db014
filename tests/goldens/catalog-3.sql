-- The catalog of Smirk 0.1 (version 3) with a few rows of each kind, as that version wrote them. @WS stands for the workspace's folder.
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
, angle REAL NOT NULL DEFAULT 0, margin REAL NOT NULL DEFAULT 0, dropped TEXT, reason TEXT NOT NULL DEFAULT '', doubt REAL NOT NULL DEFAULT 0) STRICT;
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
PRAGMA user_version = 3;
INSERT INTO sources VALUES (1, 'folder', '/pile'), (2, 'folder', '@WS/drawn'), (3, 'folder', '@WS/collected/a'), (4, 'subreddit', 'r/Smugs');
INSERT INTO pictures VALUES (1, 'aa01', 'png', 100, 80, 1000), (2, 'bb02', 'jpeg', 50, 40, 500), (3, 'cc03', 'jpeg', 90, 90, 700), (4, 'dd04', 'png', 64, 64, 300);
INSERT INTO files VALUES
    (1, 1, 'a.png', 1100, 5, 'a1', 1, 'used', NULL, 'Exif'), (2, 1, 'b.jpg', 500, 5, 'b2', 2, 'used', NULL, NULL), (3, 2, 'c.jpg', 700, 5, 'c3', 3, 'used', NULL, NULL),
    (4, 1, 'copy.png', 1100, 5, 'a1', 1, 'used', NULL, 'Exif'), (5, 1, 'notes.txt', 9, 5, 'e5', NULL, 'refused', 'no picture: this is a text', NULL), (6, 2, 'd.png', 300, 5, 'd4', 4, 'used', NULL, NULL);
INSERT INTO decisions VALUES
    (1, 'file', 4, 'exact', 'drop', 'exact', 'byte for byte the same as /pile/a.png', 1, NULL, 'smirk'),
    (2, 'picture', 2, 'near', 'drop', 'resize', 'resize of /pile/a.png (98 % alike), which stays: larger true resolution (100×80)', 1, 0.98, 'smirk'),
    (3, 'picture', 3, 'near', 'keep', 'not-duplicate', 'no duplicate, by hand: it stays', 1, NULL, 'person'),
    (4, 'picture', 4, 'crop', 'drop', 'without a face', 'no face found: dropped', NULL, NULL, 'smirk');
INSERT INTO crops VALUES
    (1, 1, 10, 10, 30, 30, 0.6, 'face', 'smirk', 0, 0.6, NULL, 'the detector is not sure (score 0.60)', 0.6),
    (2, 3, 5, 6, 40, 41, NULL, 'face', 'person', 0, 0.6, NULL, '', 0);
INSERT INTO descriptors VALUES (1, 'near-2', x'00'), (2, 'near-2', x'00');
INSERT INTO runs VALUES (1, 'auto', 'ff00', '2026-11-01T10:00:00.0000000+00:00', 'done', 12.5);
