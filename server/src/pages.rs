//! Pages: what an address asks for is loaded first, then leptos draws it.
//!
//! Nothing here decides how a page looks. A page never waits for anything while it is drawn.

mod checks;

use app::{
    app::shell,
    boot::{
        Boot, CERTIFICATES, CHECKS, COURSES, CataloguePage, CountyLink, CountyPage, CoursesPage, DocumentInfo, HISTORY,
        HistoryOf, HistoryPage, IMPORT, OccasionLine, OccasionPage, OwnPlan, PageData, PlanPage, SignInPage, SignedIn,
        VERSIONS, VersionsPage, thousands_in_cookies,
    },
    document::{
        Kind, any, catalogue, county, history, occasion,
        plan::{self, moment},
    },
    domain::IsoDate,
};
use automerge::AutoCommit;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use leptos::prelude::{expect_context, provide_context, use_context};

use crate::{
    accounts::{Account, AuthSession, sign_in::is_local},
    api::ApiError,
    clock,
    relay::OpenError,
    security,
    state::AppState,
    statistics,
};

/// What the path of a page says.
enum Route {
    Home,
    /// A document, which is drawn by its kind.
    Document,
    /// The catalogues and the occasions.
    Courses,
    /// The checks of all documents.
    Checks,
    SignIn,
    Accessibility,
}

impl Route {
    fn parse(path: &str) -> Option<Self> {
        match path {
            "/" => Some(Self::Home),
            CHECKS => Some(Self::Checks),
            "/logga-in" => Some(Self::SignIn),
            "/tillganglighet" => Some(Self::Accessibility),
            COURSES => Some(Self::Courses),
            _ if path.starts_with("/kurser/") => Some(Self::Document),
            _ if path.starts_with("/lan/") || path.starts_with("/budget/") => Some(Self::Document),
            _ => None,
        }
    }
}

/// Any page.
pub async fn page(State(state): State<AppState>, auth: AuthSession, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Some(route) = Route::parse(request.uri().path()) else {
        return render(&state, request, auth.user.as_ref(), PageData::NotFound, StatusCode::NOT_FOUND).await;
    };
    match (route, auth.user) {
        (Route::SignIn, user) => sign_in_form(&state, request, user).await,
        (Route::Accessibility, user) => render(&state, request, user.as_ref(), PageData::Home, StatusCode::OK).await,
        (_, None) => sign_in_first(&request),
        (Route::Home, user) => render(&state, request, user.as_ref(), PageData::Home, StatusCode::OK).await,
        (Route::Courses, Some(user)) => courses_page(&state, request, user).await,
        (Route::Document, Some(user)) => document_page(&state, request, user).await,
        (Route::Checks, Some(user)) => checks::page(&state, request, user).await,
    }
}

async fn sign_in_form(state: &AppState, request: Request, user: Option<Account>) -> Response {
    let next = request.uri().query().and_then(next_in_query).filter(|next| is_local(next));
    if user.is_some() {
        return Redirect::to(next.as_deref().unwrap_or("/")).into_response();
    }
    let page = SignInPage { next, ..SignInPage::default() };
    render(state, request, None, PageData::SignIn(page), StatusCode::OK).await
}

/// To the form, and back here afterwards.
fn sign_in_first(request: &Request) -> Response {
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if here == "/" || !is_local(here) {
        return Redirect::to("/logga-in").into_response();
    }
    let next: String = form_encoded(here);
    Redirect::to(&format!("/logga-in?next={next}")).into_response()
}

async fn document_page(state: &AppState, request: Request, user: Account) -> Response {
    let documents = match state.database.readable_documents(user.id).await {
        Ok(documents) => documents,
        Err(error) => return ApiError::from(error).into_response(),
    };
    let path = request.uri().path().trim_end_matches('/');
    let query = request.uri().query().unwrap_or_default();
    // The pages of a document's versions and of its history lie under its own.
    let (path, part) = match (path.strip_suffix(VERSIONS), path.strip_suffix(HISTORY)) {
        (Some(plan), _) => (plan, Part::Versions(moment::Asked::in_query(query))),
        (_, Some(plan)) => (plan, Part::History(history::Asked::in_query(query))),
        (None, None) => (path, Part::Whole),
    };
    // So does the one that reads files into it, which is drawn from the same.
    let (path, of_import) = match path.strip_suffix(IMPORT).filter(|_| matches!(part, Part::Whole)) {
        Some(plan) => (plan, true),
        None => (path, false),
    };
    // And the certificates under an occasion's.
    let (path, of_certificates) = match path.strip_suffix(CERTIFICATES).filter(|_| !of_import) {
        Some(occasion) => (occasion, true),
        None => (path, false),
    };
    let found = documents.iter().find(|document| {
        let is_drawn = match (&part, document.kind.as_str()) {
            (Part::Whole, "occasion") => !of_import,
            (Part::History(_), "catalogue" | "occasion") => !of_import && !of_certificates,
            (_, "plan") => !of_certificates,
            (Part::Whole, _) => !of_import && !of_certificates,
            _ => false,
        };
        is_drawn && document.address().as_deref() == Some(path)
    });
    let Some(info) = found else {
        if let Some(address) = gone_on(state, path, &documents).await {
            return Redirect::temporary(&address).into_response();
        }
        return render(state, request, Some(&user), PageData::NotFound, StatusCode::NOT_FOUND).await;
    };
    let data = match part {
        Part::Whole => document_data(state, info, &documents).await,
        Part::Versions(asked) => versions_data(state, info, asked).await,
        Part::History(asked) => history_data(state, info, &documents, asked).await,
    };
    let data = match data {
        Ok(page) if !of_import => with_courses(state, page).await,
        data => data,
    };
    match data {
        Ok(page) => render(state, request, Some(&user), page, StatusCode::OK).await,
        Err(Refused::Quarantined) => unreadable(),
        Err(Refused::Failed(error)) => error.into_response(),
    }
}

