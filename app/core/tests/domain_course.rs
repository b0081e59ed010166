//! Who gets a place, and when one can register.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use proptest::prelude::*;
use samplan_core::domain::course::places::{InLine, decide, free, taken};
use samplan_core::domain::course::{is_web_address, tidy};
use samplan_core::domain::{
    ClockTime, Decision, IsoDate, Occasion, OccasionDay, Prerequisite, PublicOccasion, Registration, RegistrationId,
    SignUp, Source,
};

fn day(text: &str) -> IsoDate {
    text.parse().unwrap()
}

fn id(number: u64) -> RegistrationId {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    RegistrationId::from_random(bytes)
}

#[test]
fn each_registration_gets_the_answer_that_the_rules_give() {
    use Decision::{Confirmed, Declined, OverCapacity, Preliminary, Waiting};
    use Prerequisite::{Approved, Found, NotNeeded, Refused, Stated};
    for (capacity, taken, source, prerequisite, ahead, expected) in [
        (Some(18), 17, Source::Web, NotNeeded, 0, Confirmed),
        (Some(18), 18, Source::Web, NotNeeded, 0, Waiting),
        // Nobody passes those who wait, not even where a place is free and about to be offered.
        (Some(18), 17, Source::Web, Found, 1, Waiting),
        (None, 500, Source::Web, NotNeeded, 0, Confirmed),
        (Some(18), 3, Source::Web, Stated, 0, Preliminary),
        (Some(18), 3, Source::Web, Approved, 0, Confirmed),
        (Some(18), 3, Source::Web, Refused, 0, Declined),
        // Whoever stands in the room is let in.
        (Some(18), 17, Source::Door, NotNeeded, 4, Confirmed),
        (Some(18), 18, Source::Door, NotNeeded, 4, OverCapacity),
        (Some(0), 0, Source::Web, NotNeeded, 0, Waiting),
    ] {
        let decision = decide(capacity, taken, source, prerequisite, ahead);
        assert_eq!(decision, expected, "{capacity:?} {taken} {source:?} {prerequisite:?} {ahead}");
    }
}

/// What happens to an occasion.
#[derive(Debug, Clone)]
enum Event {
    Arrives(Source, Prerequisite),
    Cancels(usize),
    Offers,
    Accepts(usize),
    Resize(u32),
}

fn event() -> impl Strategy<Value = Event> {
    let prerequisite = prop::sample::select(Prerequisite::ALL.to_vec());
    prop_oneof![
        6 => prerequisite.clone().prop_map(|it| Event::Arrives(Source::Web, it)),
        1 => prerequisite.prop_map(|it| Event::Arrives(Source::Door, it)),
        2 => any::<usize>().prop_map(Event::Cancels),
        2 => Just(Event::Offers),
        1 => any::<usize>().prop_map(Event::Accepts),
        1 => (0_u32..12).prop_map(Event::Resize),
    ]
}

