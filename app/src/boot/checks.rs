//! What the page of all checks is drawn from: each document at hand, and what there is to say of it.

use super::{CountyLink, DocumentInfo};
use crate::document::Kind;
use crate::document::county::CountyPlan;
use crate::document::plan::Plan;
use crate::domain::{Finding, IsoDate, OutcomeId, Year};
use serde::{Deserialize, Serialize};

/// The address of the page that checks all documents.
pub const CHECKS: &str = "/kontroll";

/// *Kontrollräkning* of all plans at hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChecksPage {
    /// The plans, in the order that lists have them.
    pub documents: Vec<CheckedDocument>,
    /// Whether this is what lies on the device, and not what the server has.
    pub of_device: bool,
}

/// A plan, and what came of checking it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckedDocument {
    /// Which plan.
    pub document: DocumentInfo,
    /// What came of it.
    pub checked: Checked,
}

/// What came of checking a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Checked {
    /// It was read, and this is all there is to say.
    Read(CheckedPlan),
    /// It is damaged, and set aside.
    Unreadable,
    /// It has never been opened on this device, and there is no network.
    NotHere,
}

/// What there is to say of a plan, and what a link to one of its cells must know.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckedPlan {
    /// *Anmärkningar*: figures that cannot be right first, then rules that are not kept to.
    pub findings: Vec<Finding>,
    /// The years that the budget shows.
    pub years: Vec<Year>,
    /// The outcomes and their last days, the earliest first.
    pub outcomes: Vec<(OutcomeId, IsoDate)>,
}

impl CheckedDocument {
    /// A county plan.
    pub fn of_county(document: DocumentInfo, plan: &CountyPlan) -> Self {
        let checked = CheckedPlan { findings: plan.findings(), ..CheckedPlan::default() };
        Self { document: document.titled(&plan.title), checked: Checked::Read(checked) }
    }

    /// An association's plan, with what the county plan of its year says of the association.
    pub fn of_plan(document: DocumentInfo, plan: &Plan, county: Option<&CountyLink>) -> Self {
        let contributions: Vec<_> = county.into_iter().filter_map(|link| link.of_document(&document)).collect();
        let outcomes = plan.outcomes.iter().map(|view| (view.outcome.id, view.outcome.through));
        let checked = CheckedPlan {
            findings: plan.findings(&contributions),
            years: plan.header.years.clone(),
            outcomes: outcomes.collect(),
        };
        Self { document: document.titled(&plan.header.title), checked: Checked::Read(checked) }
    }
}

impl DocumentInfo {
    /// Whether it is a plan with figures to check.
    pub fn has_checks(&self) -> bool {
        matches!(Kind::from_name(&self.kind), Some(Kind::County | Kind::Plan))
    }

    /// The county plan of the same year, of the association's own county, for an association's plan.
    pub fn county_beside<'a>(&self, mut all: impl Iterator<Item = &'a Self>) -> Option<&'a Self> {
        let is_plan = Kind::from_name(&self.kind) == Some(Kind::Plan) && self.association.is_some();
        let is_beside = |other: &&'a Self| {
            Kind::from_name(&other.kind) == Some(Kind::County) && other.year == self.year && other.county == self.county
        };
        all.find(|other| is_plan && is_beside(other))
    }

    /// The same under the title that the document itself has now.
    fn titled(self, title: &str) -> Self {
        if title.trim().is_empty() { self } else { Self { title: title.to_owned(), ..self } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boot::DocumentRights;
    use crate::document::plan;
    use crate::domain::ids::DocumentId;

    fn info(kind: &str, year: i32) -> DocumentInfo {
        DocumentInfo {
            id: DocumentId::from_random([7; 16]),
            kind: kind.to_owned(),
            association: (kind == "plan").then(|| "vasteras".to_owned()),
            county: Some("vastmanland".to_owned()),
            year: Some(year),
            title: "Som den hette".to_owned(),
            rights: DocumentRights::Read,
            may_decide: false,
        }
    }

    #[test]
    fn a_plan_without_figures_has_nothing_wrong_and_keeps_the_title_of_the_list() {
        let checked = CheckedDocument::of_plan(info("plan", 2021), &plan::Plan::default(), None);
        assert_eq!(checked.checked, Checked::Read(CheckedPlan::default()));
        assert_eq!(checked.document.title, "Som den hette");
        let mut named = plan::Plan::default();
        named.header.title = "Som den heter".to_owned();
        assert_eq!(CheckedDocument::of_plan(info("plan", 2021), &named, None).document.title, "Som den heter");
    }

    #[test]
    fn a_plan_stands_beside_the_county_plan_of_its_own_year() {
        let all = [info("county", 2020), info("county", 2021), info("plan", 2021), info("other", 2021)];
        assert_eq!(info("plan", 2021).county_beside(all.iter()), Some(&all[1]));
        let elsewhere = DocumentInfo { county: Some("annat".to_owned()), ..info("plan", 2021) };
        assert_eq!(elsewhere.county_beside(all.iter()), None, "of another county");
        assert_eq!(info("plan", 2022).county_beside(all.iter()), None);
        assert_eq!(info("county", 2021).county_beside(all.iter()), None, "a county plan stands beside none");
        let checked: Vec<bool> = all.iter().map(DocumentInfo::has_checks).collect();
        assert_eq!(checked, [true, true, true, false]);
    }

    #[test]
    fn a_file_is_called_after_what_is_in_it() {
        assert_eq!(info("county", 2021).file_stem(), "lansplan-2021");
        assert_eq!(info("plan", 2021).file_stem(), "budget-vasteras-2021");
        assert_eq!(info("other", 2021).file_stem(), "dokument-2021");
    }
}
