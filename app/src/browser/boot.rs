//! Starting without the server: what a page is drawn from when there is no network.
//!
//! The server's own [`Boot`] comes with the page; the one made here comes from what lies on this device. Both lead to the
//! same pages.

mod checks;

use super::account::{self, LEASE_MS};
use super::clock::{now_ms, random_bytes};
use super::read_ahead;
use super::store::Store;
use super::store::records::DocumentRecord;
use crate::boot::{
    Boot, CERTIFICATES, CHECKS, COURSES, CataloguePage, CountyLink, CountyPage, CoursesPage, DocumentInfo, HISTORY,
    HistoryOf, HistoryPage, IMPORT, OccasionPage, OwnPlan, PageData, PlanPage, SignInPage, VERSIONS, VersionsPage,
    thousands_in_cookies,
};
use crate::document::plan::moment::{Asked, versions};
use crate::document::{Kind, any, catalogue, county, history, occasion, plan};
use crate::domain::IsoDate;
use crate::domain::course::follow_up::{CourseFollowUp, Tally};
use crate::workspace::shelf::assemble;
use automerge::AutoCommit;
use wasm_bindgen::JsCast;

/// What a page is drawn from without a network: who was here last, the plans on this device, and the plan that the
/// address asks for.
pub async fn load() -> Boot {
    let in_thousands = thousands_in_cookies(&cookies());
    let nobody = |notice: &str| Boot {
        page: PageData::SignIn(SignInPage { notice: Some(notice.to_owned()), ..SignInPage::default() }),
        in_thousands,
        ..Boot::default()
    };
    if account::is_sign_out_due() {
        return nobody("Du är utloggad. Du behöver vara uppkopplad för att logga in.");
    }
    let Some((store, account)) = account::open_last().await else {
        return nobody("Du är offline. Du behöver vara uppkopplad första gången du loggar in.");
    };
    if now_ms().saturating_sub(account.confirmed_ms) > LEASE_MS {
        // Nothing is removed: what was never sent is sent after the next sign-in.
        return nobody(
            "Det är mer än 30 dagar sedan du var uppkopplad. Anslut till nätet och logga in. \
             Dina ändringar finns kvar på den här datorn.",
        );
    }
    let mut records = store.documents().await.unwrap_or_default();
    records.sort_by_key(|record| (std::cmp::Reverse(record.info.year), record.info.title.clone()));
    Boot {
        user: Some(account.user),
        page: page(&store, &records, &path()).await,
        documents: records.into_iter().map(|record| record.info).collect(),
        in_thousands,
    }
}

/// Notes what the server said with this page, so that the next start can do without it. Call once after the start.
pub async fn remember(boot: Boot) {
    if account::is_sign_out_due() && account::finish_sign_out().await {
        return account::leave_page();
    }
    let Some(user) = boot.user else { return };
    let store = match account::remember(&user).await {
        Ok(store) => store,
        // The engine of the open plan says so to the user.
        Err(error) => return leptos::logging::warn!("account: {error}"),
    };
    let known = store.documents().await.unwrap_or_default();
    for info in &boot.documents {
        let before = known.iter().find(|record| record.info.id == info.id);
        let people = before.map(|record| record.people.clone()).unwrap_or_default();
        if before.is_none_or(|record| record.info != *info) {
            let record = DocumentRecord { info: info.clone(), people };
            if let Err(error) = store.set_document(&record).await {
                leptos::logging::warn!("document: {error}");
            }
        }
    }
    if let PageData::Plan(page) = &boot.page
        && let Some(courses) = &page.courses
        && let Err(error) = store.set_course_follow_up(page.document.id, courses).await
    {
        leptos::logging::warn!("courses: {error}");
    }
    let allowed: Vec<_> = boot.documents.iter().map(|info| info.id).collect();
    account::forget_others(&store, &allowed).await;
}

