//! The routes, what stands in front of each, and the loop that accepts connections.

use std::{net::SocketAddr, path::Path, pin::pin, time::Duration};

use app::{
    app::offline_shell,
    boot::COURSES,
    pages::public::{erasure::ERASURE, statistics::STATISTICS},
};
use axum::{
    Router,
    extract::{ConnectInfo, DefaultBodyLimit, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware,
    response::{Html, IntoResponse},
    routing::{get, post},
};
use axum_login::{
    AuthManagerLayerBuilder,
    tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, time};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower_http::{
    catch_panic::CatchPanicLayer, csrf::CsrfLayer, services::ServeDir, set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use crate::{
    accounts::{sessions::DATA_KEY, sign_in},
    api, courses,
    erasure::{self, told},
    evaluation, feeds, mail, new_occasion, new_plan, pages, relay, security,
    state::AppState,
    statistics,
};

/// The session cookie where everybody comes over TLS: browsers take it for this very host alone.
const SECURE_COOKIE: &str = "__Host-samplan";
/// The session cookie where they do not, as on a laptop in a workshop.
const PLAIN_COOKIE: &str = "samplan";
/// Requests under way get so long to end when the relay stops.
const LAST_REQUESTS: Duration = Duration::from_secs(5);

/// Everything the relay answers.
pub fn router(state: &AppState) -> Router {
    let limits = &state.config.limits;
    let secure = state.config.secure();
    let sessions = SessionManagerLayer::new(state.sessions.clone())
        .with_name(if secure { SECURE_COOKIE } else { PLAIN_COOKIE })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        // How long the cookie is kept. When the session really ends is `accounts::sessions`' to say.
        .with_expiry(Expiry::OnInactivity(axum_login::tower_sessions::cookie::time::Duration::seconds(
            i64::try_from(limits.session_seconds).unwrap_or(i64::MAX),
        )));
    let accounts = AuthManagerLayerBuilder::new(state.accounts.clone(), sessions).with_data_key(DATA_KEY).build();
    let mut csrf = CsrfLayer::new();
    for origin in &state.origins {
        match csrf.clone().add_trusted_origin(origin) {
            Ok(trusting) => csrf = trusting,
            Err(error) => tracing::warn!(%origin, ?error, "not an origin a browser would send"),
        }
    }

    let behind_sessions = Router::new()
        .route(
            "/logga-in",
            get(pages::page).post(sign_in::sign_in).layer(DefaultBodyLimit::max(limits.sign_up_body_bytes)),
        )
        .route("/logga-ut", post(sign_in::sign_out))
        .route("/sync", get(relay::upgrade))
        .route("/api/session", get(api::session))
        .route("/api/documents", get(api::documents).post(api::register))
        .route("/api/documents/{id}/people", get(api::people))
        .route("/api/documents/{id}/findings", get(api::findings))
        .route("/", get(pages::page))
        .route("/api/erased", post(told::erased))
        .route("/api/documents/{id}/carried", post(told::carried))
        .route(ERASURE, get(erasure::page::page))
        .route(&format!("{ERASURE}/sok"), post(erasure::page::search))
        .route(&format!("{ERASURE}/radera"), post(erasure::page::erase))
        .route(STATISTICS, get(statistics::page))
        .route("/planer", post(new_plan::create))
        .route(COURSES, get(pages::page).post(new_occasion::create))
        .route("/lan/{year}", get(pages::page))
        .route("/kurser/{occasion}/ta-bort", post(new_occasion::remove))
        .route("/kurser/{occasion}/behov", get(courses::needs::page))
        .route("/kurser/brev", get(mail::page::letters))
        .route("/kurser/brev/alla", post(mail::page::retry_all))
        .route("/kurser/brev/{number}", post(mail::page::answer))
        .route("/kurser/brev/{number}/kalender", get(mail::page::invite))
        .route("/kontroll", get(pages::page))
        .route("/kurser/{occasion}/utvardering", get(evaluation::result))
        .route("/tillganglighet", get(pages::page));
    let files = files(
        &state.config.site,
        behind_sessions.clone().fallback(pages::page).layer(accounts.clone()).with_state(state.clone()),
    );

    behind_sessions
        .layer(accounts)
        .merge(public(limits.sign_up_body_bytes))
        .route("/halsa", get(api::health))
        .route("/offline-shell", get(shell_without_network))
        .nest_service("/pkg", packages(&state.config.site))
        .fallback_service(files)
        .layer(DefaultBodyLimit::max(limits.body_bytes))
        .layer(csrf)
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(limits.request_seconds)))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), security::headers))
        .with_state(state.clone())
}

