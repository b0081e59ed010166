//! An occasion that is written anew without somebody: everything else is as it was, and nothing of the person is in it.

use std::collections::{BTreeMap, BTreeSet};

use automerge::AutoCommit;
use samplan_core::document::EditContext;
use samplan_core::document::occasion::{
    self, Fact, NewOccasion, NewRegistration, OccasionCommand, OccasionView, PersonField, carried_over, rewrite, unsent,
};
use samplan_core::domain::Organiser;
use samplan_core::domain::course::{Decision, Party, Prerequisite, Sex, Source};
use samplan_core::domain::ids::{QuestionId, RegistrationId};

const CANARY: &str = "Kanariefågeln";
const CONTEXT: EditContext = EditContext { now_ms: 1_700_000_000_000 };

fn id(number: u8) -> RegistrationId {
    RegistrationId::from_random([number; 16])
}

fn person(name: &str) -> Box<NewRegistration> {
    Box::new(NewRegistration {
        name: name.to_owned(),
        email: format!("{}@part.example", name.to_lowercase()),
        employer: "Arbetsförmedlingen".to_owned(),
        party: Party::EmploymentService,
        role: "handläggare".to_owned(),
        sex: Sex::Woman,
        answers: BTreeMap::from([(QuestionId::from_random([9; 16]), format!("svar av {name}"))]),
        prerequisite: Prerequisite::NotNeeded,
        source: Source::Web,
        registered_at: 1_699_000_000_000,
    })
}

fn edit(doc: &mut AutoCommit, command: OccasionCommand) {
    occasion::edit(doc, &command, &CONTEXT).expect("the command fits");
}

/// An occasion with a day and so many people; the second of them is the canary.
fn occasion_of(people: u8) -> AutoCommit {
    let new = NewOccasion {
        organiser: Organiser { name: "Förbundet".to_owned(), association: "vasteras".parse().ok() },
        year: 2026,
        title: "Grund i december".to_owned(),
        course: None,
        course_name: "Grund".to_owned(),
    };
    let mut doc = occasion::open(&new, [1; 16], None, &CONTEXT).expect("opens");
    let day = "2026-12-01".parse().expect("a day");
    let (from, to) = ("09:00".parse().expect("a time"), "16:00".parse().expect("a time"));
    edit(
        &mut doc,
        OccasionCommand::SetDays { days: vec![samplan_core::domain::course::OccasionDay { date: day, from, to }] },
    );
    edit(&mut doc, OccasionCommand::SetText { fact: Fact::Place, value: "Biblioteket".to_owned() });
    edit(&mut doc, OccasionCommand::SetCapacity { capacity: Some(18) });
    let question = QuestionId::from_random([9; 16]);
    edit(&mut doc, OccasionCommand::AddQuestion { id: question, after: None });
    edit(&mut doc, OccasionCommand::SetQuestion { id: question, text: "Något vi bör veta?".to_owned() });
    for number in 1..=people {
        let name = if number == 2 { CANARY.to_owned() } else { format!("Deltagare{number}") };
        edit(&mut doc, OccasionCommand::Register { id: id(number), fields: person(&name) });
        let decision = OccasionCommand::Decide {
            id: id(number),
            decision: Decision::Confirmed,
            arrival: u64::from(number),
            offered_until_ms: None,
        };
        edit(&mut doc, decision);
        edit(&mut doc, OccasionCommand::SetAttendance { id: id(number), day, present: number % 2 == 0 });
    }
    doc
}

fn without(view: &OccasionView, gone: RegistrationId) -> OccasionView {
    let mut view = view.clone();
    view.registrations.retain(|registration| registration.id != gone);
    view
}

#[test]
fn what_is_written_anew_reads_as_before_apart_from_who_was_erased() {
    for people in [2, 3, 60] {
        let mut old = occasion_of(people);
        let before = occasion::read(&old);
        let mut new = rewrite(&old, &BTreeSet::from([id(2)]), [7; 16], &CONTEXT).expect("is written anew");
        assert_eq!(occasion::read(&new), without(&before, id(2)));
        let is_in = |bytes: &[u8]| bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
        assert!(new.get_changes(&[]).iter().all(|change| !is_in(change.raw_bytes())));
        assert!(old.get_changes(&[]).iter().any(|change| is_in(change.raw_bytes())), "or the test shows nothing");
    }
}