async fn page(store: &Store, records: &[DocumentRecord], path: &str) -> PageData {
    let path = path.trim_end_matches('/');
    let at = |plan: &str| records.iter().find(|record| record.info.address().as_deref() == Some(plan));
    if let Some(plan) = path.strip_suffix(VERSIONS) {
        let Some(record) = at(plan) else { return PageData::NotFound };
        return versions_of(store, record).await.unwrap_or(PageData::NotFound);
    }
    if let Some(plan) = path.strip_suffix(HISTORY) {
        let Some(record) = at(plan) else { return PageData::NotFound };
        return history_of(store, records, record).await.unwrap_or(PageData::NotFound);
    }
    let (path, kinds) = match path.strip_suffix(IMPORT) {
        Some(plan) => (plan, &[Kind::Plan][..]),
        None => (path, &[Kind::County, Kind::Plan, Kind::Catalogue, Kind::Occasion][..]),
    };
    // The certificates are drawn from the same as the occasion.
    let (path, kinds) = match path.strip_suffix(CERTIFICATES) {
        Some(occasion) => (occasion, &[Kind::Occasion][..]),
        None => (path, kinds),
    };
    if let Some(record) = records.iter().find(|record| record.info.address().as_deref() == Some(path)) {
        let drawn = match Kind::from_name(&record.info.kind).filter(|kind| kinds.contains(kind)) {
            Some(Kind::County) => {
                let own_plans = own_plans(store, records, record).await;
                let page = county_of(store, record).await.map(|page| CountyPage { own_plans, ..page });
                page.map(|page| PageData::County(Box::new(page)))
            }
            Some(Kind::Plan) => plan_of(store, records, record).await.map(|page| PageData::Plan(Box::new(page))),
            Some(Kind::Catalogue) => catalogue_of(store, record).await,
            Some(Kind::Occasion) => occasion_of(store, records, record).await,
            None => None,
        };
        return drawn.unwrap_or(PageData::NotFound);
    }
    match path {
        CHECKS => PageData::Checks(Box::new(checks::checks(store, records).await)),
        "/logga-in" => PageData::SignIn(SignInPage {
            notice: Some("Du är offline. Du behöver vara uppkopplad för att logga in.".to_owned()),
            ..SignInPage::default()
        }),
        COURSES => PageData::Courses(Box::new(courses_of(store, records).await)),
        _ if path.starts_with("/kurser/") => PageData::NotFound,
        _ if path.starts_with("/lan/") || path.starts_with("/budget/") => PageData::NotFound,
        _ => PageData::Home,
    }
}

async fn catalogue_of(store: &Store, record: &DocumentRecord) -> Option<PageData> {
    let catalogue = draw(store, record, Kind::Catalogue, catalogue::read).await?;
    let page = CataloguePage { document: record.info.clone(), catalogue, people: record.people.clone() };
    Some(PageData::Catalogue(Box::new(page)))
}

async fn occasion_of(store: &Store, records: &[DocumentRecord], record: &DocumentRecord) -> Option<PageData> {
    let mut cost_lines = Vec::new();
    if let Some(info) = OccasionPage::budget_of(&record.info, records.iter().map(|record| &record.info))
        && let Ok((doc, _)) = account::read_document(store, info.id).await
    {
        if Kind::Plan.is_in(&doc) {
            cost_lines = OccasionPage::lines_of(&plan::read(&doc));
        } else if Kind::County.is_in(&doc) {
            cost_lines = OccasionPage::items_of(&county::read(&doc));
        }
    }
    let occasion = draw(store, record, Kind::Occasion, occasion::read).await?;
    let page = OccasionPage { document: record.info.clone(), occasion, people: record.people.clone(), cost_lines };
    Some(PageData::Occasion(Box::new(page)))
}

/// The catalogues and occasions that lie on this device.
async fn courses_of(store: &Store, records: &[DocumentRecord]) -> CoursesPage {
    let mut page = CoursesPage { today: IsoDate::of_moment(now_ms()), ..CoursesPage::default() };
    for DocumentRecord { info, .. } in records {
        let Some(kind @ (Kind::Catalogue | Kind::Occasion)) = Kind::from_name(&info.kind) else { continue };
        let Ok((doc, _)) = account::read_document(store, info.id).await else { continue };
        match kind {
            _ if !kind.is_in(&doc) => {}
            Kind::Catalogue => page.catalogues.push((info.clone(), catalogue::read(&doc))),
            _ => page.add(info.clone(), occasion::read(&doc)),
        }
    }
    page
}

async fn county_of(store: &Store, record: &DocumentRecord) -> Option<CountyPage> {
    let plan = draw(store, record, Kind::County, county::read).await?;
    Some(CountyPage { document: record.info.clone(), plan, people: record.people.clone(), own_plans: Vec::new() })
}

