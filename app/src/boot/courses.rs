//! What the pages of courses are drawn from.

use crate::boot::{DocumentInfo, Person};
use crate::document::Kind;
use crate::document::catalogue::Catalogue;
use crate::document::county::CountyPlan;
use crate::document::occasion::OccasionView;
use crate::document::plan::Plan;
use crate::domain::course::follow_up::line_of_item;
use crate::domain::{Decision, IsoDate, LineId, Occasion};
use serde::{Deserialize, Serialize};

/// The address of the courses; under it lie the catalogues and the occasions, by their documents' ids.
pub const COURSES: &str = "/kurser";

/// What follows an occasion's address where a form has it removed.
pub const REMOVE: &str = "/ta-bort";
/// What the page of courses is told was just done, and that an occasion was removed.
pub const DONE: &str = "gjort";
/// See [`DONE`].
pub const REMOVED: &str = "borttaget";

/// The query in which the form of a new occasion comes back as it was sent: the course.
pub const SENT_COURSE: &str = "kurs";
/// See [`SENT_COURSE`]: the first day.
pub const SENT_DAY: &str = "dag";

/// What follows an occasion's address on the page of the certificates.
pub const CERTIFICATES: &str = "/intyg";
/// Where, after the address of an occasion, what its participants thought is told. A page of the server alone.
pub const EVALUATION: &str = "/utvardering";

/// The plan that says what somebody's courses of a year cost, among all that the user may read: the association's own, or
/// where no association gives them the county's.
pub fn budget_of<'a>(
    association: Option<&str>,
    county: Option<&str>,
    year: Option<i32>,
    all: impl IntoIterator<Item = &'a DocumentInfo>,
) -> Option<&'a DocumentInfo> {
    let is_its = |plan: &&DocumentInfo| match Kind::from_name(&plan.kind) {
        _ if plan.year != year => false,
        Some(Kind::Plan) => association.is_some() && plan.association.as_deref() == association,
        Some(Kind::County) => association.is_none() && plan.county.as_deref() == county,
        _ => false,
    };
    all.into_iter().find(is_its)
}

/// *Kurser*: what the user may read of catalogues and occasions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CoursesPage {
    /// The catalogues.
    pub catalogues: Vec<(DocumentInfo, Catalogue)>,
    /// The occasions, with how many places are taken and how many registrations wait for an answer.
    pub occasions: Vec<OccasionLine>,
    /// The day on which it was drawn, so that server and browser agree on what is over.
    #[serde(default)]
    pub today: Option<IsoDate>,
    /// How many of the occasions are erased within days, since their time is over; the server alone says so.
    #[serde(default)]
    pub going: u32,
}

/// An occasion in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OccasionLine {
    /// Which document.
    pub document: DocumentInfo,
    /// The facts.
    pub facts: Occasion,
    /// How many places are taken.
    pub taken: u32,
    /// How many wait for a place.
    pub waiting: u32,
}

/// A catalogue of courses, as the server has it stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CataloguePage {
    /// Which document.
    pub document: DocumentInfo,
    /// Its content.
    pub catalogue: Catalogue,
    /// Everybody who may read it.
    pub people: Vec<Person>,
}

/// An occasion, as the server has it stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OccasionPage {
    /// Which document.
    pub document: DocumentInfo,
    /// Its content.
    pub occasion: OccasionView,
    /// Everybody who may read it.
    pub people: Vec<Person>,
    /// The lines of the organiser's budget of the year, by name, if the user may read it.
    #[serde(default)]
    pub cost_lines: Vec<(LineId, String)>,
}

impl OccasionPage {
    /// The plan whose lines the occasion's cost may stand on, among all that the user may read: the association's own, or
    /// the county's for what the county gives.
    pub fn budget_of<'a>(
        occasion: &DocumentInfo,
        all: impl IntoIterator<Item = &'a DocumentInfo>,
    ) -> Option<&'a DocumentInfo> {
        budget_of(occasion.association.as_deref(), occasion.county.as_deref(), occasion.year, all)
    }

    /// The lines of a plan, by name.
    pub fn lines_of(plan: &Plan) -> Vec<(LineId, String)> {
        plan.lines.iter().map(|view| (view.line.id, view.line.name.clone())).collect()
    }

    /// The items of a county's plan, as lines.
    pub fn items_of(plan: &CountyPlan) -> Vec<(LineId, String)> {
        plan.items.iter().map(|view| (line_of_item(view.item.id), view.item.what.clone())).collect()
    }
}

impl CoursesPage {
    /// Adds an occasion, after those that come before it.
    pub fn add(&mut self, document: DocumentInfo, occasion: OccasionView) {
        let waiting = occasion.registrations.iter().filter(|one| one.decision == Decision::Waiting).count();
        let waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
        self.occasions.push(OccasionLine { document, taken: occasion.taken(), waiting, facts: occasion.facts });
        self.occasions.sort_by_key(|line| (line.facts.first_day().is_none(), line.facts.first_day(), line.document.id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boot::DocumentRights;
    use crate::domain::ids::DocumentId;

    fn info(kind: &str, association: Option<&str>, county: &str) -> DocumentInfo {
        DocumentInfo {
            id: DocumentId::from_random([u8::try_from(county.len()).unwrap_or_default(); 16]),
            kind: kind.to_owned(),
            association: association.map(str::to_owned),
            county: Some(county.to_owned()),
            year: Some(2027),
            title: String::new(),
            rights: DocumentRights::Read,
            may_decide: false,
        }
    }

    #[test]
    fn what_a_county_gives_is_paid_from_the_plan_of_that_county_and_of_no_other() {
        let all = [info("county", None, "dalarna"), info("county", None, "vastmanland")];
        let found = |county| budget_of(None, Some(county), Some(2027), &all).and_then(|info| info.county.as_deref());
        assert_eq!(found("vastmanland"), Some("vastmanland"));
        assert_eq!(found("dalarna"), Some("dalarna"));
        assert_eq!(found("gavleborg"), None);
        assert_eq!(budget_of(None, Some("dalarna"), Some(2026), &all), None);
    }

    #[test]
    fn what_an_association_gives_is_paid_from_its_own_plan() {
        let all = [info("county", None, "dalarna"), info("plan", Some("norra"), "dalarna")];
        assert_eq!(budget_of(Some("norra"), Some("dalarna"), Some(2027), &all), Some(&all[1]));
        assert_eq!(budget_of(Some("sodra"), Some("dalarna"), Some(2027), &all), None);
    }
}
