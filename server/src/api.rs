//! The JSON interface for programs, as `server/INTERFACE.md` promises it.

use app::{
    boot::{DocumentInfo, PageData, Person, SignedIn},
    document::{EditContext, catalogue, county, occasion, plan},
    domain::{
        Figure, Finding, FindingKind, Place, Year,
        date::swedish_day,
        ids::{AssociationId, DocumentId},
    },
};
use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};

use crate::{
    accounts::{Account, AuthSession},
    clock,
    pages::{Refused, document_data},
    state::AppState,
    storage::{
        content::NewContent,
        documents::{Kind, RegisterError, Registration},
        titles::is_title,
    },
};

/// *Utblick*: how many years an association's plan looks ahead when it is opened.
const OUTLOOK_YEARS: usize = 2;

const INVALID_YEAR: ApiError = ApiError::invalid("invalid_year", "year ska vara ett år mellan 2000 och 2100.");

const INVALID_SOURCE: ApiError =
    ApiError::invalid("invalid_source", "copy_of ska vara id för förbundets plan för året före.");

/// What goes wrong, as a client sees it: a code for programs and a Swedish sentence for people.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: &'static str,
}

impl ApiError {
    /// Nobody is signed in.
    pub const SIGNED_OUT: Self = Self::new(StatusCode::UNAUTHORIZED, "signed_out", "Logga in först.");
    /// Missing or forbidden, which is not told apart.
    pub const NOT_FOUND: Self = Self::new(StatusCode::NOT_FOUND, "not_found", "Det finns inget dokument här.");
    /// The body is not what was asked for.
    pub const INVALID_BODY: Self = Self::invalid("invalid_body", "Begäran går inte att läsa.");
    /// The document is here, and it is damaged.
    const UNREADABLE: Self =
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unreadable", "Dokumentet går inte att läsa just nu.");

    const fn new(status: StatusCode, code: &'static str, message: &'static str) -> Self {
        Self { status, code, message }
    }

    const fn invalid(code: &'static str, message: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    /// What programs know it by.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Something of ours failed: the log gets the reason, the client does not.
    pub fn internal(error: &dyn std::fmt::Debug) -> Self {
        tracing::error!(?error, "request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Något gick fel hos oss. Försök igen om en stund.")
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Quarantined => Self::UNREADABLE,
            Refused::Failed(error) => error,
        }
    }
}

impl From<sqlx::Error> for ApiError {
    fn from(error: sqlx::Error) -> Self {
        Self::internal(&error)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = serde_json::json!({ "error": { "code": self.code, "message": self.message } });
        (self.status, Json(body)).into_response()
    }
}

fn signed_in(auth: AuthSession) -> Result<Account, ApiError> {
    auth.user.ok_or(ApiError::SIGNED_OUT)
}

/// The answer of `GET /api/session`.
#[derive(Serialize)]
pub struct SessionAnswer {
    user: SignedIn,
}

/// Who is signed in.
pub async fn session(State(state): State<AppState>, auth: AuthSession) -> Result<Json<SessionAnswer>, ApiError> {
    let account = signed_in(auth)?;
    Ok(Json(SessionAnswer { user: state.accounts.signed_in(&account).await? }))
}

/// What the user may read.
pub async fn documents(State(state): State<AppState>, auth: AuthSession) -> Result<Json<Vec<DocumentInfo>>, ApiError> {
    let account = signed_in(auth)?;
    Ok(Json(state.database.readable_documents(account.id).await?))
}

/// Who else may read the document.
pub async fn people(
    State(state): State<AppState>,
    auth: AuthSession,
    Path(id): Path<String>,
) -> Result<Json<Vec<Person>>, ApiError> {
    let account = signed_in(auth)?;
    let id = id.parse().map_err(|_| ApiError::NOT_FOUND)?;
    state.database.readable_document(account.id, id).await?.ok_or(ApiError::NOT_FOUND)?;
    Ok(Json(state.database.people_of(id).await?))
}

/// One finding of `GET /api/documents/{id}/findings`.
#[derive(Serialize)]
pub struct FindingAnswer {
    kind: FindingKind,
    place: Place,
    stated: Figure,
    computed: Figure,
    text: String,
}

