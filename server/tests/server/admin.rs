//! What the operator does from the terminal while the relay runs.

use reqwest::StatusCode;
use samplan_server::admin::{self, Command};

use crate::support::{NORRA, Server};

async fn run(server: &Server, command: Command) -> Result<String, String> {
    admin::run(command, server.folder.0.join("data")).await.map_err(|error| error.to_string())
}

fn add(email: &str, association: &str, role: &str) -> Command {
    Command::AddAccount {
        email: email.to_owned(),
        name: Some("Samordnare Öster".to_owned()),
        association: association.parse().unwrap(),
        role: role.to_owned(),
        courses: false,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_was_added_signs_in_with_the_password_that_was_printed() {
    let server = Server::start().await;
    let email = "samordnare@oster.example";
    let refused = run(&server, add(email, "oster", "editor")).await.unwrap_err();
    assert!(refused.contains("inget förbund oster"), "{refused}");
    let county = Some(("vastmanland".to_owned(), "Västmanlands län".to_owned()));
    let association =
        Command::AddAssociation { id: "oster".parse().unwrap(), name: "Förbundet Öster".to_owned(), county };
    run(&server, association).await.unwrap();
    let said = run(&server, add(email, "oster", "reader")).await.unwrap();
    let password = said.rsplit_once("Lösenord: ").unwrap().1;
    let answer = server.post_sign_in(email, password, None).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);

    let again = run(&server, add(email, "oster", "editor")).await.unwrap();
    assert!(again.contains("fanns redan") && !again.contains("Lösenord"), "{again}");
    let listed = run(&server, Command::ListAccounts).await.unwrap();
    assert!(listed.contains("samordnare@oster.example  Samordnare Öster (editor i oster)"), "{listed}");
    run(&server, add(email, "oster", "decider")).await.unwrap();
    let listed = run(&server, Command::ListAccounts).await.unwrap();
    assert!(listed.contains("Samordnare Öster (decider i oster)"), "{listed}");
    let listed = run(&server, Command::ListAssociations).await.unwrap();
    assert!(listed.contains("oster  Förbundet Öster (Västmanlands län)"), "{listed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_password_and_a_removed_account_end_the_sessions() {
    let server = Server::start().await;
    let email = NORRA.to_owned();
    let user = server.sign_in(NORRA).await;
    let said = run(&server, Command::SetPassword { email: email.clone() }).await.unwrap();
    assert_eq!(user.get("/api/session").await.status(), StatusCode::UNAUTHORIZED);
    let password = said.rsplit_once("lösenord: ").unwrap().1;
    assert_eq!(server.post_sign_in(NORRA, password, None).await.status(), StatusCode::SEE_OTHER);

    run(&server, Command::RemoveAccount { email: email.clone() }).await.unwrap();
    assert_eq!(server.post_sign_in(NORRA, password, None).await.status(), StatusCode::UNAUTHORIZED);
    let none = run(&server, Command::RemoveAccount { email }).await.unwrap_err();
    assert!(none.contains("inget konto"), "{none}");
}
