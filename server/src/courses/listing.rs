//! What is public of occasions: those that are published and not over, with the places that are left now.

use std::collections::BTreeMap;

use app::domain::{Occasion, course::PublicOccasion, ids::DocumentId};

use super::places::today;
use crate::{clock, storage::Database, storage::document_id};

/// What the list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// *Kurs*: its name.
    pub course: Option<String>,
    /// *Förbund*: its short name. What its county arranges is for it, too.
    pub association: Option<String>,
    /// *Månad*, as `2026-12`: some day falls in it.
    pub month: Option<String>,
}

/// An occasion with all its facts, and what the public may know of them.
#[derive(Clone, Debug)]
pub struct Known {
    /// The facts, with the video link.
    pub facts: Occasion,
    /// Without it.
    pub public: PublicOccasion,
}

const TAKEN: &str = "(SELECT COUNT(*) FROM places p WHERE p.document_id = o.document_id
                      AND p.state IN ('confirmed', 'offered', 'over-capacity'))";

/// The published occasions that are not over, the next first.
pub async fn listed(database: &Database, filter: &Filter) -> Result<Vec<PublicOccasion>, sqlx::Error> {
    let today = today(clock::now_ms()).map(|day| day.to_string()).unwrap_or_default();
    let rows: Vec<(Vec<u8>, String, i64)> = sqlx::query_as(&format!(
        "SELECT o.document_id, o.facts, {TAKEN} FROM occasions o JOIN documents d ON d.id = o.document_id
         WHERE o.is_published AND (o.last_day IS NULL OR o.last_day >= ?1)
           AND (?2 IS NULL OR d.association_id = ?2 OR d.county_id = (SELECT county_id FROM associations WHERE id = ?2))
         ORDER BY o.first_day IS NULL, o.first_day, o.document_id"
    ))
    .bind(today)
    .bind(&filter.association)
    .fetch_all(database.pool())
    .await?;
    let mut found = Vec::with_capacity(rows.len());
    for (id, facts, taken) in rows {
        let public = known(document_id(&id)?, &facts, taken)?.public;
        let in_month = |month: &String| public.days.iter().any(|day| day.date.to_string().starts_with(month.as_str()));
        if filter.course.as_ref().is_none_or(|course| public.course == *course)
            && filter.month.as_ref().is_none_or(in_month)
        {
            found.push(public);
        }
    }
    Ok(found)
}

/// One published occasion, over or not.
pub async fn published(database: &Database, document: DocumentId) -> Result<Option<Known>, sqlx::Error> {
    let found = of_document(database, document).await?;
    Ok(found.filter(|known| known.facts.is_published))
}

/// One occasion, published or not.
pub async fn of_document(database: &Database, document: DocumentId) -> Result<Option<Known>, sqlx::Error> {
    let row: Option<(String, i64)> =
        sqlx::query_as(&format!("SELECT o.facts, {TAKEN} FROM occasions o WHERE o.document_id = ?"))
            .bind(document.as_bytes().as_slice())
            .fetch_optional(database.pool())
            .await?;
    row.map(|(facts, taken)| known(document, &facts, taken)).transpose()
}

/// The associations that arrange something, or for which their county does: short name and name.
pub async fn associations(database: &Database) -> Result<Vec<(String, String)>, sqlx::Error> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT a.id, a.name FROM associations a WHERE EXISTS (
             SELECT 1 FROM occasions o JOIN documents d ON d.id = o.document_id
             WHERE o.is_published AND (d.association_id = a.id OR d.county_id = a.county_id))
         ORDER BY a.name",
    )
    .fetch_all(database.pool())
    .await?;
    Ok(rows.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect())
}

fn known(document: DocumentId, facts: &str, taken: i64) -> Result<Known, sqlx::Error> {
    let facts: Occasion = serde_json::from_str(facts).map_err(|error| sqlx::Error::Decode(error.into()))?;
    let taken = u32::try_from(taken).unwrap_or(u32::MAX);
    let day = today(clock::now_ms()).ok_or_else(|| sqlx::Error::Decode("a clock beyond the calendar".into()))?;
    Ok(Known { public: PublicOccasion::of(document, &facts, taken, day), facts })
}
