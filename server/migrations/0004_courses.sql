-- Courses: who runs them, which place each registration has, and what of an occasion is public. Names stand in the
-- occasion's document and, in `sensitive`, beside it; never here.

-- *Kursadministratör*: who writes the catalogue and the occasions of an association, and of its county. It goes with
-- being an editor.
ALTER TABLE memberships ADD COLUMN may_run_courses INTEGER NOT NULL DEFAULT 0 CHECK (may_run_courses IN (0, 1));

-- An association, and a county, has one catalogue of courses.
CREATE UNIQUE INDEX one_catalogue_for_association ON documents (association_id) WHERE kind = 'catalogue';
CREATE UNIQUE INDEX one_catalogue_for_county ON documents (county_id) WHERE kind = 'catalogue';

-- What the relay has decided of each registration, and told its person. The document says the same; this is what no
-- document that syncs in late can take back, and it is written in one transaction with the letters that tell of it.
CREATE TABLE places (
    registration_id BLOB PRIMARY KEY CHECK (length(registration_id) = 16),
    document_id     BLOB NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    -- The order of arrival within the occasion.
    arrival         INTEGER NOT NULL,
    state           TEXT NOT NULL,
    -- An offer stands until then.
    offered_until   INTEGER,
    registered_at   INTEGER NOT NULL,
    reminded_at     INTEGER,
    UNIQUE (document_id, arrival)
) STRICT;

CREATE INDEX places_by_offer ON places (offered_until) WHERE offered_until IS NOT NULL;

-- Personal links: who has one sees and changes the registration. Only hashes, and one for each letter, since a letter
-- that is written later cannot know the link of an earlier one.
CREATE TABLE place_links (
    token_hash      BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    registration_id BLOB NOT NULL REFERENCES places (registration_id) ON DELETE CASCADE,
    created_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX place_links_by_registration ON place_links (registration_id);

-- Diet, allergies and access needs: health data, which never enters a document and goes first.
CREATE TABLE sensitive (
    registration_id BLOB PRIMARY KEY CHECK (length(registration_id) = 16),
    document_id     BLOB NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    diet            TEXT NOT NULL DEFAULT '',
    allergy         TEXT NOT NULL DEFAULT '',
    access          TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE INDEX sensitive_by_document ON sensitive (document_id);

-- The facts of an occasion, for the public list and for those who look for a course; read anew whenever its document
-- changes.
CREATE TABLE occasions (
    document_id  BLOB PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    -- Of which state of the document this is.
    heads        BLOB NOT NULL,
    is_published INTEGER NOT NULL,
    first_day    TEXT,
    last_day     TEXT,
    -- The course that is given, for those that require it.
    course       TEXT,
    -- A hash of what the letters tell: when it changes, those who have a place are told.
    told         BLOB NOT NULL,
    -- The facts of the occasion as JSON.
    facts        TEXT NOT NULL
) STRICT;
