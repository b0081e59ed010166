//! A name goes through the form, the ledger, the letters and the room, and is nowhere once its bearer is erased.

use app::{
    document::occasion::{self, OccasionCommand},
    domain::{Decision, Sensitive, ids::DocumentId},
};
use reqwest::{StatusCode, header};

use super::support::{Room, email, key, link, many, send_to, view};
use crate::support::{Server, TRACE, Traces, VASTERAS, client, pieces_in, post_form, until};

const NAME: &str = "Kanariefågel Zvxqwysson";
const EMAIL: &str = "zvxqwysson@kanarie.example";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_erased_is_in_no_table_letter_or_file_and_the_place_goes_to_the_next() {
    let server = Server::start_with(many).await;
    let data = server.folder.0.join("data");
    let mut before = pieces_in(&data);
    // Whose the document is and what it is called stand side by side in the list of documents, before and after.
    let listed = "vasterasGrundutbildning våren".as_bytes().windows(TRACE);
    before.extend(listed.map(|piece| <[u8; TRACE]>::try_from(piece).unwrap()));
    let asks = OccasionCommand::SetAsks { asks: [Sensitive::Diet].into() };
    let mut room = Room::open(&server, 2, vec![asks]).await;
    let form = [
        ("nyckel", key(900)),
        ("namn", NAME.into()),
        ("epost", EMAIL.into()),
        ("part", "region".into()),
        ("diet", "zvxqwysson-kost".into()),
    ];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = post_form(&room.url(), &form).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{}", answer.text().await.unwrap());
    let hers = link(&room.base, &answer);
    let his = room.sign_up(1).await;
    room.sign_up(2).await;
    assert_eq!(room.decision(&server, 2).await, Decision::Waiting);
    room.admin.until("the room has her", |admin| occasion::read(admin.replica.doc()).registrations.len() == 3).await;
    let traces = Traces::of(&server, room.document).await.apart_from_before(&before);
    assert!(!traces.in_files(&data).is_empty(), "or the test shows nothing");

    let her = view(&server, room.document).await.registrations.into_iter().find(|one| one.name == NAME).unwrap();
    let user = server.sign_in(VASTERAS).await;
    let chosen = format!("{}:{}", room.document, her.id);
    let done = client()
        .post(format!("{}/kurser/gallring/radera", user.base))
        .header(header::COOKIE, &user.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(serde_urlencoded::to_string([("val", &chosen)]).unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(done.status(), StatusCode::SEE_OTHER);
    room.admin.until("told", |admin| admin.unavailable).await;

    // The old address leads on, and what was there is there.
    let moved = room.get().await;
    assert_eq!(moved.status(), StatusCode::TEMPORARY_REDIRECT);
    let address = moved.headers()[header::LOCATION].to_str().unwrap().to_owned();
    let new: DocumentId = address.rsplit('/').next().unwrap().parse().unwrap();
    assert_eq!(client().get(&hers).send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let page = client().get(&his).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("Deltagare 1"));

    // Her place is free.
    let decision = async |n: usize| {
        view(&server, new).await.registrations.into_iter().find(|one| one.email == email(n)).unwrap().decision
    };
    until("her place is offered", async || decision(2).await == Decision::Offered).await;
    assert_eq!(decision(1).await, Decision::Confirmed);
    // What the relay wrote since then is in the same words as what it wrote before.
    let traces = traces.apart_from(&server, new).await;
    assert_eq!(traces.in_files(&server.folder.0), Vec::<String>::new());
    let again = send_to(&format!("{}{address}", room.base), 3).await;
    assert_eq!(again.status(), StatusCode::SEE_OTHER, "{}", again.text().await.unwrap());
    assert_eq!(decision(3).await, Decision::Waiting);
    let traces = traces.apart_from(&server, new).await;
    let server = server.restart().await;
    assert_eq!(traces.in_files(&server.folder.0), Vec::<String>::new(), "after a restart");
}
