//! `POST /kurser`: the forms with which a course administrator opens a catalogue, and an occasion of a course in it, or
//! takes away an occasion that nobody has signed up for. They work without JavaScript.

use app::{
    boot::{
        COURSES, DocumentRights, NEW_PLAN_PROBLEM,
        courses::{DONE, REMOVED, SENT_COURSE, SENT_DAY},
    },
    document::{EditContext, Kind as Drawn, catalogue, occasion},
    domain::{
        CourseId, IsoDate,
        ids::{AssociationId, DocumentId},
    },
    pages::public::message,
};
use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    accounts::{Account, AuthSession},
    api::{ApiError, NewDocument, register_for},
    clock,
    erasure::EraseError,
    plain_page::plain_page,
    state::AppState,
    storage::{
        content::NewContent,
        documents::{Kind, RegisterError, Registration},
    },
};

/// The fields of the form, as they were typed.
#[derive(Deserialize)]
pub struct NewOccasionForm {
    /// The catalogue's document and the course, with a `/` between.
    #[serde(default)]
    course: String,
    /// The first day.
    #[serde(default)]
    first: String,
    /// That a first day which has been is meant.
    #[serde(default)]
    past: String,
    /// Instead: the association that is to have a catalogue.
    #[serde(default)]
    catalogue: String,
}

