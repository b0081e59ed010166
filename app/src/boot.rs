//! What the server hands to the first paint, and how the browser finds it again.
//!
//! The server puts a [`Boot`] into the context of a render and, as JSON, into the page. The browser reads the same
//! value before it hydrates, so that both sides draw the same screen. Nothing in here may be secret to the reader of
//! the page, and nothing may depend on the browser.

mod checks;
pub mod courses;
pub mod erased;
mod history;

pub use checks::{CHECKS, Checked, CheckedDocument, CheckedPlan, ChecksPage};
pub use courses::{CERTIFICATES, COURSES, CataloguePage, CoursesPage, EVALUATION, OccasionLine, OccasionPage};
pub use erased::{Became, CarriedOver};
pub use history::{HISTORY, HistoryOf, HistoryPage};

use crate::document::county::CountyPlan;
use crate::document::plan::Plan;
use crate::document::plan::moment::Versions;
use crate::domain::check::{CountyContribution, OwnLine};
use crate::domain::course::follow_up::CourseFollowUp;
use crate::domain::ids::{AssociationId, DocumentId, UserId};
use crate::domain::money::AmountUnit;
use crate::domain::{Deciding, Money, Year};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The `id` of the `<script type="application/json">` that carries the [`Boot`] in a page.
pub const BOOT_ELEMENT: &str = "samplan-boot";

/// The cookie in which a device keeps its choice between kronor and thousands: `kr` or `tkr`.
pub const UNIT_COOKIE: &str = "samplan_enhet";

/// All that a page needs to be drawn for the first time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Boot {
    /// Who is signed in, if anybody.
    pub user: Option<SignedIn>,
    /// What the user may read.
    pub documents: Vec<DocumentInfo>,
    /// What the address asks for.
    pub page: PageData,
    /// Whether this device shows amounts in thousands of kronor.
    #[serde(default)]
    pub in_thousands: bool,
}

/// The signed-in user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    /// Who.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// The associations (förbund) the user belongs to.
    pub associations: Vec<Membership>,
}

/// A user's place in one association.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The association's slug.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `editor` or `reader`.
    pub role: String,
    /// *Kursadministratör*: whether the user runs the association's courses, and those of its county.
    #[serde(default)]
    pub may_run_courses: bool,
}

/// One document that the user may read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentInfo {
    /// Its id, the same everywhere.
    pub id: DocumentId,
    /// `county` for a county plan, `plan` for an association's own, `catalogue` and `occasion` of courses, `other` for what
    /// the program does not draw.
    pub kind: String,
    /// The slug of the association that owns it, or none for a county's.
    pub association: Option<String>,
    /// The county that owns it, or that the association which does is in.
    #[serde(default)]
    pub county: Option<String>,
    /// The budget year, or that of an occasion; a catalogue has none.
    pub year: Option<i32>,
    /// Its title.
    pub title: String,
    /// What the user may do with it.
    pub rights: DocumentRights,
    /// *Fastställa*: whether the user may fix a version of it as decided.
    #[serde(default)]
    pub may_decide: bool,
}

/// What a user may do with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DocumentRights {
    /// Läsa.
    Read,
    /// Läsa och ändra.
    Write,
}

/// Somebody who may read or edit a document: names for authors and for presence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// Full name.
    pub name: String,
    /// The name of the association the person belongs to.
    pub association: String,
    /// *Behörighet att fastställa*: whether the person may fix a version as decided, or could once.
    #[serde(default)]
    pub decides: Deciding,
}

/// What one address shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PageData {
    /// A page that needs no more than who is signed in and their documents.
    #[default]
    Home,
    /// The county plan of a year.
    County(Box<CountyPage>),
    /// An association's plan of a year: its own page, and the one that reads files into it.
    Plan(Box<PlanPage>),
    /// The versions of an association's plan.
    Versions(Box<VersionsPage>),
    /// The history of an association's plan, of a catalogue or an occasion.
    History(Box<HistoryPage>),
    /// *Kurser*: the catalogues and the occasions at hand.
    Courses(Box<CoursesPage>),
    /// A catalogue of courses.
    Catalogue(Box<CataloguePage>),
    /// An occasion, the room of a course: its own page, and the certificates.
    Occasion(Box<OccasionPage>),
    /// *Kontrollräkning* of all plans.
    Checks(Box<ChecksPage>),
    /// The sign-in form.
    SignIn(SignInPage),
    /// There is nothing here, or nothing this user may see: the two look alike.
    NotFound,
}

/// The county plan of one year, as the server has it stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CountyPage {
    /// Which document.
    pub document: DocumentInfo,
    /// Its content.
    pub plan: CountyPlan,
    /// Everybody who may read it.
    pub people: Vec<Person>,
    /// What those of the associations' own plans that the user may read say of the same money.
    #[serde(default)]
    pub own_plans: Vec<OwnPlan>,
}

/// What an association's own plan says of its contribution to the county plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPlan {
    /// Whose plan it is.
    pub association: AssociationId,
    /// The address of the plan.
    pub address: String,
    /// The line.
    pub line: OwnLine,
}

/// An association's plan of one year, as the server has it stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanPage {
    /// Which document.
    pub document: DocumentInfo,
    /// Its content.
    pub plan: Plan,
    /// Everybody who may read it.
    pub people: Vec<Person>,
    /// The county plan of the same year, if the user may read one.
    #[serde(default)]
    pub county: Option<CountyLink>,
    /// *Kurser* of the association in the plan's year, in numbers; none on pages that do not show them, and on a device
    /// that was never told.
    #[serde(default)]
    pub courses: Option<CourseFollowUp>,
}

