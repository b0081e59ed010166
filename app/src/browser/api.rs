//! The few questions asked over plain HTTP: who am I, what may I read, who else reads it.

use crate::boot::{Became, CarriedOver, DocumentInfo, Person, SignedIn};
use crate::document::OccasionCommand;
use crate::domain::ids::DocumentId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, Request, RequestCache, RequestInit, Response};

/// Longer than a slow answer, shorter than patience.
const PATIENCE_MS: u32 = 8_000;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// Nobody is signed in.
    SignedOut,
    /// No network, or no server at the other end of it.
    Unreachable,
    /// There is no such thing, or it is not for this user.
    Missing,
    /// The server answered something else than what was asked.
    Refused,
}

/// Who is signed in.
///
/// # Errors
/// If nobody is, or nobody answers.
pub async fn session() -> Result<SignedIn, ApiError> {
    #[derive(Deserialize)]
    struct Session {
        user: SignedIn,
    }
    Ok(get::<Session>("/api/session").await?.user)
}

/// What the user may read.
///
/// # Errors
/// If nobody is signed in, or nobody answers.
pub async fn documents() -> Result<Vec<DocumentInfo>, ApiError> {
    get("/api/documents").await
}

/// Who may read a document: names for authors and for presence.
///
/// # Errors
/// If nobody is signed in, or nobody answers.
pub async fn people(document: DocumentId) -> Result<Vec<Person>, ApiError> {
    get(&format!("/api/documents/{document}/people")).await
}

/// Which of these documents were erased, and what became of them.
///
/// # Errors
/// If nobody is signed in, or nobody answers.
pub async fn erased(documents: &[DocumentId]) -> Result<Vec<Became>, ApiError> {
    post("/api/erased", documents).await
}

/// Brings what was written into a copy of an erased document and never sent, to where the rest of it went on.
///
/// # Errors
/// If nobody is signed in, or nobody answers.
pub async fn carry_over(erased: DocumentId, commands: &[OccasionCommand]) -> Result<CarriedOver, ApiError> {
    post(&format!("/api/documents/{erased}/carried"), commands).await
}

/// Why a document was not registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterError {
    /// Nobody is signed in.
    SignedOut,
    /// No network, or no server at the other end of it.
    Unreachable,
    /// There is a plan for the year already.
    Exists,
    /// The server does not want to, with a Swedish sentence if it said one.
    Refused(Option<String>),
}

/// Registers an association's plan that begins as a copy of the plan of the year before.
///
/// # Errors
/// [`RegisterError`], with nothing registered as far as is known.
pub async fn register_copy(
    id: DocumentId,
    copy_of: DocumentId,
    association: &str,
    year: i32,
    title: &str,
) -> Result<DocumentInfo, RegisterError> {
    let body = serde_json::json!({
        "id": id.to_string(), "kind": "plan", "association": association, "year": year, "title": title,
        "copy_of": copy_of.to_string(),
    });
    let init = posting(&body.to_string()).map_err(|_| RegisterError::Unreachable)?;
    let response = send("/api/documents", &init).await.map_err(|_| RegisterError::Unreachable)?;
    match response.status() {
        201 => {
            let text = text_of(&response).await.map_err(|_| RegisterError::Unreachable)?;
            serde_json::from_str(&text).map_err(|_| RegisterError::Refused(None))
        }
        401 => Err(RegisterError::SignedOut),
        409 => Err(RegisterError::Exists),
        502..=504 => Err(RegisterError::Unreachable),
        _ => {
            let text = text_of(&response).await.unwrap_or_default();
            let told = serde_json::from_str::<serde_json::Value>(&text).ok();
            Err(RegisterError::Refused(told.and_then(|it| Some(it["error"]["message"].as_str()?.to_owned()))))
        }
    }
}

/// Ends the session on the server. True if the server said so.
pub async fn sign_out() -> bool {
    let init = RequestInit::new();
    init.set_method("POST");
    matches!(send("/logga-ut", &init).await, Ok(response) if response.ok() || response.redirected())
}

async fn get<T: DeserializeOwned>(path: &str) -> Result<T, ApiError> {
    ask(path, &RequestInit::new()).await
}

async fn post<T: DeserializeOwned>(path: &str, body: &(impl Serialize + ?Sized)) -> Result<T, ApiError> {
    let body = serde_json::to_string(body).map_err(|_| ApiError::Refused)?;
    ask(path, &posting(&body)?).await
}

fn posting(json: &str) -> Result<RequestInit, ApiError> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&json.into());
    let headers = Headers::new().map_err(|_| ApiError::Unreachable)?;
    headers.set("content-type", "application/json").map_err(|_| ApiError::Unreachable)?;
    init.set_headers(&headers);
    Ok(init)
}

async fn ask<T: DeserializeOwned>(path: &str, init: &RequestInit) -> Result<T, ApiError> {
    let response = send(path, init).await?;
    match response.status() {
        200 => {}
        401 => return Err(ApiError::SignedOut),
        404 => return Err(ApiError::Missing),
        // A proxy without a relay behind it.
        502..=504 => return Err(ApiError::Unreachable),
        _ => return Err(ApiError::Refused),
    }
    serde_json::from_str(&text_of(&response).await?).map_err(|_| ApiError::Refused)
}

async fn text_of(response: &Response) -> Result<String, ApiError> {
    let text = response.text().map_err(|_| ApiError::Unreachable)?;
    let text = JsFuture::from(text).await.map_err(|_| ApiError::Unreachable)?;
    Ok(text.as_string().unwrap_or_default())
}

async fn send(path: &str, init: &RequestInit) -> Result<Response, ApiError> {
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(PATIENCE_MS)));
    let request = Request::new_with_str_and_init(path, init).map_err(|_| ApiError::Unreachable)?;
    let window = web_sys::window().ok_or(ApiError::Unreachable)?;
    let response = JsFuture::from(window.fetch_with_request(&request)).await.map_err(|_| ApiError::Unreachable)?;
    response.dyn_into().map_err(|_| ApiError::Unreachable)
}