/// A plan's own page shows what the association's courses of the year came to: numbers alone, for all who may read it.
async fn with_courses(state: &AppState, mut page: PageData) -> Result<PageData, Refused> {
    if let PageData::Plan(plan) = &mut page
        && let (Some(association), Some(year)) = (&plan.document.association, plan.document.year)
    {
        plan.courses = Some(statistics::beside_plan(state, association, year).await?);
    }
    Ok(page)
}

/// Where an occasion went on from which somebody was erased, if the user may read it.
async fn gone_on(state: &AppState, path: &str, readable: &[DocumentInfo]) -> Option<String> {
    let erased = path.strip_prefix(COURSES)?.strip_prefix('/')?.parse().ok()?;
    let new = state.database.became_of(erased).await.ok()??.replaced_by?;
    readable.iter().find(|document| document.id == new)?.address()
}

/// What of a document is drawn.
enum Part {
    Whole,
    Versions(moment::Asked),
    History(history::Asked),
}

/// Why a document is not drawn.
pub enum Refused {
    /// It is damaged, and set aside.
    Quarantined,
    /// Something else, as programs are told it.
    Failed(ApiError),
}

impl From<OpenError> for Refused {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Quarantined => Self::Quarantined,
            error => Self::Failed(ApiError::internal(&error)),
        }
    }
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self::Failed(error)
    }
}

