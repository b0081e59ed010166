//! Whether somebody has completed what a course requires: found in the attendance of the organiser's other occasions, by
//! e-mail address.

use std::collections::BTreeSet;

use app::domain::{CourseId, Occasion, ids::DocumentId};

use super::{CourseError, Courses};
use crate::storage::document_id;

impl Courses {
    /// Whether the person was there on every day of some occasion of each course that is required.
    pub(super) async fn has_completed(
        &self,
        document: DocumentId,
        facts: &Occasion,
        email: &str,
    ) -> Result<bool, CourseError> {
        let mut missing: BTreeSet<CourseId> = facts.requires.keys().copied().collect();
        // Those of the same owner, and of the county that owner is in.
        let rows: Vec<(Vec<u8>, String)> = sqlx::query_as(
            "SELECT o.document_id, o.course FROM occasions o
             JOIN documents d ON d.id = o.document_id JOIN documents own ON own.id = ?1
             LEFT JOIN associations a ON a.id = own.association_id
             WHERE o.document_id <> ?1 AND o.course IS NOT NULL
               AND (d.association_id = own.association_id OR d.county_id = COALESCE(own.county_id, a.county_id))
             ORDER BY o.last_day DESC",
        )
        .bind(document.as_bytes().as_slice())
        .fetch_all(self.database.pool())
        .await?;
        for (id, course) in rows {
            let Ok(course) = course.parse::<CourseId>() else { continue };
            if !missing.contains(&course) {
                continue;
            }
            let earlier = document_id(&id)?;
            let view = match self.view(earlier).await {
                Ok((view, _)) => view,
                // What cannot be read shows nothing; whoever signs up can still say so, and be approved.
                Err(error) => {
                    tracing::error!(document = %earlier, %error, "not searched for earlier attendance");
                    continue;
                }
            };
            let days = || view.facts.days.iter().map(|day| day.date);
            let was_there = view.registrations.iter().any(|one| {
                !one.email.is_empty() && one.email.eq_ignore_ascii_case(email) && one.was_there_on_all(days())
            });
            if was_there {
                missing.remove(&course);
            }
            if missing.is_empty() {
                break;
            }
        }
        Ok(missing.is_empty())
    }
}