#[test]
fn what_is_written_anew_shares_its_tables_with_every_other_occasion() {
    let old = occasion_of(3);
    let mut new = rewrite(&old, &BTreeSet::from([id(2)]), [7; 16], &CONTEXT).expect("is written anew");
    edit(&mut new, OccasionCommand::Register { id: id(50), fields: person("Senare") });
    assert_eq!(occasion::read(&new).registrations.len(), 3);
    assert!(occasion::is_occasion(&new));
}

#[test]
fn what_a_device_never_sent_is_carried_over_and_nothing_of_who_was_erased() {
    let mut relay = occasion_of(4);
    let acknowledged = relay.get_heads();
    let mut device = relay.fork();
    let day = "2026-12-01".parse().expect("a day");
    edit(&mut device, OccasionCommand::Register { id: id(40), fields: person("Vid dörren") });
    edit(&mut device, OccasionCommand::SetAttendance { id: id(40), day, present: true });
    edit(&mut device, OccasionCommand::SetAttendance { id: id(3), day, present: true });
    edit(&mut device, OccasionCommand::SetPerson { id: id(2), field: PersonField::Employer, value: CANARY.to_owned() });
    edit(&mut device, OccasionCommand::Cancel { id: id(4) });
    edit(&mut device, OccasionCommand::SetText { fact: Fact::Place, value: "Stadshuset".to_owned() });

    let gone = BTreeSet::from([id(2)]);
    let mut new = rewrite(&relay, &gone, [7; 16], &CONTEXT).expect("is written anew");
    let commands = unsent(&mut device, &acknowledged, &gone);
    assert!(!format!("{commands:?}").contains(CANARY), "{commands:?}");
    for command in &commands {
        edit(&mut new, command.clone());
    }
    let (mut expected, mut view) = (without(&occasion::read(&device), id(2)), occasion::read(&new));
    expected.registrations.sort_by_key(|registration| registration.id);
    view.registrations.sort_by_key(|registration| registration.id);
    assert_eq!(view, expected);
    // Once more, as after an answer that was lost: nothing is doubled.
    for command in commands {
        let _ = occasion::edit(&mut new, &command, &CONTEXT);
    }
    assert_eq!(occasion::read(&new).registrations.len(), expected.registrations.len());
}

#[test]
fn a_copy_that_was_all_sent_carries_nothing_over() {
    let mut doc = occasion_of(3);
    let heads = doc.get_heads();
    assert_eq!(unsent(&mut doc, &heads, &BTreeSet::new()), []);
    let view = occasion::read(&doc);
    assert_eq!(carried_over(&view, &view, &BTreeSet::new()), []);
}

#[test]
fn a_copy_whose_record_was_lost_brings_nobody_back_and_overwrites_no_fact() {
    let mut device = occasion_of(3);
    let commands = unsent(&mut device, &[], &BTreeSet::from([id(2)]));
    let is_a_fact = |command: &OccasionCommand| {
        matches!(command, OccasionCommand::SetText { .. } | OccasionCommand::SetDays { .. })
    };
    assert!(!commands.iter().any(is_a_fact), "{commands:?}");
    assert!(!format!("{commands:?}").contains(CANARY));
}

#[test]
fn a_copy_whose_record_was_lost_changes_nobody_who_is_there() {
    let relay = occasion_of(3);
    let mut device = occasion_of(3);
    let day = "2026-12-01".parse().expect("a day");
    edit(&mut device, OccasionCommand::Register { id: id(40), fields: person("Vid dörren") });
    edit(&mut device, OccasionCommand::SetAttendance { id: id(40), day, present: true });
    edit(&mut device, OccasionCommand::Cancel { id: id(3) });
    let mut new = rewrite(&relay, &BTreeSet::new(), [7; 16], &CONTEXT).expect("is written anew");
    // Ticked on another device since.
    edit(&mut new, OccasionCommand::SetAttendance { id: id(1), day, present: true });
    let before = occasion::read(&new);
    for command in unsent(&mut device, &[], &BTreeSet::new()) {
        let _ = occasion::edit(&mut new, &command, &CONTEXT);
    }
    let view = occasion::read(&new);
    assert!(view.registration(id(40)).expect("came to the door").was_there(day));
    assert_eq!(without(&view, id(40)), before);
}
