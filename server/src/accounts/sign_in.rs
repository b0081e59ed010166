//! `POST /logga-in` and `POST /logga-ut`. Both work as plain forms, without JavaScript.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use app::boot::{PageData, SignInPage};
use axum::{
    Form,
    extract::{ConnectInfo, FromRequest, Request, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{
    AccountError, AuthSession, Credentials, address::client_address, passwords::PasswordError, sessions::SessionKey,
};
use crate::{api::ApiError, pages, state::AppState};

/// The longest e-mail address and password that are looked at.
const LONGEST: usize = 1_024;

/// The fields of the sign-in form.
#[derive(Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: Option<String>,
}

/// Checks the form: on to `next`, or the form again with the reason and the address that was typed.
pub async fn sign_in(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut auth: AuthSession,
    request: Request,
) -> Response {
    let address = client_address(peer.ip(), request.headers(), &state.config.proxies);
    let (parts, body) = request.into_parts();
    let again = Request::from_parts(parts.clone(), axum::body::Body::empty());
    let form = match Form::<SignInForm>::from_request(Request::from_parts(parts, body), &state).await {
        Ok(Form(form)) => form,
        Err(rejection) => return rejection.into_response(),
    };
    let next = form.next.filter(|next| is_local(next));
    let shown = |status: StatusCode, error: String| {
        let page = SignInPage { notice: None, error: Some(error), next: next.clone(), email: form.email.clone() };
        pages::render(&state, again, None, PageData::SignIn(page), status)
    };
    if form.email.trim().is_empty() || form.password.is_empty() {
        return shown(StatusCode::UNPROCESSABLE_ENTITY, "Skriv både e-postadress och lösenord.".into()).await;
    }
    if form.email.len() > LONGEST || form.password.len() > LONGEST {
        return shown(StatusCode::UNPROCESSABLE_ENTITY, "E-postadressen eller lösenordet är för långt.".into()).await;
    }

    let attempt = match state.attempts.begin(&form.email, address, Instant::now()) {
        Ok(attempt) => attempt,
        Err(wait) => {
            tracing::warn!("sign-in refused: too many attempts");
            let mut response = shown(StatusCode::TOO_MANY_REQUESTS, too_many(wait)).await;
            let seconds = wait.as_secs().saturating_add(1);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            return response;
        }
    };
    let credentials = Credentials { email: form.email.clone(), password: form.password };
    let account = match auth.authenticate(credentials).await {
        Ok(Some(account)) => account,
        Ok(None) => {
            state.database.audit(None, "sign_in_failed", "").await;
            let error = "E-postadressen eller lösenordet stämmer inte. Kontrollera båda och försök igen.";
            return shown(StatusCode::UNAUTHORIZED, error.into()).await;
        }
        Err(axum_login::Error::Backend(AccountError::Password(PasswordError::Busy))) => {
            state.attempts.give_back(attempt);
            let error = "Många loggar in just nu. Vänta några sekunder och försök igen.";
            return shown(StatusCode::SERVICE_UNAVAILABLE, error.into()).await;
        }
        Err(error) => return ApiError::internal(&error).into_response(),
    };
    state.attempts.give_back(attempt);

    // A new id at every sign-in, also over a session that is still good.
    if let Some(old) = auth.session.id() {
        state.hub.close_session(SessionKey::of(old));
        if let Err(error) = auth.session.cycle_id().await {
            return ApiError::internal(&error).into_response();
        }
    }
    if let Err(error) = auth.login(&account).await {
        return ApiError::internal(&error).into_response();
    }
    state.database.audit(Some(account.id), "signed_in", "").await;
    tracing::info!(user = %account.id, "signed in");
    Redirect::to(next.as_deref().unwrap_or("/")).into_response()
}

/// Ends the session, its sockets at once, and goes to the sign-in form.
pub async fn sign_out(State(state): State<AppState>, mut auth: AuthSession) -> Response {
    let key = auth.session.id().map(SessionKey::of);
    match auth.logout().await {
        Ok(account) => {
            if let Some(account) = account {
                state.database.audit(Some(account.id), "signed_out", "").await;
                tracing::info!(user = %account.id, "signed out");
            }
        }
        Err(error) => return ApiError::internal(&error).into_response(),
    }
    if let Some(key) = key {
        state.hub.close_session(key);
    }
    Redirect::to("/logga-in").into_response()
}

/// Whether `next` is a path on this site, and not another site in disguise.
pub fn is_local(next: &str) -> bool {
    next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= LONGEST
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

/// When it may be tried again, to the minute and never too early.
fn too_many(wait: Duration) -> String {
    let minutes = wait.as_secs().div_ceil(60).max(1);
    let unit = if minutes == 1 { "minut" } else { "minuter" };
    format!("För många försök att logga in. Vänta {minutes} {unit} och försök sedan igen.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed_after_signing_in() {
        for next in ["/", "/lan/2021", "/lan/2021?x=1#y", "/lan/v%C3%A4st"] {
            assert!(is_local(next), "{next}");
        }
        for next in ["", "lan", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "/å"] {
            assert!(!is_local(next), "{next}");
        }
    }

    #[test]
    fn the_time_to_wait_is_never_said_too_short() {
        assert!(too_many(Duration::from_secs(1)).contains("1 minut "));
        assert!(too_many(Duration::from_secs(61)).contains("2 minuter "));
    }
}