/// The versions of an association's plan: one that is read, or two that are compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionsPage {
    /// Which document.
    pub document: DocumentInfo,
    /// The plan as it is now: what is fixed.
    pub plan: Plan,
    /// What is shown of its versions.
    pub versions: Versions,
    /// Everybody who may read it: who made each version.
    pub people: Vec<Person>,
}

/// What the county plan of a year says of one association.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountyLink {
    /// *Bidrag*: what the association contributes there. Empty is not zero.
    pub contribution: Option<Money>,
}

/// The sign-in form, empty or after a failed attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInPage {
    /// What to know before trying, as a Swedish sentence: nothing that was typed is wrong.
    pub notice: Option<String>,
    /// Why the last attempt failed, as a Swedish sentence.
    pub error: Option<String>,
    /// Where to go afterwards: a path on this site.
    pub next: Option<String>,
    /// What was typed, so that it need not be typed again.
    pub email: String,
}

impl DocumentInfo {
    /// The address of the page that draws it; none for what the program does not draw.
    pub fn address(&self) -> Option<String> {
        match (self.kind.as_str(), &self.association, self.year) {
            ("county", _, Some(year)) => Some(format!("/lan/{year}")),
            ("plan", Some(association), Some(year)) => Some(format!("/budget/{association}/{year}")),
            ("catalogue" | "occasion", ..) => Some(format!("{COURSES}/{}", self.id)),
            _ => None,
        }
    }

    /// What a file with the document in it is called, without its ending: `budget-vasteras-2021`.
    pub fn file_stem(&self) -> String {
        let what = match self.kind.as_str() {
            "county" => "lansplan",
            "plan" => "budget",
            "catalogue" => "kurskatalog",
            "occasion" => "kurstillfalle",
            _ => "dokument",
        };
        let year = self.year.map(|year| year.to_string());
        let parts = [Some(what.to_owned()), self.association.clone(), year];
        parts.into_iter().flatten().collect::<Vec<_>>().join("-")
    }
}

/// What the start page is asked for when a plan could not be opened: the code of the reason follows.
pub const NEW_PLAN_PROBLEM: &str = "fel";

/// What follows a plan's address on the page of its versions.
pub const VERSIONS: &str = "/versioner";

/// What follows a plan's address on the page that reads files of other programs into it.
pub const IMPORT: &str = "/las-in";

impl PlanPage {
    /// What the county plan says of the plan's association, for the checks.
    pub fn contributions(&self) -> Vec<CountyContribution> {
        self.county.iter().filter_map(|link| link.of_document(&self.document)).collect()
    }
}

impl CountyLink {
    /// The same as the checks take it, for a plan of this association and year.
    pub fn of_document(&self, plan: &DocumentInfo) -> Option<CountyContribution> {
        let association = plan.association.as_ref()?.parse().ok()?;
        Some(CountyContribution { association, year: Year::new(plan.year?).ok()?, amount: self.contribution })
    }

    /// What `plan` says of an association; none where it takes no part in it.
    pub fn of(plan: &CountyPlan, association: &str) -> Option<Self> {
        let mut all = plan.contributions.iter().map(|view| &view.contribution);
        let own = all.find(|contribution| contribution.association.as_str() == association)?;
        Some(Self { contribution: own.amount })
    }
}

impl OwnPlan {
    /// What `plan` says, if it has a line for it.
    pub fn of(document: &DocumentInfo, plan: &Plan) -> Option<Self> {
        let association = document.association.as_ref()?.parse().ok()?;
        let year = Year::new(document.year?).ok()?;
        let line = OwnLine::of(&plan.budget()?, year, plan.stated.amounts)?;
        Some(Self { association, address: document.address()?, line })
    }
}

impl DocumentInfo {
    /// The associations' own plans of the same year, for a county plan.
    pub fn plans_beside<'a>(&'a self, all: impl Iterator<Item = &'a Self> + 'a) -> impl Iterator<Item = &'a Self> {
        all.filter(|other| other.kind == "plan" && other.year == self.year)
    }
}

impl Boot {
    /// The JSON for the page, safe inside `<script>`: no `<` and no line separators that could end it.
    ///
    /// # Errors
    /// If a value cannot be written as JSON, which none of these can fail at today.
    pub fn to_script(&self) -> Result<String, serde_json::Error> {
        let json = serde_json::to_string(self)?;
        Ok(json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
    }

    /// Reads what [`Boot::to_script`] wrote.
    ///
    /// # Errors
    /// If the text is not such JSON.
    pub fn from_script(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The unit in which this device shows amounts.
    pub fn unit(&self) -> AmountUnit {
        if self.in_thousands { AmountUnit::TusenKronor } else { AmountUnit::Kronor }
    }
}

/// Whether a `Cookie` header (or `document.cookie`) asks for thousands of kronor.
pub fn thousands_in_cookies(cookies: &str) -> bool {
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .any(|(name, value)| name == UNIT_COOKIE && value == "tkr")
}

/// What this page was started with. Empty where nobody provided any.
pub fn use_boot() -> Boot {
    use_context::<Boot>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_writes_is_what_the_browser_reads() {
        let boot = Boot {
            page: PageData::SignIn(SignInPage {
                notice: None,
                error: Some("Fel </script><b> \u{2028}".into()),
                next: None,
                email: "a@b.example".into(),
            }),
            in_thousands: true,
            ..Boot::default()
        };
        let script = boot.to_script().expect("writes");
        assert!(!script.contains('<') && !script.contains('\u{2028}'));
        assert_eq!(Boot::from_script(&script).expect("reads"), boot);
    }

    #[test]
    fn the_unit_is_found_among_other_cookies() {
        assert!(thousands_in_cookies("a=b; samplan_enhet=tkr; c=d"));
        assert!(!thousands_in_cookies("a=b; samplan_enhet=kr"));
        assert!(!thousands_in_cookies(""));
    }
}
