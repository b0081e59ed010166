//! What was erased, for ever: no row of it is left, and no document ever takes its id again.
//!
//! Every table that names a document in `document_id`, or a person in `registration_id`, is found in the schema itself, so
//! that one that is added later is not forgotten. Knows rows and bytes; what is erased and why is for [`crate::erasure`].

use std::{collections::BTreeMap, time::Duration};

use app::domain::ids::{DocumentId, LineId, RegistrationId};
use sqlx::{Sqlite, Transaction};

use super::{Database, content::NewContent, document_id};

/// Of these, the ones of an erased document go, whatever takes its place.
const BYTES: [&str; 3] = ["actors", "changes", "snapshots"];

/// Something to be erased.
#[derive(Debug)]
pub struct Erasing<'a> {
    /// The document.
    pub document: DocumentId,
    /// What goes on in its place, under another id.
    pub replacement: Option<(DocumentId, NewContent)>,
    /// Whose registrations go: all of them where nothing takes the document's place.
    pub registrations: &'a [RegistrationId],
    /// What is left of them.
    pub counts: &'a [CountRow],
    /// What the document was about, without naming anybody.
    pub title: &'a str,
    /// Its last day, if it had any.
    pub last_day: Option<String>,
    /// When.
    pub now_ms: i64,
}

/// *Statistik*: how many people of a kind a course has had in a year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountRow {
    /// Whose: see [`Owner::key`](super::retention::Owner::key).
    pub owner: String,
    /// What the course is called.
    pub course: String,
    /// The year of its days.
    pub year: i32,
    /// Of which party, as a word.
    pub party: String,
    /// Women, men and others, as a word.
    pub sex: String,
    /// The line of the budget that paid; not told of what was kept before.
    pub line: Option<LineId>,
    /// How many registered.
    pub registered: i64,
    /// How many were there on at least one day.
    pub attended: i64,
}

/// An id that is taken for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The document that is no more.
    pub document: DocumentId,
    /// Where what was left of it went on.
    pub replaced_by: Option<DocumentId>,
    /// Whose registrations were left out.
    pub registrations: Vec<RegistrationId>,
    /// When.
    pub at_ms: i64,
}

/// A line of *Raderat* on the page of what is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasedRow {
    /// What it was about.
    pub title: String,
    /// Its last day.
    pub last_day: Option<String>,
    /// How many people.
    pub people: i64,
    /// Whether the rest of it went on.
    pub is_part: bool,
    /// When.
    pub at: i64,
}