proptest! {
    #[test]
    fn the_web_never_fills_more_than_the_places_and_a_confirmed_place_stays(
        events in prop::collection::vec(event(), 0..120),
        places in 0_u32..10,
    ) {
        let mut capacity = places;
        let mut line: Vec<InLine> = Vec::new();
        let mut arrivals = 0_u64;
        for event in events {
            let before = line.clone();
            let was_taken = taken(line.iter().map(|one| &one.decision));
            let mut cancelled = None;
            match event {
                Event::Arrives(source, prerequisite) => {
                    let ahead = line.iter().filter(|one| one.decision == Decision::Waiting).count();
                    let decision = decide(Some(capacity), was_taken, source, prerequisite, u32::try_from(ahead).unwrap());
                    if source == Source::Web && decision.takes_place() {
                        prop_assert!(was_taken < capacity);
                        prop_assert_eq!(ahead, 0);
                    }
                    arrivals += 1;
                    line.push(InLine { id: id(arrivals), arrival: arrivals, decision });
                }
                Event::Cancels(which) if !line.is_empty() => {
                    let at = which % line.len();
                    line[at].decision = Decision::Cancelled;
                    cancelled = Some(line[at].id);
                }
                Event::Offers => {
                    let next = free(Some(capacity), &line);
                    prop_assert!(next.is_empty() || u32::try_from(next.len()).unwrap() + was_taken <= capacity);
                    let mut waiting: Vec<_> = line.iter().filter(|one| one.decision == Decision::Waiting).collect();
                    waiting.sort_by_key(|one| one.arrival);
                    let first: Vec<_> = waiting.iter().take(next.len()).map(|one| one.id).collect();
                    prop_assert_eq!(&next, &first);
                    for one in line.iter_mut().filter(|one| next.contains(&one.id)) {
                        one.decision = Decision::Offered;
                    }
                }
                Event::Accepts(which) => {
                    let mut offered: Vec<_> = line.iter_mut().filter(|one| one.decision == Decision::Offered).collect();
                    if !offered.is_empty() {
                        let at = which % offered.len();
                        offered[at].decision = Decision::Confirmed;
                    }
                }
                Event::Resize(places) => capacity = places,
                Event::Cancels(_) => {}
            }
            for was in before.iter().filter(|one| one.decision == Decision::Confirmed && Some(one.id) != cancelled) {
                let is = line.iter().find(|one| one.id == was.id).unwrap();
                prop_assert_eq!(&is.decision, &Decision::Confirmed);
            }
        }
    }
}

fn occasion() -> Occasion {
    let hours: (ClockTime, ClockTime) = ("9.00".parse().unwrap(), "16:00".parse().unwrap());
    let days = ["2026-12-01", "2026-12-02"].map(|date| OccasionDay { date: day(date), from: hours.0, to: hours.1 });
    Occasion {
        days: days.to_vec(),
        capacity: Some(18),
        opens: Some(day("2026-11-01")),
        closes: Some(day("2026-11-24")),
        link: "https://video.example/hemlig".to_owned(),
        ..Occasion::default()
    }
}

#[test]
fn one_can_register_from_the_day_it_opens_through_the_day_it_closes() {
    for (today, taken, expected) in [
        ("2026-10-31", 0, SignUp::NotYet),
        ("2026-11-01", 0, SignUp::Open),
        ("2026-11-24", 17, SignUp::Open),
        ("2026-11-24", 18, SignUp::Full),
        ("2026-11-25", 0, SignUp::Closed),
    ] {
        assert_eq!(occasion().sign_up(day(today), taken), expected, "{today} {taken}");
    }
    let open = Occasion { opens: None, closes: None, capacity: None, ..occasion() };
    assert_eq!(open.sign_up(day("2026-12-01"), 900), SignUp::Open);
    assert_eq!(open.sign_up(day("2026-12-02"), 0), SignUp::Closed);
    assert_eq!(Occasion { days: Vec::new(), ..open }.sign_up(day("2026-12-01"), 0), SignUp::Closed);
    let off = Occasion { is_called_off: true, ..occasion() };
    assert_eq!(off.sign_up(day("2026-11-10"), 0), SignUp::CalledOff);
}

#[test]
fn the_public_is_told_that_there_is_a_video_link_and_not_where() {
    let document = samplan_core::domain::DocumentId::from_random([3; 16]);
    let public = PublicOccasion::of(document, &occasion(), 20, day("2026-11-10"));
    assert!(public.is_online && !serde_json::to_string(&public).unwrap().contains("hemlig"));
    assert_eq!(public.places_left, Some(0));
}

#[test]
fn a_time_is_read_as_people_write_it_and_nothing_else() {
    for (text, expected) in [("9:00", "09:00"), ("09.30", "09:30"), (" 23:59 ", "23:59")] {
        assert_eq!(text.parse::<ClockTime>().unwrap().to_string(), expected);
    }
    for text in ["", "9", "24:00", "9:60", "9:5", "-1:00", "009:00", "+9:00", "nio"] {
        assert!(text.parse::<ClockTime>().is_err(), "{text}");
    }
}