/// Why an occasion was not opened: back to the form with a code, or an answer of its own.
enum Refused {
    Problem(&'static str),
    Failed(ApiError),
}

impl<E: Into<ApiError>> From<E> for Refused {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Opens the occasion and goes to it; or back to the form with the reason.
pub async fn create(State(state): State<AppState>, auth: AuthSession, Form(form): Form<NewOccasionForm>) -> Response {
    let Some(account) = auth.user else { return Redirect::to("/logga-in").into_response() };
    let opened = match form.catalogue.as_str() {
        "" => open(&state, &account, &form).await,
        association => open_catalogue(&state, &account, association).await,
    };
    match opened {
        Ok(address) => Redirect::to(&address).into_response(),
        Err(Refused::Problem(code)) => Redirect::to(&back(&form, code)).into_response(),
        Err(Refused::Failed(error)) => error.into_response(),
    }
}

/// The form again, as it was sent.
fn back(form: &NewOccasionForm, code: &str) -> String {
    let sent = [(SENT_COURSE, &form.course), (SENT_DAY, &form.first)];
    let sent: Vec<_> = sent.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let sent = serde_urlencoded::to_string(&sent).unwrap_or_default();
    let mark = if sent.is_empty() { "" } else { "&" };
    format!("{COURSES}?{NEW_PLAN_PROBLEM}={code}{mark}{sent}")
}

/// `POST …/ta-bort`: removes an occasion that nobody has signed up for, as one that was opened by mistake.
pub async fn remove(State(state): State<AppState>, auth: AuthSession, Path(id): Path<String>) -> Response {
    let Some(account) = auth.user else { return Redirect::to("/logga-in").into_response() };
    match remove_for(&state, &account, &id).await {
        Ok(true) => Redirect::to(&format!("{COURSES}?{DONE}={REMOVED}")).into_response(),
        Ok(false) => plain_page(&state, StatusCode::CONFLICT, "Tillfället finns kvar", Some(&account), || {
            message(
                "Tillfället finns kvar",
                "Någon har anmält sig, så det kan inte tas bort. Ställ in det i stället: då får alla anmälda besked.",
                (&format!("{COURSES}/{id}"), "Till kurstillfället"),
            )
        }),
        Err(error) => error.into_response(),
    }
}

/// Whether it was removed; it is not where somebody has signed up.
async fn remove_for(state: &AppState, account: &Account, id: &str) -> Result<bool, ApiError> {
    let document: DocumentId = id.parse().map_err(|_| ApiError::NOT_FOUND)?;
    let info = state.database.readable_document(account.id, document).await?.ok_or(ApiError::NOT_FOUND)?;
    if Drawn::from_name(&info.kind) != Some(Drawn::Occasion) || info.rights != DocumentRights::Write {
        return Err(ApiError::NOT_FOUND);
    }
    match state.erasures.remove_empty(document, clock::now_ms()).await {
        Ok(()) => {
            state.database.audit(Some(account.id), "occasion_removed", &document.to_string()).await;
            Ok(true)
        }
        Err(EraseError::NotEmpty) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

async fn open_catalogue(state: &AppState, account: &Account, association: &str) -> Result<String, Refused> {
    let new = NewDocument {
        id: DocumentId::from_random(rand::random()).to_string(),
        kind: Kind::Catalogue.as_str().to_owned(),
        association: association.to_owned(),
        of_county: false,
        year: None,
        title: "Kurskatalog".to_owned(),
        copy_of: None,
    };
    match register_for(state, account, new).await {
        Ok(document) => Ok(document.address().unwrap_or_else(|| COURSES.to_owned())),
        // A colleague was quicker: it is in the list.
        Err(error) if error.code() == "exists" => Ok(COURSES.to_owned()),
        Err(error) => Err(Refused::Problem(error.code())),
    }
}

async fn open(state: &AppState, account: &Account, form: &NewOccasionForm) -> Result<String, Refused> {
    let no_course = Refused::Problem("no_course");
    let Ok(first) = form.first.trim().parse::<IsoDate>() else { return Err(Refused::Problem("invalid_date")) };
    let Some((catalogue, course)) = chosen(&form.course) else { return Err(no_course) };
    if form.past.is_empty() && IsoDate::of_moment(clock::now_ms()).is_some_and(|today| first < today) {
        return Err(Refused::Problem("past_date"));
    }
    // What the user may not read is not told apart from what does not exist.
    let Some(info) = state.database.readable_document(account.id, catalogue).await? else { return Err(no_course) };
    if Drawn::from_name(&info.kind) != Some(Drawn::Catalogue) {
        return Err(no_course);
    }
    if info.rights != DocumentRights::Write {
        return Err(Refused::Problem("not_allowed"));
    }
    let open = state.hub.open(catalogue).await.map_err(|error| ApiError::internal(&error))?;
    let catalogue = open.read(catalogue::read).await;
    let courses: Vec<_> = catalogue.courses.into_iter().map(|view| view.course).collect();
    let Some(course) = courses.iter().find(|known| known.id == course) else { return Err(no_course) };
    let days = occasion::proposed_days(course, first);
    let Some(draft) = occasion::Draft::of_course(&catalogue.owner, course, &courses, &days) else {
        return Err(no_course);
    };
    let context = EditContext { now_ms: clock::now_ms() };
    let mut doc = draft.open(rand::random(), Some(account.id), &context).map_err(|error| ApiError::internal(&error))?;
    let mut title = draft.new.title.trim().to_owned();
    if title.is_empty() {
        title = "Kurstillfälle".to_owned();
    }
    let speakers = speakers(state, account, catalogue.owner.association.as_ref()).await?;
    for association in speakers {
        let registration = Registration {
            id: DocumentId::from_random(rand::random()),
            kind: Kind::Occasion,
            of_county: catalogue.owner.association.is_none(),
            association,
            year: Some(first.year()),
            title: title.chars().filter(|letter| !letter.is_control()).take(200).collect(),
            content: NewContent::of(&mut doc),
        };
        match state.database.register(account.id, &registration).await {
            Ok(document) => {
                state.hub.registered(document.id);
                state.database.audit(Some(account.id), "document_registered", &document.id.to_string()).await;
                return Ok(document.address().unwrap_or_else(|| COURSES.to_owned()));
            }
            Err(RegisterError::Forbidden | RegisterError::NoCounty) => {}
            Err(RegisterError::Exists) => return Err(Refused::Problem("exists")),
            Err(RegisterError::Database(error)) => return Err(error.into()),
        }
    }
    Err(Refused::Problem("not_allowed"))
}

/// The associations in whose name the user may open it: the owner, or for a county each of the user's own.
async fn speakers(
    state: &AppState,
    account: &Account,
    owner: Option<&AssociationId>,
) -> Result<Vec<AssociationId>, Refused> {
    if let Some(owner) = owner {
        return Ok(vec![owner.clone()]);
    }
    let signed_in = state.accounts.signed_in(account).await?;
    Ok(signed_in.associations.iter().filter_map(|membership| membership.id.parse().ok()).collect())
}

fn chosen(course: &str) -> Option<(DocumentId, CourseId)> {
    let (catalogue, course) = course.split_once('/')?;
    Some((catalogue.parse().ok()?, course.parse().ok()?))
}