/// *Kontrollräkning*: what cannot be right in a document, and which rules it does not keep to.
pub async fn findings(
    State(state): State<AppState>,
    auth: AuthSession,
    Path(id): Path<String>,
) -> Result<Json<Vec<FindingAnswer>>, ApiError> {
    let account = signed_in(auth)?;
    let id = id.parse::<DocumentId>().map_err(|_| ApiError::NOT_FOUND)?;
    let readable = state.database.readable_documents(account.id).await?;
    let info = readable.iter().find(|document| document.id == id).ok_or(ApiError::NOT_FOUND)?;
    let findings = match document_data(&state, info, &readable).await? {
        PageData::County(page) => page.plan.findings(),
        PageData::Plan(page) => page.plan.findings(&page.contributions()),
        _ => Vec::new(),
    };
    let answer = |finding| {
        let Finding { kind, place, stated, computed, text, .. } = finding;
        FindingAnswer { kind, place, stated, computed, text }
    };
    Ok(Json(findings.into_iter().map(answer).collect()))
}

/// The body of `POST /api/documents`.
#[derive(Deserialize)]
pub struct NewDocument {
    /// A client-made id: base58check of a v4 UUID.
    pub id: String,
    /// `county`, `plan`, `catalogue`, `occasion` or `other`.
    pub kind: String,
    /// Whose it is.
    pub association: String,
    /// Whether it belongs to the association's county: a catalogue or an occasion may.
    #[serde(default)]
    pub of_county: bool,
    /// The budget year, for plans.
    #[serde(default)]
    pub year: Option<i32>,
    /// What it is called in lists.
    pub title: String,
    /// The plan of the year before, whose budget the new one begins with.
    #[serde(default)]
    pub copy_of: Option<String>,
}

/// Registers a document under an id that the client made.
pub async fn register(
    State(state): State<AppState>,
    auth: AuthSession,
    body: Result<Json<NewDocument>, JsonRejection>,
) -> Result<(StatusCode, Json<DocumentInfo>), ApiError> {
    let account = signed_in(auth)?;
    let Json(new) = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "Begäran är för stor.")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "not_json",
            "Begäran ska vara JSON (content-type: application/json).",
        ),
        _ => ApiError::invalid(
            "invalid_body",
            "Begäran ska vara JSON med id, kind, association, title och för en plan year.",
        ),
    })?;
    let document = register_for(&state, &account, new).await?;
    Ok((StatusCode::CREATED, Json(document)))
}

/// Registers a document in the name of somebody who is signed in.
pub async fn register_for(state: &AppState, account: &Account, new: NewDocument) -> Result<DocumentInfo, ApiError> {
    let source = new.copy_of.clone();
    let mut registration = new.check()?;
    registration.content = match source {
        Some(source) => copied_content(state, &registration, account, &source).await?,
        None => first_content(state, &registration, account).await?,
    };
    let document = state.database.register(account.id, &registration).await.map_err(|error| match error {
        RegisterError::Forbidden => ApiError::new(
            StatusCode::FORBIDDEN,
            "not_an_editor",
            "Bara förbundets redaktörer kan lägga upp dokument åt det, och bara kursadministratörer kurser.",
        ),
        RegisterError::Exists => ApiError::new(
            StatusCode::CONFLICT,
            "exists",
            "Det finns redan ett dokument med detta id, eller en plan för året, eller en kurskatalog.",
        ),
        RegisterError::NoCounty => ApiError::invalid("no_county", "Förbundet hör inte till något län."),
        RegisterError::Database(error) => error.into(),
    })?;
    state.hub.registered(document.id);
    state.database.audit(Some(account.id), "document_registered", &document.id.to_string()).await;
    Ok(document)
}