/// What the associations' own plans on this device say of their contributions.
async fn own_plans(store: &Store, records: &[DocumentRecord], county: &DocumentRecord) -> Vec<OwnPlan> {
    let mut found = Vec::new();
    for info in county.info.plans_beside(records.iter().map(|record| &record.info)) {
        let Ok((doc, _)) = account::read_document(store, info.id).await else { continue };
        if Kind::Plan.is_in(&doc) {
            found.extend(OwnPlan::of(info, &plan::read(&doc)));
        }
    }
    found
}

async fn plan_of(store: &Store, records: &[DocumentRecord], record: &DocumentRecord) -> Option<PlanPage> {
    let info = record.info.clone();
    let beside = info.county_beside(records.iter().map(|other| &other.info)).map(|county| county.id);
    let county = match (records.iter().find(|other| Some(other.info.id) == beside), &info.association) {
        (Some(other), Some(association)) => {
            county_of(store, other).await.and_then(|page| CountyLink::of(&page.plan, association))
        }
        _ => None,
    };
    let plan = draw(store, record, Kind::Plan, plan::read).await?;
    let courses = courses_told(store, records, &info).await;
    Some(PlanPage { document: info, plan, people: record.people.clone(), county, courses })
}

/// What the server has told of an association's courses, with the occasions that lie here counted anew: somebody may have
/// ticked attendance without a network.
async fn courses_told(store: &Store, records: &[DocumentRecord], plan: &DocumentInfo) -> Option<CourseFollowUp> {
    let mut courses = store.course_follow_up(plan.id).await.ok()??;
    let occasions = records
        .iter()
        .map(|record| &record.info)
        .filter(|info| Kind::from_name(&info.kind) == Some(Kind::Occasion) && info.association == plan.association);
    for info in occasions {
        let Ok((doc, _)) = account::read_document(store, info.id).await else { continue };
        if Kind::Occasion.is_in(&doc) {
            let view = occasion::read(&doc);
            courses.recount(Tally::of(info.id, &view.facts, &view.registrations));
        }
    }
    Some(match plan.year {
        Some(year) => courses.of_year(year),
        None => courses,
    })
}

/// Reads a document of a kind, and keeps it for the engine: the last one read is the one that is opened.
async fn draw<T>(store: &Store, record: &DocumentRecord, kind: Kind, read: impl FnOnce(&AutoCommit) -> T) -> Option<T> {
    let chunks = store.chunks(record.info.id).await.ok()?;
    let assembled = assemble(&chunks, random_bytes(), None);
    if !kind.is_in(&assembled.doc) {
        return None;
    }
    let drawn = read(&assembled.doc);
    read_ahead::keep(record.info.id, &chunks, assembled);
    Some(drawn)
}

async fn versions_of(store: &Store, record: &DocumentRecord) -> Option<PageData> {
    let query = query();
    let read = |doc: &AutoCommit| (plan::read(doc), versions(doc, Asked::in_query(&query)));
    let (plan, versions) = draw(store, record, Kind::Plan, read).await?;
    let page = VersionsPage { document: record.info.clone(), plan, versions, people: record.people.clone() };
    Some(PageData::Versions(Box::new(page)))
}

async fn history_of(store: &Store, records: &[DocumentRecord], record: &DocumentRecord) -> Option<PageData> {
    let asked = history::Asked::in_query(&query());
    let kind = Kind::from_name(&record.info.kind)?;
    let page = match kind {
        Kind::Plan => PageData::Plan(Box::new(plan_of(store, records, record).await?)),
        Kind::Catalogue => catalogue_of(store, record).await?,
        Kind::Occasion => occasion_of(store, records, record).await?,
        Kind::County => return None,
    };
    let history = draw(store, record, kind, |doc| any::history(kind, &mut doc.clone(), &asked)).await?;
    Some(PageData::History(Box::new(HistoryPage::new(HistoryOf::page(page)?, history, &asked))))
}

fn query() -> String {
    let search = web_sys::window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    search.trim_start_matches('?').to_owned()
}

fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

fn cookies() -> String {
    web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.dyn_into::<web_sys::HtmlDocument>().ok())
        .and_then(|document| document.cookie().ok())
        .unwrap_or_default()
}
