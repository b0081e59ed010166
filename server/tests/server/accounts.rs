//! Signing in and out, its limits, and what becomes of sessions.

use std::time::Duration;

use reqwest::{StatusCode, header};

use crate::support::{NORRA, PASSWORD, Server, User, VASTERAS, client, cookie_of, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_in_leads_where_one_was_going_and_nowhere_else() {
    let server = Server::start().await;
    for (next, expected) in [
        (None, "/"),
        (Some("/lan/2021"), "/lan/2021"),
        (Some("//evil.example"), "/"),
        (Some("https://evil.example"), "/"),
        (Some("/\\evil.example"), "/"),
    ] {
        let answer = server.post_sign_in(VASTERAS, PASSWORD, next).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_eq!(answer.headers()[header::LOCATION], expected);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_keeps_the_address_that_was_typed_and_tells_nothing_of_the_account() {
    let server = Server::start().await;
    let mut texts = Vec::new();
    for email in [VASTERAS, "ingen@vasteras.example"] {
        let answer = server.post_sign_in(email, "fel", Some("/lan/2021")).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        assert!(answer.headers().get(header::SET_COOKIE).is_none());
        let text = answer.text().await.unwrap();
        assert!(text.contains(email), "the address is kept");
        texts.push(text.contains("stämmer inte"));
    }
    assert_eq!(texts, [true, true]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sixth_wrong_password_is_refused_with_the_time_to_wait() {
    let server = Server::start_with(|config| config.limits.logins = 5).await;
    for _ in 0..5 {
        assert_eq!(server.post_sign_in(VASTERAS, "fel", None).await.status(), StatusCode::UNAUTHORIZED);
    }
    let refused = server.post_sign_in(VASTERAS, PASSWORD, None).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = refused.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((880..=901).contains(&seconds), "{seconds}");
    assert!(refused.text().await.unwrap().contains("Vänta 15 minuter"));
    // Somebody else at the same address still gets in.
    server.sign_in(NORRA).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_sign_in_gets_a_session_of_its_own_and_a_planted_id_is_not_taken() {
    let server = Server::start().await;
    let first = server.sign_in(VASTERAS).await;
    let form = format!(
        "email={VASTERAS}&password={}",
        serde_urlencoded::to_string([("", PASSWORD)]).unwrap().trim_start_matches('=')
    );
    for planted in [first.cookie.as_str(), "samplan=AAAAAAAAAAAAAAAAAAAAAA"] {
        let answer = client()
            .post(server.url("/logga-in"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::COOKIE, planted)
            .body(form.clone())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        assert_ne!(cookie_of(&answer), planted);
    }
    assert_eq!(first.get("/api/session").await.status(), StatusCode::UNAUTHORIZED, "the old session has ended");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_eleventh_session_ends_the_first() {
    let server = Server::start().await;
    let first = server.sign_in(VASTERAS).await;
    for _ in 0..9 {
        server.sign_in(VASTERAS).await;
    }
    assert_eq!(first.get("/api/session").await.status(), StatusCode::OK);
    server.sign_in(VASTERAS).await;
    assert_eq!(first.get("/api/session").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_closes_the_sockets_of_that_session_and_no_others() {
    let server = Server::start().await;
    let (here, elsewhere) = (server.sign_in(VASTERAS).await, server.sign_in(VASTERAS).await);
    let plan = here.county_plan().await;
    let (mut closing, mut staying) = (here.open(plan).await, elsewhere.open(plan).await);
    closing.until("open", |peer| !peer.acknowledged.is_empty()).await;
    staying.until("open", |peer| !peer.acknowledged.is_empty()).await;
    here.sign_out().await;
    closing.until("closed", |peer| peer.closed == Some(4401)).await;
    staying.listen(Duration::from_millis(300)).await;
    assert_eq!(staying.closed, None);
    assert_eq!(here.get("/api/documents").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expired_session_closes_its_sockets_within_five_seconds() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let mut peer = user.open(user.county_plan().await).await;
    peer.until("open", |peer| !peer.acknowledged.is_empty()).await;
    server.sql("UPDATE sessions SET expires_at = 1").await;
    let expired = std::time::Instant::now();
    peer.until("closed", |peer| peer.closed == Some(4401)).await;
    assert!(expired.elapsed() < Duration::from_secs(5), "{:?}", expired.elapsed());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_site_cannot_post_and_a_program_without_origin_can() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let sign_out = |name: &'static str, value: &'static str| {
        client().post(server.url("/logga-ut")).header(header::COOKIE, &user.cookie).header(name, value).send()
    };
    assert_eq!(sign_out("origin", "https://evil.example").await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(sign_out("sec-fetch-site", "cross-site").await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(sign_out("sec-fetch-site", "same-site").await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(user.get("/api/session").await.status(), StatusCode::OK);
    user.sign_out().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_tls_the_cookie_is_bound_to_the_host() {
    let server = Server::start_with(|config| config.origins = vec!["https://samplan.example".into()]).await;
    let answer = server.post_sign_in(VASTERAS, PASSWORD, None).await;
    let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    for part in ["__Host-samplan=", "Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(answer.headers().contains_key(header::STRICT_TRANSPORT_SECURITY));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_survive_a_restart_and_their_ids_are_not_in_the_database() {
    let server = Server::start().await;
    let user = server.sign_in(VASTERAS).await;
    let server = server.restart().await;
    let user = User::new(server.url(""), user.cookie.clone()).await;
    assert_eq!(user.get("/api/session").await.status(), StatusCode::OK);
    let database = std::fs::read(server.relay.state().database.path()).unwrap();
    let id = user.cookie.split('=').nth(1).unwrap().as_bytes();
    assert!(!database.windows(id.len()).any(|window| window == id));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_for_those_who_are_signed_in_and_carry_a_policy_and_no_cache() {
    let server = Server::start().await;
    let away = client().get(server.url("/lan/2021")).send().await.unwrap();
    assert_eq!(away.status(), StatusCode::SEE_OTHER);
    assert_eq!(away.headers()[header::LOCATION], "/logga-in?next=%2Flan%2F2021");

    let form = client().get(server.url("/logga-in")).send().await.unwrap();
    assert_eq!(form.status(), StatusCode::OK);
    let user = server.sign_in(VASTERAS).await;
    let page = user.get("/lan/2021").await;
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(page.headers()[header::CACHE_CONTROL], "no-store");
    let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    for part in ["'nonce-", "'wasm-unsafe-eval'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(page.text().await.unwrap().contains("nätverksträffar"), "the real content");
    assert_eq!(user.get("/lan/1999").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(user.get("/finns-inte").await.status(), StatusCode::NOT_FOUND);
    until("ready", async || user.get("/halsa").await.status() == StatusCode::OK).await;
}