/// What a document of a kind that the program draws begins with: the frozen first change, and what plan it is.
async fn first_content(state: &AppState, new: &Registration, account: &Account) -> Result<NewContent, ApiError> {
    let context = EditContext { now_ms: clock::now_ms() };
    let (title, author) = (new.title.clone(), Some(account.id));
    let opened = match (new.kind, new.year) {
        (Kind::County, Some(year)) => {
            let associations = state.database.neighbours(&new.association).await?;
            let plan = county::NewPlan { year, title, associations, stated: Default::default() };
            county::open(&plan, rand::random(), author, &context)
        }
        (Kind::Plan, Some(year)) => {
            let year = Year::new(year).map_err(|_| INVALID_YEAR)?;
            let association = new.association.clone();
            let plan = plan::NewPlan { association, year, outlook_years: OUTLOOK_YEARS, title, dnr: String::new() };
            plan::open(&plan, rand::random(), author, &context)
        }
        (Kind::Catalogue, _) => {
            let owner = state.database.organiser(&new.association, new.of_county).await?;
            catalogue::open(&catalogue::NewCatalogue { owner, title }, rand::random(), author, &context)
        }
        (Kind::Occasion, year) => {
            let organiser = state.database.organiser(&new.association, new.of_county).await?;
            let year = year.or_else(|| swedish_day(context.now_ms).get(..4)?.parse().ok()).unwrap_or_default();
            let (course, course_name) = (None, title.clone());
            let occasion = occasion::NewOccasion { organiser, year, title, course, course_name };
            occasion::open(&occasion, rand::random(), author, &context)
        }
        _ => return Ok(NewContent::default()),
    };
    let mut opened = opened.map_err(|error| ApiError::internal(&error))?;
    Ok(NewContent::of(&mut opened))
}

/// What a plan begins with that is made from the plan of the year before: its budget, moved a year.
async fn copied_content(
    state: &AppState,
    new: &Registration,
    account: &Account,
    source: &str,
) -> Result<NewContent, ApiError> {
    let id: DocumentId = source.parse().map_err(|_| INVALID_SOURCE)?;
    // What the user may not read is not copied, and not told apart from what does not exist.
    let source = state.database.readable_document(account.id, id).await?.ok_or(INVALID_SOURCE)?;
    let is_before = source.kind == "plan"
        && source.association.as_deref() == Some(new.association.as_str())
        && source.year.map(|year| year + 1) == new.year;
    if new.kind != Kind::Plan || !is_before {
        return Err(INVALID_SOURCE);
    }
    let open = state.hub.open(id).await.map_err(|error| ApiError::internal(&error))?;
    let old = open.read(plan::read).await;
    let context = EditContext { now_ms: clock::now_ms() };
    let author = Some(account.id);
    let opened = plan::open_next_year(&old, new.title.clone(), rand::random(), author, &context, rand::random);
    let mut opened = opened.map_err(|error| ApiError::internal(&error))?.ok_or(INVALID_SOURCE)?;
    Ok(NewContent::of(&mut opened))
}

impl NewDocument {
    fn check(self) -> Result<Registration, ApiError> {
        let id: DocumentId = self
            .id
            .parse()
            .map_err(|_| ApiError::invalid("invalid_id", "id ska vara base58check av en UUID av version 4."))?;
        let kind = Kind::parse(&self.kind)
            .ok_or(ApiError::invalid("invalid_kind", "kind ska vara county, plan, catalogue, occasion eller other."))?;
        let association: AssociationId = self
            .association
            .parse()
            .map_err(|_| ApiError::invalid("invalid_association", "association ska vara förbundets kortnamn."))?;
        let title = self.title.trim().to_owned();
        if !is_title(&title) {
            return Err(ApiError::invalid("invalid_title", "title ska vara en rad med 1–200 tecken."));
        }
        if self.year.is_some_and(|year| !(2000..=2100).contains(&year)) {
            return Err(INVALID_YEAR);
        }
        if matches!(kind, Kind::County | Kind::Plan) && self.year.is_none() {
            return Err(ApiError::invalid("invalid_year", "En plan ska ha ett år (year)."));
        }
        let of_county = kind == Kind::County || (kind.is_of_courses() && self.of_county);
        Ok(Registration { id, kind, association, of_county, year: self.year, title, content: NewContent::default() })
    }
}

/// Whether the relay can keep what it is given.
pub async fn health(State(state): State<AppState>) -> (StatusCode, Json<serde_json::Value>) {
    let database = sqlx::query("SELECT 1").execute(state.database.pool()).await.is_ok();
    let ready = database && state.hub.storage_healthy();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(serde_json::json!({ "ready": ready })))
}
