//! The list of documents, and who may do what with each.
//!
//! Rights are one question to the database, asked before anything of a document is loaded. A document that is missing
//! and one that is forbidden give the same answer.

use app::{
    boot::{DocumentInfo, DocumentRights, Person},
    domain::{
        Deciding, Organiser,
        ids::{AssociationId, DocumentId, UserId},
    },
};
use sqlx::{FromRow, sqlite::SqliteRow};

use super::{Database, content::NewContent, document_id, user_id};
use crate::clock;

/// SQLite's code where a trigger raised an error.
const REFUSED_BY_TRIGGER: &str = "1811";

/// What a user may read, and whether also write: editors of the owner, or of any association of the owning county. To
/// decide is a right of some of the editors, and so is to run courses: the catalogue is written by those who may, and an
/// occasion, with the names of those who have signed up, is read by nobody else.
const READABLE: &str = "
    SELECT d.id, d.kind, d.association_id, a.county_id, d.year, d.title,
           MAX(m.role = 'editor' AND (d.kind NOT IN ('catalogue', 'occasion') OR m.may_run_courses)) AS may_write,
           MAX(m.role = 'editor' AND m.may_decide) AS may_decide
    FROM memberships m
    JOIN associations a ON a.id = m.association_id
    JOIN documents d ON d.association_id = a.id OR d.county_id = a.county_id
    WHERE m.user_id = ? AND m.role IN ('editor', 'reader')
          AND (d.kind <> 'occasion' OR (m.role = 'editor' AND m.may_run_courses))";

/// Who may read a document, whether they may decide for its owner, and whether they ever could.
const PEOPLE: &str = "
    WITH owners AS (
        SELECT a.id, a.name, d.kind FROM documents d JOIN associations a ON a.id = d.association_id OR a.county_id = d.county_id
        WHERE d.id = ?
    ), members AS (
        SELECT m.user_id, o.id, o.name, m.role = 'editor' AND m.may_decide AS may FROM owners o
        JOIN memberships m ON m.association_id = o.id AND m.role IN ('editor', 'reader')
        WHERE o.kind <> 'occasion' OR (m.role = 'editor' AND m.may_run_courses)
    ), everybody AS (
        SELECT user_id, id, name, may FROM members
        UNION ALL
        SELECT x.user_id, o.id, o.name, 0 FROM owners o JOIN deciders x ON x.association_id = o.id
        WHERE o.kind <> 'occasion'
    )
    SELECT e.user_id, COALESCE(u.name, 'Borttaget konto') AS called, MIN(e.name), MAX(e.may),
           MAX(EXISTS (SELECT 1 FROM deciders x WHERE x.user_id = e.user_id AND x.association_id = e.id))
    FROM everybody e LEFT JOIN users u ON u.id = e.user_id GROUP BY e.user_id ORDER BY called, e.user_id";

/// What a document is about, as far as the relay cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Länsplan: one for each county and year, owned by the county.
    County,
    /// Verksamhetsplan och budget: one for each association and year.
    Plan,
    /// Kurskatalog: one for each association, and one for each county.
    Catalogue,
    /// Kurstillfälle, of an association or a county.
    Occasion,
    /// Free content of an association.
    Other,
}

impl Kind {
    /// The kind as requests and rows write it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "county" => Some(Self::County),
            "plan" => Some(Self::Plan),
            "catalogue" => Some(Self::Catalogue),
            "occasion" => Some(Self::Occasion),
            "other" => Some(Self::Other),
            _ => None,
        }
    }

    /// The kind as text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::Plan => "plan",
            Self::Catalogue => "catalogue",
            Self::Occasion => "occasion",
            Self::Other => "other",
        }
    }

    /// Whether it is of courses, and written by those who may run them.
    pub fn is_of_courses(self) -> bool {
        matches!(self, Self::Catalogue | Self::Occasion)
    }
}

/// A document to be registered.
#[derive(Debug)]
pub struct Registration {
    /// Made by the client.
    pub id: DocumentId,
    /// What it is about.
    pub kind: Kind,
    /// The owner, or the association that speaks for its county.
    pub association: AssociationId,
    /// Whether its county owns it, as is so for every county plan.
    pub of_county: bool,
    /// The budget year, if it has one.
    pub year: Option<i32>,
    /// Its title.
    pub title: String,
    /// What it starts with: nothing, or the frozen first change of its kind.
    pub content: NewContent,
}

