//! Letters: queued with what they tell, sent to a real mail server, and never lost on the way.

use std::collections::BTreeMap;

use app::domain::{DocumentId, RegistrationId, course::OccasionDay};
use icalendar::{Calendar, CalendarComponent, Component};
use mail_parser::{MessageParser, MimeHeaders};
use samplan_server::{
    config::Config,
    mail::{
        self, Letter, OccasionFacts, Occurrence, Stands,
        outbox::{Listed, State},
        settings::Sending,
    },
};

use crate::support::{
    Server,
    smtp::{Behaviour, MailServer, Received},
    until,
};

pub fn sends_to(url: &str) -> impl FnOnce(&mut Config) + use<> {
    let sending = Sending {
        server: url.parse().unwrap(),
        from: "Kurser i Väst <kurser@samplan.example>".parse().unwrap(),
        reply_to: Some("svar@samplan.example".parse().unwrap()),
    };
    move |config| {
        config.mail = Some(sending);
        config.limits.mail_retry_seconds = 1;
        config.limits.mail_timeout_seconds = 5;
    }
}

/// What stands in a personal link.
pub const TOKEN: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

fn document() -> DocumentId {
    DocumentId::from_random([7; 16])
}

fn registration(number: u8) -> RegistrationId {
    RegistrationId::from_random([number; 16])
}

fn day(date: &str, from: &str, to: &str) -> OccasionDay {
    OccasionDay { date: date.parse().unwrap(), from: from.parse().unwrap(), to: to.parse().unwrap() }
}

/// A letter about days that never pass.
pub fn letter(number: u8, occurrence: Occurrence) -> Letter {
    Letter {
        document: document(),
        registration: registration(number),
        to: format!("deltagare{number}@example.se"),
        name: "Deltagare på Å".into(),
        occurrence,
        facts: OccasionFacts {
            title: "LF Grund, \"dag 1\"; öppen".into(),
            organiser: "Förbundet Öster".into(),
            days: vec![day("2091-04-12", "09:00", "16:00"), day("2091-11-13", "09:30", "12:00")],
            place: "Stadshuset".into(),
            link: "https://video.example/rum".into(),
            trainers: "Två kursledare".into(),
            contact: "kurs@example.se".into(),
            is_called_off: false,
        },
        manage: Some(format!("https://samplan.example/anmalan/min/{TOKEN}")),
    }
}

pub async fn queue(server: &Server, letters: &[Letter]) {
    let state = server.relay.state();
    let mut transaction = state.database.pool().begin_with("BEGIN IMMEDIATE").await.unwrap();
    for letter in letters {
        mail::queue(&mut transaction, letter, now_ms()).await.unwrap();
    }
    transaction.commit().await.unwrap();
    state.post.wake();
}

pub fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

pub async fn listed(server: &Server) -> Vec<Listed> {
    server.relay.state().database.letters_of(document(), 1_000).await.unwrap()
}

async fn all_sent(server: &Server) -> bool {
    listed(server).await.iter().all(|letter| matches!(letter.state, State::Sent { .. }))
}

/// How often each address got something.
fn counted(received: &[Received]) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for letter in received {
        *counted.entry(letter.to.concat()).or_default() += 1;
    }
    counted
}

fn calendar(received: &Received) -> Option<(String, Calendar)> {
    let message = MessageParser::default().parse(&received.bytes).unwrap();
    let part = message.parts.iter().find(|part| {
        part.content_type().is_some_and(|kind| kind.ctype() == "text" && kind.subtype() == Some("calendar"))
    })?;
    let method = part.content_type().unwrap().attribute("method").unwrap().to_owned();
    Some((method, part.text_contents().unwrap().parse().unwrap()))
}

fn events(calendar: &Calendar) -> Vec<(String, u32, String, String)> {
    let event = |component: &CalendarComponent| match component {
        CalendarComponent::Event(event) => Some((
            event.get_uid().unwrap().to_owned(),
            event.get_sequence().unwrap(),
            event.property_value("DTSTART").unwrap().to_owned(),
            event.property_value("STATUS").unwrap().to_owned(),
        )),
        _ => None,
    };
    calendar.components.iter().filter_map(event).collect()
}