fn registration() -> Registration {
    serde_json::from_value(serde_json::json!({
        "id": id(1), "name": "", "email": "", "employer": "", "party": "other", "role": "", "sex": "not-said",
        "answers": {}, "prerequisite": "not-needed", "source": "web", "registered_at": 0, "decision": "confirmed",
        "arrival": 1, "offered_until": null, "attendance": {}
    }))
    .unwrap()
}

#[test]
fn whoever_missed_a_day_was_not_there_on_all() {
    let days = || occasion().days.into_iter().map(|day| day.date);
    let mut registration = registration();
    registration.attendance = [(day("2026-12-01"), true)].into();
    assert!(!registration.was_there_on_all(days()));
    registration.attendance.insert(day("2026-12-02"), true);
    assert!(registration.was_there_on_all(days()));
    assert!(!registration.was_there_on_all([]));
}

#[test]
fn who_comes_to_the_door_is_in_the_room_before_the_relay_has_seen_it_unless_somebody_must_approve() {
    use Decision::{Cancelled, Confirmed, OverCapacity, Preliminary, Waiting};
    use Prerequisite::{Approved, NotNeeded, Refused, Stated};
    for (decision, source, prerequisite, expected) in [
        (Confirmed, Source::Web, NotNeeded, true),
        (OverCapacity, Source::Door, NotNeeded, true),
        (Preliminary, Source::Door, NotNeeded, true),
        (Preliminary, Source::Door, Approved, true),
        (Preliminary, Source::Door, Stated, false),
        (Preliminary, Source::Door, Refused, false),
        (Preliminary, Source::Web, NotNeeded, false),
        (Waiting, Source::Web, NotNeeded, false),
        (Cancelled, Source::Door, NotNeeded, false),
    ] {
        let one = Registration { decision: decision.clone(), source, prerequisite, ..registration() };
        assert_eq!(one.is_expected(), expected, "{decision:?} {source:?} {prerequisite:?}");
    }
}

#[test]
fn a_name_is_kept_without_what_nobody_sees() {
    for (typed, kept) in [
        ("  Åsa \t Öberg ", "Åsa Öberg"),
        ("\u{200b}\u{200b}", ""),
        ("\u{202e}Anna\u{202c}", "Anna"),
        ("Anna\u{a0}Maria", "Anna Maria"),
        ("Zoë O’Neil-Ek", "Zoë O’Neil-Ek"),
    ] {
        assert_eq!(tidy(typed), kept, "{typed:?}");
    }
}

#[test]
fn a_video_link_is_a_whole_address_or_none() {
    for (link, is_one) in [
        ("https://video.example/rum", true),
        ("http://video.example", true),
        ("HTTPS://VIDEO.EXAMPLE/a?b=c", true),
        ("javascript:alert(1)", false),
        ("teams.example/rum", false),
        ("https://", false),
        ("https://a b", false),
        ("", false),
    ] {
        assert_eq!(is_web_address(link), is_one, "{link}");
    }
}

#[test]
fn the_same_person_is_known_however_the_name_is_written() {
    let one = Registration { name: "Åsa Öberg".to_owned(), email: "asa@kommun.se".to_owned(), ..registration() };
    for name in ["Åsa Öberg", "åsa  öberg", "A\u{30a}sa O\u{308}berg", " ÅSA ÖBERG"] {
        assert!(one.is_same_person(name, ""), "{name}");
    }
    assert!(one.is_same_person("Å. Öberg", " ASA@kommun.se"));
    assert!(!one.is_same_person("Åsa Berg", "berg@kommun.se"));
    assert!(!one.is_same_person("", ""), "who has not been named is nobody");
}
