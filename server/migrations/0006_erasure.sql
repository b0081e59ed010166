-- Documents that were erased. Such an id is never registered again, whoever comes with it: an old client, a file that was
-- handed over, a backup. `replaced_by` is where what was left went on. Of what it was about, only what names nobody is kept.
CREATE TABLE erased_documents (
    id             BLOB PRIMARY KEY CHECK (length(id) = 16),
    replaced_by    BLOB CHECK (length(replaced_by) = 16),
    association_id TEXT,
    county_id      TEXT,
    title          TEXT NOT NULL DEFAULT '',
    last_day       TEXT,
    people         INTEGER NOT NULL DEFAULT 0,
    at             INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER erased_for_ever BEFORE INSERT ON documents
WHEN EXISTS (SELECT 1 FROM erased_documents WHERE id = NEW.id) BEGIN
    SELECT RAISE(ABORT, 'the document was erased');
END;

-- Registrations of people who were erased on request: ids alone, so that nothing of them is carried over.
-- The column is not called registration_id: rows of tables that have one go with the person.
CREATE TABLE erased_registrations (
    registration BLOB PRIMARY KEY CHECK (length(registration) = 16),
    document     BLOB NOT NULL CHECK (length(document) = 16)
) STRICT, WITHOUT ROWID;

CREATE INDEX erased_registrations_by_document ON erased_registrations (document);

-- What is left of people who were erased: how many they were, of a course and a year.
CREATE TABLE course_counts (
    owner      TEXT NOT NULL,
    course     TEXT NOT NULL,
    year       INTEGER NOT NULL,
    party      TEXT NOT NULL,
    sex        TEXT NOT NULL,
    registered INTEGER NOT NULL,
    attended   INTEGER NOT NULL,
    PRIMARY KEY (owner, course, year, party, sex)
) STRICT, WITHOUT ROWID;

-- How long registrations are kept after the last day of a course.
ALTER TABLE associations ADD COLUMN retention_days INTEGER NOT NULL DEFAULT 365 CHECK (retention_days BETWEEN 1 AND 3650);

-- Since when it has been said beforehand that an occasion will go. None goes before that has stood for some days.
CREATE TABLE retention_notices (
    document_id  BLOB PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    announced_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