/// Of each event the days that it stands for, and the one that it stands instead of.
fn recurrences(calendar: &Calendar) -> Vec<(Option<String>, Option<String>)> {
    let event = |component: &CalendarComponent| match component {
        CalendarComponent::Event(event) => {
            let value = |name| event.property_value(name).map(str::to_owned);
            Some((value("RRULE"), value("RECURRENCE-ID")))
        }
        _ => None,
    };
    calendar.components.iter().filter_map(event).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_confirmation_arrives_once_with_text_html_and_an_invitation() {
    let mail = MailServer::start(&[]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    queue(&server, &[letter(1, Occurrence::Confirmed)]).await;
    until("sent", async || all_sent(&server).await).await;

    let received = mail.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].from, "kurser@samplan.example");
    assert_eq!(received[0].to, ["deltagare1@example.se"]);
    let message = MessageParser::default().parse(&received[0].bytes).unwrap();
    assert_eq!(message.subject(), Some("Du har en plats: LF Grund, \"dag 1\"; öppen"));
    assert_eq!(message.from().unwrap().first().unwrap().name(), Some("Kurser i Väst"));
    assert_eq!(message.to().unwrap().first().unwrap().name(), Some("Deltagare på Å"));
    assert_eq!(message.reply_to().unwrap().first().unwrap().address(), Some("svar@samplan.example"));
    assert_eq!(message.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
    assert!(message.message_id().unwrap().ends_with("@samplan.example"));
    let text = message.body_text(0).unwrap();
    assert!(text.contains("torsdag 12 april 2091 kl. 09:00–16:00"), "{text}");
    assert!(text.contains(&format!("https://samplan.example/anmalan/min/{TOKEN}")));
    let html = message.body_html(0).unwrap();
    assert!(
        html.contains(&format!("href=\"https://samplan.example/anmalan/min/{TOKEN}\""))
            && html.contains("&quot;dag 1&quot;")
    );
    let file = message.attachments().find(|part| part.attachment_name() == Some("kurs.ics")).unwrap();
    assert!(std::str::from_utf8(file.contents()).unwrap().contains("BEGIN:VCALENDAR"));
    assert!(received[0].bytes.is_ascii(), "every server can carry it");

    let (method, calendar) = calendar(&received[0]).unwrap();
    assert_eq!((method.as_str(), calendar.property_value("METHOD")), ("REQUEST", Some("REQUEST")));
    let id = registration(1);
    assert_eq!(
        events(&calendar),
        [
            (format!("{id}@samplan"), 0, "20910412T090000".to_owned(), "CONFIRMED".to_owned()),
            (format!("{id}@samplan"), 0, "20911113T093000".to_owned(), "CONFIRMED".to_owned()),
        ]
    );
    let CalendarComponent::Event(event) = calendar.components.last().unwrap() else { panic!("no event") };
    assert_eq!(event.properties()["DTSTART"].params()["TZID"].value(), "Europe/Stockholm");
    assert_eq!(event.property_value("ORGANIZER"), Some("mailto:kurser@samplan.example"));
    assert_eq!(event.get_summary(), Some("LF Grund, \"dag 1\"; öppen"));
    // One identifier in a message: two days in a row, of which the second is in truth another.
    let row = recurrences(&calendar);
    assert_eq!(row[0], (Some("FREQ=DAILY;COUNT=2".to_owned()), None));
    assert_eq!(row[1], (None, Some("20910413T090000".to_owned())));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_calendar_is_told_of_changes_and_of_the_end_under_one_identifier_and_rising_numbers() {
    let mail = MailServer::start(&[]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    let (confirmed, mut changed) = (letter(1, Occurrence::Confirmed), letter(1, Occurrence::Changed(Stands::HasPlace)));
    changed.facts.days.pop();
    let mut cancelled = changed.clone();
    cancelled.occurrence = Occurrence::Cancelled;
    let again = letter(1, Occurrence::Confirmed);
    queue(&server, &[confirmed, changed, cancelled, again]).await;
    until("sent", async || all_sent(&server).await).await;

    let told: Vec<_> = mail.received().iter().map(|received| calendar(received).unwrap()).collect();
    let (yes, no) = ("CONFIRMED", "CANCELLED");
    // What is sent takes the place of all that was: a day that is no more is not told of.
    let expected =
        [("REQUEST", vec![yes, yes]), ("REQUEST", vec![yes]), ("CANCEL", vec![no]), ("REQUEST", vec![yes, yes])];
    for (number, ((method, calendar), (expected, states))) in (0_u32..).zip(told.iter().zip(&expected)) {
        assert_eq!(method, expected, "letter {number}");
        let events = events(calendar);
        assert_eq!(events.iter().map(|event| event.3.as_str()).collect::<Vec<_>>(), *states, "letter {number}");
        for event in events {
            assert_eq!((event.0, event.1), (format!("{}@samplan", registration(1)), number), "letter {number}");
        }
    }
    assert_eq!(told.len(), expected.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn days_in_a_row_at_the_same_hours_need_no_exceptions() {
    let mail = MailServer::start(&[]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    let mut confirmed = letter(1, Occurrence::Confirmed);
    confirmed.facts.days = ["2091-03-30", "2091-03-31", "2091-04-01"].map(|date| day(date, "09:00", "16:00")).to_vec();
    queue(&server, &[confirmed]).await;
    until("sent", async || all_sent(&server).await).await;
    let (_, calendar) = calendar(&mail.received()[0]).unwrap();
    assert_eq!(recurrences(&calendar), [(Some("FREQ=DAILY;COUNT=3".to_owned()), None)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_only_waits_gets_nothing_for_the_calendar() {
    let mail = MailServer::start(&[]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    let offered = Occurrence::Offered { until_ms: now_ms() + 3_600_000 };
    let all = [Occurrence::Waiting, offered, Occurrence::Changed(Stands::HasPlace), Occurrence::Cancelled];
    queue(&server, &all.map(|occurrence| letter(1, occurrence))).await;
    until("sent", async || all_sent(&server).await).await;
    let received = mail.received();
    assert_eq!(received.len(), 4);
    assert!(received.iter().all(|letter| calendar(letter).is_none()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_was_not_taken_is_tried_again_and_arrives_once() {
    let mail = MailServer::start(&[Behaviour::RefuseRecipient(451), Behaviour::DropWithinLetter]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    queue(&server, &[letter(1, Occurrence::Confirmed)]).await;
    until("sent", async || all_sent(&server).await).await;
    assert_eq!(counted(&mail.received()), BTreeMap::from([("deltagare1@example.se".to_owned(), 1)]));
    assert_eq!(mail.connections(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_whose_answer_was_lost_goes_out_again_under_the_same_message_id() {
    let mail = MailServer::start(&[Behaviour::DropBeforeAnswer]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    queue(&server, &[letter(1, Occurrence::Waiting)]).await;
    until("sent", async || all_sent(&server).await).await;
    let received = mail.received();
    assert_eq!(received.len(), 2, "no protocol could tell");
    let id =
        |letter: &Received| MessageParser::default().parse(&letter.bytes).unwrap().message_id().unwrap().to_owned();
    assert_eq!(id(&received[0]), id(&received[1]));
    assert_eq!(received[0].bytes.len(), received[1].bytes.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_refused_for_good_is_shown_with_the_code_and_holds_up_no_other() {
    let mail = MailServer::start(&[Behaviour::RefuseRecipient(550), Behaviour::RefuseLetter(554)]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    let mut nowhere = letter(4, Occurrence::Waiting);
    nowhere.to = "ingen adress".into();
    queue(
        &server,
        &[letter(1, Occurrence::Waiting), letter(2, Occurrence::Waiting), letter(3, Occurrence::Waiting), nowhere],
    )
    .await;
    until("settled", async || {
        listed(&server).await.iter().all(|letter| !matches!(letter.state, State::Waiting { .. }))
    })
    .await;
    let states: Vec<_> = listed(&server).await.into_iter().rev().map(|letter| letter.state).collect();
    let failed = |reason: &str| State::Failed { reason: reason.to_owned() };
    assert_eq!(states[0], failed("smtp_550"));
    assert_eq!(states[1], failed("smtp_554"));
    assert!(matches!(states[2], State::Sent { .. }));
    assert_eq!(states[3], failed("bad_address"));

    // Somebody has put the address right, and asks for it again.
    let database = &server.relay.state().database;
    let refused = listed(&server).await.pop().unwrap();
    assert!(database.retry_letter(refused.position, now_ms()).await.unwrap());
    server.relay.state().post.wake();
    until("sent after all", async || mail.received().len() == 2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_letters_go_over_one_connection_in_their_order() {
    let mail = MailServer::start(&[]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    let letters: Vec<_> = (0..60).map(|number| letter(number, Occurrence::Waiting)).collect();
    queue(&server, &letters).await;
    until("sent", async || all_sent(&server).await).await;
    let to: Vec<_> = mail.received().iter().map(|received| received.to.concat()).collect();
    assert_eq!(to, letters.iter().map(|letter| letter.to.clone()).collect::<Vec<_>>());
    assert_eq!(mail.connections(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_in_between_loses_no_letter_and_doubles_none() {
    let mail = MailServer::start(&[]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    let letters: Vec<_> = (0..200).map(|number| letter(number, Occurrence::Waiting)).collect();
    queue(&server, &letters).await;
    until("under way", async || mail.received().len() >= 5).await;
    let server = server.restart_with(sends_to(&mail.url())).await;
    until("sent", async || all_sent(&server).await).await;
    let counted = counted(&mail.received());
    assert_eq!(counted.len(), 200);
    assert!(counted.values().all(|count| *count == 1), "{counted:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_away_costs_no_letter_an_attempt() {
    let mail = MailServer::start(&[]).await;
    let (address, url) = (mail.address, mail.url());
    drop(mail);
    let server = Server::start_with(sends_to(&url)).await;
    queue(&server, &[letter(1, Occurrence::Confirmed)]).await;
    until("noticed", async || server.relay.state().post.away_since().is_some()).await;
    let State::Waiting { attempts: 0, .. } = listed(&server).await[0].state else {
        panic!("{:?}", listed(&server).await)
    };
    let mail = MailServer::start_at(address, &[]).await;
    until("sent", async || all_sent(&server).await).await;
    assert_eq!(mail.received().len(), 1);
    assert_eq!(server.relay.state().post.away_since(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_committed_is_not_told_and_what_is_too_late_is_not_sent() {
    let mail = MailServer::start(&[]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    let state = server.relay.state();
    let mut transaction = state.database.pool().begin_with("BEGIN IMMEDIATE").await.unwrap();
    mail::queue(&mut transaction, &letter(1, Occurrence::Confirmed), now_ms()).await.unwrap();
    transaction.rollback().await.unwrap();
    queue(&server, &[letter(2, Occurrence::Offered { until_ms: now_ms() - 1 })]).await;
    until("settled", async || matches!(listed(&server).await[0].state, State::Failed { .. })).await;
    let letters = listed(&server).await;
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].state, State::Failed { reason: "too_late".into() });
    assert!(mail.received().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancellation_does_not_overtake_the_confirmation() {
    let mail = MailServer::start(&[Behaviour::RefuseLetter(450)]).await;
    let server = Server::start_with(sends_to(&mail.url())).await;
    queue(
        &server,
        &[letter(1, Occurrence::Confirmed), letter(1, Occurrence::Cancelled), letter(2, Occurrence::Waiting)],
    )
    .await;
    until("sent", async || all_sent(&server).await).await;
    let subject =
        |letter: &Received| MessageParser::default().parse(&letter.bytes).unwrap().subject().unwrap().to_owned();
    let subjects: Vec<_> = mail.received().iter().map(subject).collect();
    for (subject, start) in subjects.iter().zip(["Du står på väntelistan", "Du har en plats", "Avbokat"]) {
        assert!(subject.starts_with(start), "{subjects:?}");
    }
    assert_eq!(subjects.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sent_letters_lose_their_links_at_once_and_are_removed_in_time() {
    let server = Server::start().await;
    let database = &server.relay.state().database;
    queue(&server, &[1, 2, 3].map(|number| letter(number, Occurrence::Confirmed))).await;
    let sent = listed(&server).await.pop().unwrap();
    assert!(sent.text.contains(TOKEN));
    // Now, and not long ago: the relay itself removes what went out long ago.
    let now = now_ms();
    assert!(database.letter_sent_by_hand(sent.position, now).await.unwrap());
    assert!(!listed(&server).await.pop().unwrap().text.contains(TOKEN));
    assert_eq!(database.forget_sent_letters(now).await.unwrap(), 0);
    assert_eq!(database.forget_sent_letters(now + 1).await.unwrap(), 1);
    assert_eq!(listed(&server).await.len(), 2);
}