impl Database {
    /// Erases a document, with everything that names it, or the people in it, in one transaction. [`scrub`](Self::scrub)
    /// afterwards.
    ///
    /// # Errors
    /// If the database refuses. Then nothing has been erased.
    pub async fn erase(&self, erasing: &Erasing<'_>) -> Result<(), sqlx::Error> {
        let mut transaction = self.pool().begin_with("BEGIN IMMEDIATE").await?;
        // Rows that belong to a document follow it to its new id: until the end they point at nothing.
        sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut *transaction).await?;
        let key = erasing.document.as_bytes().as_slice();
        let mut people: Vec<Vec<u8>> = erasing.registrations.iter().map(|id| id.as_bytes().to_vec()).collect();
        let (of_documents, of_people) = tables(&mut transaction).await?;
        if erasing.replacement.is_none() {
            for table in of_people.iter().filter(|table| of_documents.contains(table)) {
                let found: Vec<(Vec<u8>,)> =
                    sqlx::query_as(&format!("SELECT registration_id FROM \"{table}\" WHERE document_id = ?"))
                        .bind(key)
                        .fetch_all(&mut *transaction)
                        .await?;
                people.extend(found.into_iter().map(|(id,)| id));
            }
            people.sort();
            people.dedup();
        }
        for table in &of_people {
            for person in &people {
                sqlx::query(&format!("DELETE FROM \"{table}\" WHERE registration_id = ?"))
                    .bind(person)
                    .execute(&mut *transaction)
                    .await?;
            }
        }
        let replaced_by = erasing.replacement.as_ref().map(|(id, _)| id.as_bytes().to_vec());
        for table in &of_documents {
            let goes = replaced_by.is_none() || BYTES.contains(&table.as_str());
            match replaced_by.as_ref().filter(|_| !goes) {
                Some(new) => {
                    sqlx::query(&format!("UPDATE \"{table}\" SET document_id = ? WHERE document_id = ?"))
                        .bind(new)
                        .bind(key)
                        .execute(&mut *transaction)
                        .await?
                }
                None => {
                    sqlx::query(&format!("DELETE FROM \"{table}\" WHERE document_id = ?"))
                        .bind(key)
                        .execute(&mut *transaction)
                        .await?
                }
            };
        }
        sqlx::query(
            "INSERT INTO erased_documents (id, replaced_by, association_id, county_id, title, last_day, people, at)
             SELECT id, ?, association_id, county_id, ?, ?, ?, ? FROM documents WHERE id = ?",
        )
        .bind(&replaced_by)
        .bind(erasing.title)
        .bind(&erasing.last_day)
        .bind(i64::try_from(erasing.registrations.len()).unwrap_or(i64::MAX))
        .bind(erasing.now_ms)
        .bind(key)
        .execute(&mut *transaction)
        .await?;
        match &erasing.replacement {
            Some((new, content)) => {
                // Of those who go with the whole occasion the document's own id says enough.
                note_people(&mut transaction, erasing.document, erasing.registrations).await?;
                sqlx::query("UPDATE documents SET id = ? WHERE id = ?")
                    .bind(new.as_bytes().as_slice())
                    .bind(key)
                    .execute(&mut *transaction)
                    .await?;
                content.insert(&mut transaction, *new).await?;
            }
            None => {
                sqlx::query("DELETE FROM documents WHERE id = ?").bind(key).execute(&mut *transaction).await?;
            }
        }
        for row in erasing.counts {
            add_count(&mut transaction, row).await?;
        }
        sqlx::query("UPDATE revisions SET value = value + 1 WHERE name = 'rights'").execute(&mut *transaction).await?;
        transaction.commit().await
    }

    /// Takes an id for ever that this database knows nothing of: it was erased after the backup that this is was made.
    pub async fn bury(&self, tombstone: &Tombstone) -> Result<(), sqlx::Error> {
        let mut transaction = self.pool().begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("INSERT OR IGNORE INTO erased_documents (id, replaced_by, at) VALUES (?, ?, ?)")
            .bind(tombstone.document.as_bytes().as_slice())
            .bind(tombstone.replaced_by.map(|id| id.as_bytes().to_vec()))
            .bind(tombstone.at_ms)
            .execute(&mut *transaction)
            .await?;
        note_people(&mut transaction, tombstone.document, &tombstone.registrations).await?;
        transaction.commit().await
    }

    /// Every id that is taken for ever, the oldest first.
    pub async fn tombstones(&self) -> Result<Vec<Tombstone>, sqlx::Error> {
        let rows: Vec<(Vec<u8>, Option<Vec<u8>>, i64)> =
            sqlx::query_as("SELECT id, replaced_by, at FROM erased_documents ORDER BY at, id")
                .fetch_all(self.pool())
                .await?;
        let mut tombstones = Vec::with_capacity(rows.len());
        for (id, replaced_by, at_ms) in rows {
            let document = document_id(&id)?;
            let replaced_by = replaced_by.as_deref().map(document_id).transpose()?;
            let registrations = self.erased_people(document).await?;
            tombstones.push(Tombstone { document, replaced_by, registrations, at_ms });
        }
        Ok(tombstones)
    }

    /// The tombstone of a document, if it was erased.
    pub async fn tombstone(&self, document: DocumentId) -> Result<Option<Tombstone>, sqlx::Error> {
        let row: Option<(Option<Vec<u8>>, i64)> =
            sqlx::query_as("SELECT replaced_by, at FROM erased_documents WHERE id = ?")
                .bind(document.as_bytes().as_slice())
                .fetch_optional(self.pool())
                .await?;
        let Some((replaced_by, at_ms)) = row else { return Ok(None) };
        let replaced_by = replaced_by.as_deref().map(document_id).transpose()?;
        let registrations = self.erased_people(document).await?;
        Ok(Some(Tombstone { document, replaced_by, registrations, at_ms }))
    }

    /// What became of a document that was erased, perhaps more than once: where the rest of it is now, and all who were
    /// left out on the way. None for one that was never erased.
    pub async fn became_of(&self, document: DocumentId) -> Result<Option<Tombstone>, sqlx::Error> {
        let Some(mut found) = self.tombstone(document).await? else { return Ok(None) };
        // Ids are random and each is erased once: the way has an end.
        while let Some(next) = found.replaced_by {
            let Some(further) = self.tombstone(next).await? else { break };
            found.replaced_by = further.replaced_by;
            found.registrations.extend(further.registrations);
        }
        Ok(Some(found))
    }

    /// What was erased of an owner, the latest first.
    pub async fn erased_of(&self, owner: &str) -> Result<Vec<ErasedRow>, sqlx::Error> {
        let rows: Vec<(String, Option<String>, i64, bool, i64)> = sqlx::query_as(
            "SELECT title, last_day, people, replaced_by IS NOT NULL, at FROM erased_documents
             WHERE COALESCE(association_id, 'county/' || county_id) = ? ORDER BY at DESC, id LIMIT 500",
        )
        .bind(owner)
        .fetch_all(self.pool())
        .await?;
        let row = |(title, last_day, people, is_part, at)| ErasedRow { title, last_day, people, is_part, at };
        Ok(rows.into_iter().map(row).collect())
    }

    /// Leaves no byte of what was deleted: the file is written anew, since pages that were moved about may hold copies of
    /// rows that `secure_delete` does not know of, and the write-ahead log is emptied. Tried for a while, since others may
    /// be reading and writing; false where it is still to be done.
    pub async fn scrub(&self) -> bool {
        const ROUNDS: u32 = 50;
        const PAUSE: Duration = Duration::from_millis(100);
        let mut is_vacuumed = false;
        for _ in 0..ROUNDS {
            let scrubbed = async {
                if !is_vacuumed {
                    sqlx::query("VACUUM").execute(self.pool()).await?;
                    is_vacuumed = true;
                }
                let checkpoint = sqlx::query_as::<_, (i64, i64, i64)>("PRAGMA wal_checkpoint(TRUNCATE)");
                checkpoint.fetch_one(self.pool()).await
            };
            match scrubbed.await {
                Ok((0, ..)) => return true,
                Ok(_) => {}
                Err(error) => tracing::warn!(%error, "what was deleted is not overwritten yet"),
            }
            tokio::time::sleep(PAUSE).await;
        }
        tracing::error!("what was deleted is not overwritten; tried again tomorrow");
        false
    }

    /// Whose a document is, as [`Owner::key`](super::retention::Owner::key) says.
    ///
    /// # Errors
    /// [`sqlx::Error::RowNotFound`] where there is none.
    pub async fn owner_of(&self, document: DocumentId) -> Result<String, sqlx::Error> {
        let (owner,) =
            sqlx::query_as("SELECT COALESCE(association_id, 'county/' || county_id) FROM documents WHERE id = ?")
                .bind(document.as_bytes().as_slice())
                .fetch_one(self.pool())
                .await?;
        Ok(owner)
    }

    /// What is left of people who were erased, of an owner.
    pub async fn course_counts(&self, owner: &str) -> Result<Vec<CountRow>, sqlx::Error> {
        let rows: Vec<(String, String, i32, String, String, i64, i64)> = sqlx::query_as(
            "SELECT owner, course, year, party, sex, registered, attended FROM course_counts WHERE owner = ?
             ORDER BY year, course, party, sex",
        )
        .bind(owner)
        .fetch_all(self.pool())
        .await?;
        let row = |(owner, course, year, party, sex, registered, attended)| CountRow {
            owner,
            course,
            year,
            party,
            sex,
            line: None,
            registered,
            attended,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// How many of an owner's participants of a year who were erased took part in what each line of the budget paid for.
    pub async fn erased_by_line(&self, owner: &str, year: i32) -> Result<BTreeMap<LineId, u32>, sqlx::Error> {
        let rows: Vec<(Vec<u8>, i64)> =
            sqlx::query_as("SELECT cost_line, attended FROM course_line_counts WHERE owner = ? AND year = ?")
                .bind(owner)
                .bind(year)
                .fetch_all(self.pool())
                .await?;
        let line = |(bytes, attended): (Vec<u8>, i64)| {
            let bytes = bytes.try_into().map_err(|_| sqlx::Error::Decode("a line id of other than 16 bytes".into()))?;
            Ok((LineId::from_random(bytes), u32::try_from(attended).unwrap_or_default()))
        };
        rows.into_iter().map(line).collect()
    }

    async fn erased_people(&self, document: DocumentId) -> Result<Vec<RegistrationId>, sqlx::Error> {
        let rows: Vec<(Vec<u8>,)> =
            sqlx::query_as("SELECT registration FROM erased_registrations WHERE document = ? ORDER BY registration")
                .bind(document.as_bytes().as_slice())
                .fetch_all(self.pool())
                .await?;
        let id = |(bytes,): (Vec<u8>,)| {
            let bytes =
                bytes.try_into().map_err(|_| sqlx::Error::Decode("a registration id of other than 16 bytes".into()))?;
            Ok(RegistrationId::from_random(bytes))
        };
        rows.into_iter().map(id).collect()
    }
}

async fn note_people(
    transaction: &mut Transaction<'_, Sqlite>,
    document: DocumentId,
    registrations: &[RegistrationId],
) -> Result<(), sqlx::Error> {
    for registration in registrations {
        sqlx::query("INSERT OR IGNORE INTO erased_registrations (registration, document) VALUES (?, ?)")
            .bind(registration.as_bytes().as_slice())
            .bind(document.as_bytes().as_slice())
            .execute(&mut **transaction)
            .await?;
    }
    Ok(())
}

async fn add_count(transaction: &mut Transaction<'_, Sqlite>, row: &CountRow) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO course_counts (owner, course, year, party, sex, registered, attended) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (owner, course, year, party, sex)
         DO UPDATE SET registered = registered + excluded.registered, attended = attended + excluded.attended",
    )
    .bind(&row.owner)
    .bind(&row.course)
    .bind(row.year)
    .bind(&row.party)
    .bind(&row.sex)
    .bind(row.registered)
    .bind(row.attended)
    .execute(&mut **transaction)
    .await?;
    if let Some(line) = row.line {
        sqlx::query(
            "INSERT INTO course_line_counts (owner, year, cost_line, attended) VALUES (?, ?, ?, ?)
             ON CONFLICT (owner, year, cost_line) DO UPDATE SET attended = attended + excluded.attended",
        )
        .bind(&row.owner)
        .bind(row.year)
        .bind(line.as_bytes().as_slice())
        .bind(row.attended)
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

/// The tables that name a document, and those that name a person.
async fn tables(transaction: &mut Transaction<'_, Sqlite>) -> Result<(Vec<String>, Vec<String>), sqlx::Error> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c
         WHERE t.type = 'table' AND c.name IN ('document_id', 'registration_id') ORDER BY t.name",
    )
    .fetch_all(&mut **transaction)
    .await?;
    let of = |column: &str| rows.iter().filter(|(_, name)| name == column).map(|(table, _)| table.clone()).collect();
    Ok((of("document_id"), of("registration_id")))
}