/// Why a document was not registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The user is no editor of the association, or may not run its courses.
    #[error("not an editor of the association")]
    Forbidden,
    /// A document with this id exists, or there is a plan for the year already, or a catalogue.
    #[error("the document exists")]
    Exists,
    /// The association is in no county.
    #[error("the association is in no county")]
    NoCounty,
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Database {
    /// All that a user may read, newest year first.
    pub async fn readable_documents(&self, user: UserId) -> Result<Vec<DocumentInfo>, sqlx::Error> {
        let rows: Vec<Row> = sqlx::query_as(&format!("{READABLE} GROUP BY d.id ORDER BY d.year DESC, d.title, d.id"))
            .bind(user.as_bytes().as_slice())
            .fetch_all(self.pool())
            .await?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// The document, if it exists and the user may read it.
    pub async fn readable_document(
        &self,
        user: UserId,
        document: DocumentId,
    ) -> Result<Option<DocumentInfo>, sqlx::Error> {
        let row: Option<Row> = sqlx::query_as(&format!("{READABLE} AND d.id = ? GROUP BY d.id"))
            .bind(user.as_bytes().as_slice())
            .bind(document.as_bytes().as_slice())
            .fetch_optional(self.pool())
            .await?;
        Ok(row.map(|row| row.0))
    }

    /// Everybody who may read the document, by name: authors of changes and people present. Those who have decided for
    /// its owner and are gone since stand among them, so that their decisions can be told.
    pub async fn people_of(&self, document: DocumentId) -> Result<Vec<Person>, sqlx::Error> {
        let rows: Vec<(Vec<u8>, String, String, bool, bool)> =
            sqlx::query_as(PEOPLE).bind(document.as_bytes().as_slice()).fetch_all(self.pool()).await?;
        let person = |(id, name, association, may, has): (Vec<u8>, _, _, bool, bool)| {
            let decides = match (may, has) {
                (true, _) => Deciding::Now,
                (false, true) => Deciding::Before,
                (false, false) => Deciding::No,
            };
            Ok(Person { id: user_id(&id)?, name, association, decides })
        };
        rows.into_iter().map(person).collect()
    }

    /// The associations of the county that this one is in, with their names.
    pub async fn neighbours(&self, association: &AssociationId) -> Result<Vec<(AssociationId, String)>, sqlx::Error> {
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT a.id, a.name FROM associations a JOIN associations b ON b.county_id = a.county_id
             WHERE b.id = ? ORDER BY a.name",
        )
        .bind(association.as_str())
        .fetch_all(self.pool())
        .await?;
        rows.into_iter()
            .map(|(id, name)| {
                let id = id.parse().map_err(|_| sqlx::Error::Decode("no association id".into()))?;
                Ok((id, name))
            })
            .collect()
    }

    /// *Arrangör*: the association, or its county, by name.
    pub async fn organiser(&self, association: &AssociationId, of_county: bool) -> Result<Organiser, sqlx::Error> {
        let row: Option<(String, Option<String>)> = sqlx::query_as(
            "SELECT a.name, c.name FROM associations a LEFT JOIN counties c ON c.id = a.county_id WHERE a.id = ?",
        )
        .bind(association.as_str())
        .fetch_optional(self.pool())
        .await?;
        let (own, county) = row.unwrap_or_default();
        Ok(match county.filter(|_| of_county) {
            Some(name) => Organiser { name, association: None },
            None => Organiser { name: own, association: Some(association.clone()) },
        })
    }

    /// Registers a document that an editor made.
    pub async fn register(&self, user: UserId, registration: &Registration) -> Result<DocumentInfo, RegisterError> {
        let mut transaction = self.pool().begin_with("BEGIN IMMEDIATE").await?;
        let association: Option<(Option<String>, bool, bool)> = sqlx::query_as(
            "SELECT a.county_id, m.may_decide, m.may_run_courses FROM associations a JOIN memberships m ON m.association_id = a.id
             WHERE a.id = ? AND m.user_id = ? AND m.role = 'editor'",
        )
        .bind(registration.association.as_str())
        .bind(user.as_bytes().as_slice())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some((county, may_decide, may_run_courses)) = association else { return Err(RegisterError::Forbidden) };
        if registration.kind.is_of_courses() && !may_run_courses {
            return Err(RegisterError::Forbidden);
        }
        let (owner, owning_county) = if registration.of_county {
            (None, Some(county.clone().ok_or(RegisterError::NoCounty)?))
        } else {
            (Some(registration.association.as_str().to_owned()), None)
        };
        sqlx::query(
            "INSERT INTO documents (id, kind, association_id, county_id, year, title, created_by, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(registration.id.as_bytes().as_slice())
        .bind(registration.kind.as_str())
        .bind(&owner)
        .bind(owning_county)
        .bind(registration.year)
        .bind(&registration.title)
        .bind(user.as_bytes().as_slice())
        .bind(clock::now_ms())
        .execute(&mut *transaction)
        .await
        .map_err(|error| match error {
            // Or was erased: then the id is taken for ever, as a trigger says.
            sqlx::Error::Database(error)
                if error.is_unique_violation() || error.code().as_deref() == Some(REFUSED_BY_TRIGGER) =>
            {
                RegisterError::Exists
            }
            error => error.into(),
        })?;
        registration.content.insert(&mut transaction, registration.id).await?;
        transaction.commit().await?;
        Ok(DocumentInfo {
            id: registration.id,
            kind: registration.kind.as_str().to_owned(),
            association: owner,
            county,
            year: registration.year,
            title: registration.title.clone(),
            rights: DocumentRights::Write,
            may_decide,
        })
    }
}

/// One row of [`READABLE`].
struct Row(DocumentInfo);

impl FromRow<'_, SqliteRow> for Row {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        use sqlx::Row as _;
        Ok(Self(DocumentInfo {
            id: document_id(row.try_get("id")?)?,
            kind: row.try_get("kind")?,
            association: row.try_get("association_id")?,
            county: row.try_get("county_id")?,
            year: row.try_get("year")?,
            title: row.try_get("title")?,
            rights: if row.try_get::<i64, _>("may_write")? == 1 { DocumentRights::Write } else { DocumentRights::Read },
            may_decide: row.try_get::<i64, _>("may_decide")? == 1,
        }))
    }
}
