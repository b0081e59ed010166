-- Accounts, permissions and documents. Ids of users and documents are the 16 bytes of a UUID; times are milliseconds
-- since 1970 (UTC); heads are the 32-byte change hashes in ascending order, one after the other.

CREATE TABLE counties (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

CREATE TABLE associations (
    id        TEXT PRIMARY KEY,
    name      TEXT NOT NULL,
    county_id TEXT REFERENCES counties (id)
) STRICT;

CREATE TABLE users (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    email         TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    -- Changes when every session of the user is to end, as when somebody else may know the password.
    session_epoch BLOB NOT NULL,
    demo          INTEGER NOT NULL DEFAULT 0,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE memberships (
    user_id        BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    association_id TEXT NOT NULL REFERENCES associations (id) ON DELETE CASCADE,
    role           TEXT NOT NULL CHECK (role IN ('editor', 'reader', 'course_admin')),
    PRIMARY KEY (user_id, association_id, role)
) STRICT, WITHOUT ROWID;

CREATE INDEX memberships_by_association ON memberships (association_id);

-- Only the hash of a session's id is kept: who reads the database cannot take over a session.
CREATE TABLE sessions (
    key        BLOB PRIMARY KEY CHECK (length(key) = 32),
    user_id    BLOB REFERENCES users (id) ON DELETE CASCADE,
    data       TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sessions_by_user ON sessions (user_id, created_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- A document belongs to one association, or to a county and thereby to all of its associations.
CREATE TABLE documents (
    id             BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind           TEXT NOT NULL,
    association_id TEXT REFERENCES associations (id),
    county_id      TEXT REFERENCES counties (id),
    year           INTEGER,
    title          TEXT NOT NULL,
    heads          BLOB NOT NULL DEFAULT x'',
    created_by     BLOB REFERENCES users (id) ON DELETE SET NULL,
    created_at     INTEGER NOT NULL,
    CHECK ((association_id IS NULL) <> (county_id IS NULL)),
    CHECK (length(heads) % 32 = 0)
) STRICT;

CREATE UNIQUE INDEX one_plan_for_county_and_year ON documents (county_id, year) WHERE kind = 'county';
CREATE INDEX documents_by_association ON documents (association_id);

-- Changes since the last snapshot, in the order they were accepted. An actor belongs to the user who first brought it.
-- One index alone: every commit writes each of them to the disk.
CREATE TABLE changes (
    position    INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id BLOB NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    actor       BLOB NOT NULL,
    seq         INTEGER NOT NULL,
    user_id     BLOB,
    bytes       BLOB NOT NULL,
    stored_at   INTEGER NOT NULL,
    UNIQUE (document_id, actor, seq)
) STRICT;

CREATE TABLE snapshots (
    document_id BLOB PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    bytes       BLOB NOT NULL,
    heads       BLOB NOT NULL,
    stored_at   INTEGER NOT NULL
) STRICT;

-- Whom the actors of a document belong to, as far as their changes are in the snapshot: nobody else may write in
-- their name.
CREATE TABLE actors (
    document_id BLOB NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    actor       BLOB NOT NULL,
    user_id     BLOB NOT NULL,
    PRIMARY KEY (document_id, actor)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    user_id BLOB,
    event   TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT ''
) STRICT;

-- Counts up whenever what open sockets may do could have changed, whoever changed it; one watcher reads it.
CREATE TABLE revisions (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO revisions (name, value) VALUES ('rights', 0), ('sessions', 0);

CREATE TRIGGER membership_added AFTER INSERT ON memberships BEGIN
    UPDATE revisions SET value = value + 1 WHERE name = 'rights';
END;
CREATE TRIGGER membership_changed AFTER UPDATE ON memberships BEGIN
    UPDATE revisions SET value = value + 1 WHERE name = 'rights';
END;
CREATE TRIGGER membership_removed AFTER DELETE ON memberships BEGIN
    UPDATE revisions SET value = value + 1 WHERE name = 'rights';
END;
CREATE TRIGGER association_moved AFTER UPDATE OF county_id ON associations BEGIN
    UPDATE revisions SET value = value + 1 WHERE name = 'rights';
END;
CREATE TRIGGER document_moved AFTER UPDATE OF association_id, county_id, kind ON documents BEGIN
    UPDATE revisions SET value = value + 1 WHERE name = 'rights';
END;
CREATE TRIGGER document_removed AFTER DELETE ON documents BEGIN
    UPDATE revisions SET value = value + 1 WHERE name = 'rights';
END;
CREATE TRIGGER session_removed AFTER DELETE ON sessions BEGIN
    UPDATE revisions SET value = value + 1 WHERE name = 'sessions';
END;
CREATE TRIGGER user_epoch_changed AFTER UPDATE OF session_epoch ON users BEGIN
    DELETE FROM sessions WHERE user_id = NEW.id;
END;
