//! Letters over protected connections: a server that is not who it says it is gets neither password nor letter, and no
//! letter is lost by it.

use samplan_server::mail::{Occurrence, outbox::State};
use serde_json::Value;

use crate::{
    courses::support::send_to,
    mail::{letter, listed, queue, sends_to},
    support::{
        Folder, Program, Server, VASTERAS, client, free_port,
        guarded::{Guarded, Offer},
        until,
    },
};

/// A relay that is to send a letter, once it has found that it cannot.
async fn in_vain(url: &str) -> Server {
    let server = Server::start_with(sends_to(url)).await;
    queue(&server, &[letter(1, Occurrence::Confirmed)]).await;
    until("it is seen", async || server.relay.state().post.away_since().is_some()).await;
    let letters = listed(&server).await;
    assert!(matches!(letters[0].state, State::Waiting { attempts: 0, .. }), "{:?}", letters[0].state);
    let page = server.sign_in(VASTERAS).await.get("/kurser/brev").await.text().await.unwrap();
    assert!(page.contains("E-postservern svarar inte"), "{page}");
    server
}

fn is_secret(command: &str) -> bool {
    ["AUTH", "MAIL", "RCPT", "DATA"].iter().any(|word| command.contains(word))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_nobody_vouches_for_is_refused_and_the_letter_waits() {
    let mail = Guarded::start(Offer::Tls).await;
    let url = format!("smtp://kurser:hemligt@localhost:{}?tls=required", mail.address.port());
    let _server = in_vain(&url).await;
    let heard = mail.heard();
    assert!(heard.iter().any(|command| command == "open STARTTLS"), "{heard:?}");
    assert!(!heard.iter().any(|command| is_secret(command)), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_cannot_protect_the_connection_is_told_nothing() {
    let mail = Guarded::start(Offer::Open).await;
    let url = format!("smtp://kurser:hemligt@localhost:{}?tls=required", mail.address.port());
    let _server = in_vain(&url).await;
    assert!(!mail.heard().iter().any(|command| is_secret(command)), "{:?}", mail.heard());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_password_that_is_not_taken_costs_no_letter() {
    let mail = Guarded::start(Offer::Open).await;
    let _server = in_vain(&format!("smtp://kurser:fel@{}", mail.address)).await;
    let heard = mail.heard();
    assert!(heard.iter().any(|command| command.starts_with("open AUTH")), "{heard:?}");
    assert!(!heard.iter().any(|command| command.contains("MAIL")), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn password_and_letter_go_over_a_connection_that_is_protected() {
    let mail = Guarded::start(Offer::Tls).await;
    let url = format!("smtp://kurser:hemligt@localhost:{}?tls=required", mail.address.port());
    let folder = Folder::new();
    // Certificates are the system's: here it is told of one more.
    let settings = [
        ("SAMPLAN_SMTP_URL", url.as_str()),
        ("SAMPLAN_MAIL_FROM", "kurser@samplan.example"),
        ("SSL_CERT_FILE", Guarded::certificate()),
    ];
    let program = Program::start_with(&folder, free_port(), &settings).await;
    let open = async || {
        let list = client().get(format!("{}/anmalan.json", program.base)).send().await.unwrap();
        let list: Value = list.json().await.unwrap();
        let is_free = |one: &&Value| one["requires"] == "" && one["sign_up"] == "open";
        let found = list["occasions"].as_array().unwrap().iter().find(is_free)?;
        Some(found["id"].as_str().unwrap().to_owned())
    };
    until("courses are listed", async || open().await.is_some()).await;
    let id = open().await.unwrap();
    send_to(&format!("{}/anmalan/{id}", program.base), 1).await;
    until("it is sent", async || mail.heard().iter().any(|command| command == "tls DATA")).await;
    let heard = mail.heard();
    let at = |command: &str| heard.iter().position(|known| known.starts_with(command));
    assert!(at("tls AUTH PLAIN").unwrap() < at("tls MAIL FROM:<kurser@samplan.example>").unwrap(), "{heard:?}");
    assert!(!heard.iter().any(|command| command.starts_with("open") && is_secret(command)), "{heard:?}");
    program.kill();
}
