-- Letters on their way out. One is stored with what it tells of, in the same transaction, and goes out after that.
CREATE TABLE letters (
    -- The order in which they were queued, which is kept for each registration.
    position        INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Becomes the Message-ID, the same at every attempt, so that whoever gets a letter twice can tell.
    id              BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    document_id     BLOB NOT NULL CHECK (length(document_id) = 16),
    registration_id BLOB NOT NULL CHECK (length(registration_id) = 16),
    kind            TEXT NOT NULL,
    recipient       TEXT NOT NULL,
    name            TEXT NOT NULL,
    subject         TEXT NOT NULL,
    text            TEXT NOT NULL,
    html            TEXT NOT NULL,
    -- What the calendar of the invitation is made of, as JSON; the sender's address is known only when it is sent.
    invite          TEXT,
    created_at      INTEGER NOT NULL,
    -- After this it would say what is no longer so, and is not sent.
    good_until      INTEGER,
    attempts        INTEGER NOT NULL DEFAULT 0,
    -- None once it has gone out or been given up.
    next_attempt_at INTEGER,
    sent_at         INTEGER,
    -- Whether somebody said that they had sent it themselves.
    by_hand         INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
    -- Why it was given up: a code, never what a server wrote, which may name people.
    failed          TEXT,
    CHECK (next_attempt_at IS NULL OR (sent_at IS NULL AND failed IS NULL))
) STRICT;

CREATE INDEX letters_due ON letters (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX letters_by_registration ON letters (registration_id, position);
CREATE INDEX letters_by_document ON letters (document_id, position);
CREATE INDEX letters_sent ON letters (sent_at) WHERE sent_at IS NOT NULL;

-- What a calendar has been told of a registration. It outlives the letters: each further one has a higher number.
CREATE TABLE invites (
    registration_id BLOB PRIMARY KEY CHECK (length(registration_id) = 16),
    document_id     BLOB NOT NULL CHECK (length(document_id) = 16),
    sequence        INTEGER NOT NULL,
    days            INTEGER NOT NULL,
    -- Whether the calendar has the occasion now.
    is_standing     INTEGER NOT NULL CHECK (is_standing IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX invites_by_document ON invites (document_id);

-- Who has been asked what they thought: once each. Not with whose link it was.
CREATE TABLE evaluations_asked (
    registration_id BLOB PRIMARY KEY CHECK (length(registration_id) = 16),
    document_id     BLOB NOT NULL CHECK (length(document_id) = 16)
) STRICT, WITHOUT ROWID;

CREATE INDEX evaluations_asked_by_document ON evaluations_asked (document_id);

-- The links, by the hash of what stands in them. Which answers came by one is written nowhere.
CREATE TABLE evaluation_links (
    token_hash  BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    document_id BLOB NOT NULL CHECK (length(document_id) = 16),
    is_used     INTEGER NOT NULL DEFAULT 0 CHECK (is_used IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE INDEX evaluation_links_by_document ON evaluation_links (document_id);

-- The answers, without name, time or order: the key is random and sorts them.
CREATE TABLE evaluation_answers (
    id          BLOB PRIMARY KEY CHECK (length(id) = 16),
    document_id BLOB NOT NULL CHECK (length(document_id) = 16),
    answers     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX evaluation_answers_by_document ON evaluation_answers (document_id);