/// What needs no account: signing up for courses, the list of them for others, and what participants thought.
fn public(body_bytes: usize) -> Router<AppState> {
    Router::new()
        .route("/anmalan", get(courses::page::list))
        .route("/anmalan/{occasion}", get(courses::page::occasion).post(courses::page::sign_up))
        .route("/anmalan/min/{token}", get(courses::personal::page).post(courses::personal::act))
        .route("/anmalan.ics", get(feeds::icalendar))
        .route("/anmalan.json", get(feeds::json))
        .route("/anmalan/inbaddad", get(feeds::fragment))
        .route("/utvardering/{token}", get(evaluation::form).post(evaluation::answer))
        .layer(DefaultBodyLimit::max(body_bytes))
}

/// Built files: their names carry a hash of their content, so they are kept for ever.
fn packages(site: &Path) -> Router {
    Router::new()
        .fallback_service(
            ServeDir::new(site.join("pkg"))
                .append_index_html_on_directories(false)
                .precompressed_br()
                .precompressed_gzip(),
        )
        .layer(middleware::map_response(|mut response: axum::response::Response| async {
            let kept = if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
                "public, max-age=31536000, immutable"
            } else {
                "no-store"
            };
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
            response
        }))
}

/// Other files of the site (icons, manifest, service worker), asked for again each time; and what is none, a page.
fn files(site: &Path, otherwise: Router) -> Router {
    let directory = ServeDir::new(site)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
        .fallback(otherwise);
    Router::new()
        .fallback_service(directory)
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-cache")))
}

async fn shell_without_network(State(state): State<AppState>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-cache")], Html(offline_shell(&state.assets)))
}

/// Accepts connections until `stop`, then lets requests under way end.
pub async fn serve(listener: TcpListener, router: Router, header_seconds: u64, stop: CancellationToken) {
    let connections = TaskTracker::new();
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(header_seconds)).max_buf_size(64 * 1024);
    loop {
        let (stream, peer) = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    // Out of file handles, most likely: pause instead of spinning.
                    tracing::warn!(%error, "connection not accepted");
                    time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
        };
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "small messages of this connection may be held back");
        }
        let service = TowerToHyperService::new(WithPeer { router: router.clone(), peer });
        let connection = builder.serve_connection(TokioIo::new(stream), service).with_upgrades();
        let stop = stop.clone();
        connections.spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                () = stop.cancelled() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "connection ended");
            }
        });
    }
    drop(listener);
    connections.close();
    if time::timeout(LAST_REQUESTS, connections.wait()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

/// The router, telling each request who its peer is.
#[derive(Clone)]
struct WithPeer {
    router: Router,
    peer: SocketAddr,
}

impl tower::Service<hyper::Request<hyper::body::Incoming>> for WithPeer {
    type Response = axum::response::Response;
    type Error = std::convert::Infallible;
    type Future = axum::routing::future::RouteFuture<std::convert::Infallible>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: hyper::Request<hyper::body::Incoming>) -> Self::Future {
        let mut request: Request = request.map(axum::body::Body::new);
        request.extensions_mut().insert(ConnectInfo(self.peer));
        tower::Service::call(&mut self.router, request)
    }
}