impl From<sqlx::Error> for Refused {
    fn from(error: sqlx::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What a page shows of a document that the user may read. `readable` is all of what the user may.
///
/// # Errors
/// If the document is set aside as damaged, or cannot be loaded.
pub async fn document_data(
    state: &AppState,
    info: &DocumentInfo,
    readable: &[DocumentInfo],
) -> Result<PageData, Refused> {
    let document = info.clone();
    let open = state.hub.open(info.id).await?;
    let people = state.database.people_of(info.id).await?;
    Ok(match Kind::from_name(&info.kind) {
        Some(Kind::County) => {
            let own_plans = own_plans(state, info, readable).await;
            let plan = open.read(county::read).await;
            PageData::County(Box::new(CountyPage { document, plan, people, own_plans }))
        }
        Some(Kind::Plan) => {
            let county = county_link(state, info, readable).await;
            let plan = open.read(plan::read).await;
            PageData::Plan(Box::new(PlanPage { document, plan, people, county, courses: None }))
        }
        Some(Kind::Catalogue) => {
            let catalogue = open.read(catalogue::read).await;
            PageData::Catalogue(Box::new(CataloguePage { document, catalogue, people }))
        }
        Some(Kind::Occasion) => {
            let occasion = open.read(occasion::read).await;
            // A budget that cannot be read is no reason not to draw the room.
            let cost_lines = match OccasionPage::budget_of(info, readable) {
                Some(budget) => match (state.hub.open(budget.id).await, &budget.association) {
                    (Ok(open), Some(_)) => OccasionPage::lines_of(&open.read(plan::read).await),
                    (Ok(open), None) => OccasionPage::items_of(&open.read(county::read).await),
                    (Err(_), _) => Vec::new(),
                },
                None => Vec::new(),
            };
            PageData::Occasion(Box::new(OccasionPage { document, occasion, people, cost_lines }))
        }
        None => PageData::NotFound,
    })
}

/// The catalogues and occasions that a user may read. One that cannot be read is left out of the list.
async fn courses_page(state: &AppState, request: Request, user: Account) -> Response {
    let documents = match state.database.readable_documents(user.id).await {
        Ok(documents) => documents,
        Err(error) => return ApiError::from(error).into_response(),
    };
    let mut page = CoursesPage { today: IsoDate::of_moment(clock::now_ms()), ..CoursesPage::default() };
    for info in documents {
        let kind = Kind::from_name(&info.kind);
        if !matches!(kind, Some(Kind::Catalogue | Kind::Occasion)) {
            continue;
        }
        let Ok(open) = state.hub.open(info.id).await else { continue };
        match kind {
            Some(Kind::Catalogue) => page.catalogues.push((info, open.read(catalogue::read).await)),
            _ => page.add(info, open.read(occasion::read).await),
        }
    }
    let kept = match state.database.kept_occasions().await {
        Ok(kept) => kept,
        Err(error) => return ApiError::from(error).into_response(),
    };
    let is_going =
        |line: &&OccasionLine| kept.iter().any(|kept| kept.document == line.document.id && kept.announced_at.is_some());
    page.going = u32::try_from(page.occasions.iter().filter(is_going).count()).unwrap_or(u32::MAX);
    render(state, request, Some(&user), PageData::Courses(Box::new(page)), StatusCode::OK).await
}

async fn versions_data(state: &AppState, info: &DocumentInfo, asked: moment::Asked) -> Result<PageData, Refused> {
    let open = state.hub.open(info.id).await?;
    let people = state.database.people_of(info.id).await?;
    let (plan, versions) = open.read(move |doc| (plan::read(doc), moment::versions(doc, asked))).await;
    Ok(PageData::Versions(Box::new(VersionsPage { document: info.clone(), plan, versions, people })))
}

async fn history_data(
    state: &AppState,
    info: &DocumentInfo,
    readable: &[DocumentInfo],
    asked: history::Asked,
) -> Result<PageData, Refused> {
    let of = HistoryOf::page(document_data(state, info, readable).await?);
    let Some((of, kind)) = of.zip(Kind::from_name(&info.kind)) else { return Ok(PageData::NotFound) };
    // A long history is walked beside the document, so that nobody who writes in it waits.
    let mut copy = state.hub.open(info.id).await?.read(AutoCommit::clone).await;
    let walk = move || (any::history(kind, &mut copy, &asked), asked);
    let (history, asked) = tokio::task::spawn_blocking(walk).await.map_err(|error| ApiError::internal(&error))?;
    Ok(PageData::History(Box::new(HistoryPage::new(of, history, &asked))))
}

/// What the associations' own plans that the user may read say of their contributions to a county plan. One that cannot
/// be read is no reason not to draw the county's.
async fn own_plans(state: &AppState, county: &DocumentInfo, readable: &[DocumentInfo]) -> Vec<OwnPlan> {
    let mut found = Vec::new();
    for info in county.plans_beside(readable.iter()) {
        if let Ok(open) = state.hub.open(info.id).await {
            found.extend(OwnPlan::of(info, &open.read(plan::read).await));
        }
    }
    found
}

/// What the county plan of the same year says of a plan's association, if the user may read one. One that cannot be read
/// is no reason not to draw the plan.
async fn county_link(state: &AppState, plan: &DocumentInfo, readable: &[DocumentInfo]) -> Option<CountyLink> {
    let county = state.hub.open(plan.county_beside(readable.iter())?.id).await.ok()?;
    CountyLink::of(&county.read(county::read).await, plan.association.as_deref()?)
}

/// Draws a page for a user.
pub async fn render(
    state: &AppState,
    request: Request,
    user: Option<&Account>,
    page: PageData,
    status: StatusCode,
) -> Response {
    let in_thousands = request
        .headers()
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(thousands_in_cookies);
    let boot = match boot(state, user, page, in_thousands).await {
        Ok(boot) => boot,
        Err(error) => return ApiError::from(error).into_response(),
    };
    let assets = state.assets.clone();
    let origins = state.origins.clone();
    let provide = move || {
        provide_context(boot.clone());
        provide_context(assets.clone());
        let nonce = use_context::<leptos::nonce::Nonce>().map(|nonce| nonce.to_string());
        let policy = security::content_policy(nonce.as_deref(), &origins);
        expect_context::<leptos_axum::ResponseOptions>().insert_header(header::CONTENT_SECURITY_POLICY, policy);
    };
    let mut response = leptos_axum::render_app_async_with_context(provide, shell)(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn boot(
    state: &AppState,
    user: Option<&Account>,
    page: PageData,
    in_thousands: bool,
) -> Result<Boot, sqlx::Error> {
    let Some(account) = user else { return Ok(Boot { page, in_thousands, ..Boot::default() }) };
    let signed_in: SignedIn = state.accounts.signed_in(account).await?;
    let documents = state.database.readable_documents(account.id).await?;
    Ok(Boot { user: Some(signed_in), documents, page, in_thousands })
}

/// The document was set aside; nothing else is affected.
fn unreadable() -> Response {
    let body = "<!DOCTYPE html><html lang=\"sv\"><meta charset=\"utf-8\"><title>Planen går inte att läsa – Samplan</title>\
        <h1>Planen går inte att läsa just nu</h1>\
        <p>Det som är sparat ligger kvar men behöver ses över. Kontakta den som sköter Samplan hos er.</p>\
        <p><a href=\"/\">Till startsidan</a></p></html>";
    (StatusCode::SERVICE_UNAVAILABLE, [(header::CACHE_CONTROL, "no-store")], Html(body)).into_response()
}

fn next_in_query(query: &str) -> Option<String> {
    serde_urlencoded::from_str::<Vec<(String, String)>>(query)
        .ok()?
        .into_iter()
        .find_map(|(name, value)| (name == "next").then_some(value))
}

fn form_encoded(text: &str) -> String {
    serde_urlencoded::to_string([("", text)]).map(|pair| pair.trim_start_matches('=').to_owned()).unwrap_or_default()
}
