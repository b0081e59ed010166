//! Open documents and open sockets: carries out the effects of `app::sync`.
//!
//! - `hub`: all of them, and the watcher over rights, sessions and what is idle.
//! - `live`: one document: whoever has it open, and its way to the disk. `live::writing`: what the relay writes itself.
//! - `changed`: documents of courses with news, for whoever looks after them.
//! - `connection`: one socket: the protocol's session, and the documents it has open.
//! - `connections`: the sockets counted. `outbox`: what waits for one of them.
//! - `setback`: how soon a document that failed is tried again.
//!
//! Must not know how documents are stored, nor what is in them.

mod changed;
mod connection;
pub mod connections;
mod hub;
mod live;
pub mod outbox;
mod setback;

use std::net::SocketAddr;

use axum::{
    extract::{
        ConnectInfo, State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    accounts::{AuthSession, address::client_address, sessions::SessionKey},
    api::ApiError,
    state::AppState,
};
use connections::Full;

pub use changed::Changed;
pub use hub::{Hub, OpenError, tend};
pub use live::{LiveDocument, WriteError};

/// What an idle socket holds for reading.
const IDLE_READ_BYTES: usize = 1024;

/// `GET /sync`: lets a signed-in user's socket in, from our own pages or from a program that is no browser.
pub async fn upgrade(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    auth: AuthSession,
    socket: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    // A browser always says where a page comes from. `SameSite` would let another port of the same host through.
    if let Some(origin) = headers.get(header::ORIGIN)
        && !state.origins.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes())
    {
        return (StatusCode::FORBIDDEN, "origin not allowed").into_response();
    }
    let (Some(account), Some(session)) = (auth.user, auth.session.id()) else {
        return ApiError::SIGNED_OUT.into_response();
    };
    let socket = match socket {
        Ok(socket) => socket,
        Err(rejection) => return rejection.into_response(),
    };
    let limits = state.hub.limits();
    let address = client_address(peer.ip(), &headers, &state.config.proxies);
    let place = match state.hub.connections().admit(limits, account.id, address, SessionKey::of(session)) {
        Ok(place) => place,
        Err(full) => return refusal(full),
    };
    let buffer = limits.socket_buffer_bytes;
    // The read buffer is held all the time, and most messages are some hundred bytes.
    let read_buffer = buffer.min(IDLE_READ_BYTES);
    let hub = state.hub.clone();
    socket
        .read_buffer_size(read_buffer)
        .write_buffer_size(buffer)
        .max_message_size(limits.message_bytes)
        .max_frame_size(limits.message_bytes)
        .on_upgrade(move |socket| connection::run(hub, place, socket))
}

fn refusal(full: Full) -> Response {
    let (status, text) = match full {
        Full::Node => (StatusCode::SERVICE_UNAVAILABLE, "too many connections"),
        Full::User => (StatusCode::TOO_MANY_REQUESTS, "too many connections of this user"),
        Full::Address => (StatusCode::TOO_MANY_REQUESTS, "too many connections from this address"),
    };
    (status, [(header::RETRY_AFTER, HeaderValue::from_static("5"))], text).into_response()
}
