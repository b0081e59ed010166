//! Catalogues and occasions: what two course administrators do apart is all there afterwards.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use automerge::AutoCommit;
use proptest::prelude::*;
use samplan_core::document::any::{self, Kind};
use samplan_core::document::catalogue::{self, CatalogueCommand, CourseNumber, CourseText};
use samplan_core::document::history::{Asked, Changed, Scope};
use samplan_core::document::occasion::{self, Fact, NewOccasion, NewRegistration, OccasionCommand, OccasionView};
use samplan_core::document::{self, CommandError, Content, EditContext, UndoStack};
use samplan_core::domain::{
    CourseId, Decision, IsoDate, Organiser, Party, Prerequisite, QuestionId, RegistrationId, Sensitive, Sex, Source,
    UserId,
};

const CONTEXT: EditContext = EditContext { now_ms: 1_000_000 };

fn anna() -> UserId {
    UserId::from_random([0xa; 16])
}

fn bo() -> UserId {
    UserId::from_random([0xb; 16])
}

fn id(number: u8) -> RegistrationId {
    RegistrationId::from_random([number; 16])
}

fn day(text: &str) -> IsoDate {
    text.parse().unwrap()
}

fn person(name: &str, source: Source) -> Box<NewRegistration> {
    Box::new(NewRegistration {
        name: name.to_owned(),
        email: String::new(),
        employer: "Västerås stad".to_owned(),
        party: Party::Municipality,
        role: "Handläggare".to_owned(),
        sex: Sex::NotSaid,
        answers: [(QuestionId::from_random([1; 16]), "Ja".to_owned())].into(),
        prerequisite: Prerequisite::NotNeeded,
        source,
        registered_at: 5,
    })
}

fn new() -> NewOccasion {
    NewOccasion {
        organiser: Organiser { name: "Förbundet".to_owned(), association: Some("vasteras".parse().unwrap()) },
        year: 2026,
        title: "Grund".to_owned(),
        course: Some(CourseId::from_random([1; 16])),
        course_name: "Grundutbildning".to_owned(),
    }
}

/// An occasion with one registration, on the screens of Anna and Bo.
fn pair() -> (AutoCommit, AutoCommit) {
    let mut annas = occasion::open(&new(), [1; 16], Some(anna()), &CONTEXT).unwrap();
    run(&mut annas, OccasionCommand::Register { id: id(1), fields: person("Första", Source::Web) });
    let mut bos = document::load(&annas.save()).unwrap();
    document::write_as(&mut bos, [2; 16], Some(bo()));
    (annas, bos)
}

fn run(doc: &mut AutoCommit, command: OccasionCommand) -> document::Edited {
    occasion::edit(doc, &command, &CONTEXT).unwrap()
}

fn exchange(one: &mut AutoCommit, other: &mut AutoCommit) -> OccasionView {
    one.merge(other).unwrap();
    other.merge(one).unwrap();
    let view = occasion::read(one);
    assert_eq!(view, occasion::read(other));
    view
}

fn decide(decision: Decision) -> OccasionCommand {
    OccasionCommand::Decide { id: id(1), decision, arrival: 1, offered_until_ms: None }
}

#[test]
fn walk_ins_and_ticks_of_two_administrators_without_a_network_are_all_there_afterwards() {
    let (mut annas, mut bos) = pair();
    let tick = |day, present| OccasionCommand::SetAttendance { id: id(1), day, present };
    run(&mut annas, tick(day("2026-12-01"), true));
    run(&mut annas, OccasionCommand::Register { id: id(2), fields: person("Vid dörren", Source::Door) });
    run(&mut bos, tick(day("2026-12-02"), true));
    run(&mut bos, OccasionCommand::Register { id: id(3), fields: person("Också vid dörren", Source::Door) });
    run(&mut bos, OccasionCommand::SetText { fact: Fact::Place, value: "Sal 2".to_owned() });
    let view = exchange(&mut annas, &mut bos);
    let names: Vec<_> = view.registrations.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Första", "Också vid dörren", "Vid dörren"]);
    let first = view.registration(id(1)).unwrap();
    assert!(first.was_there_on_all([day("2026-12-01"), day("2026-12-02")]));
    assert_eq!(view.facts.place, "Sal 2");
    assert_eq!(view.registration(id(2)).unwrap().decision, Decision::Preliminary);
}

#[test]
fn whoever_has_cancelled_has_cancelled_whatever_was_decided_meanwhile() {
    let (mut annas, mut relays) = pair();
    run(&mut annas, OccasionCommand::Cancel { id: id(1) });
    run(&mut relays, decide(Decision::Confirmed));
    let view = exchange(&mut annas, &mut relays);
    assert_eq!(view.registration(id(1)).unwrap().decision, Decision::Cancelled);
    assert_eq!(view.taken(), 0);
    // Twice is once, and there is no way back that the relay does not know of.
    let again = run(&mut annas, OccasionCommand::Cancel { id: id(1) });
    assert!(!again.changed && again.step.is_none());
}

#[test]
fn what_may_have_given_away_a_place_is_no_undo_step_and_a_tick_is() {
    let (mut doc, _) = pair();
    assert!(run(&mut doc, OccasionCommand::Cancel { id: id(1) }).step.is_none());
    assert!(run(&mut doc, decide(Decision::Waiting)).step.is_none());
    let fields = person("Ny", Source::Door);
    assert!(run(&mut doc, OccasionCommand::Register { id: id(2), fields }).step.is_none());
    let tick = OccasionCommand::SetAttendance { id: id(2), day: day("2026-12-01"), present: true };
    let mut undo = UndoStack::default();
    undo.push(run(&mut doc, tick).step.unwrap());
    undo.undo(&mut doc, &CONTEXT).unwrap().unwrap();
    assert!(occasion::read(&doc).registration(id(2)).unwrap().attendance.is_empty());
}

#[test]
fn the_same_registration_twice_is_refused_and_changes_nothing() {
    let (mut doc, _) = pair();
    let before = occasion::read(&doc);
    let again = OccasionCommand::Register { id: id(1), fields: person("Annan", Source::Web) };
    assert_eq!(occasion::edit(&mut doc, &again, &CONTEXT).unwrap_err(), CommandError::RowExists);
    assert_eq!(occasion::read(&doc), before);
}

#[test]
fn what_is_written_is_what_is_read() {
    let (mut doc, _) = pair();
    let question = QuestionId::from_random([9; 16]);
    let hours = |date: &str| samplan_core::domain::OccasionDay {
        date: day(date),
        from: "09:00".parse().unwrap(),
        to: "16:00".parse().unwrap(),
    };
    let commands = vec![
        OccasionCommand::SetDays { days: vec![hours("2026-12-02"), hours("2026-12-01")] },
        OccasionCommand::SetDays { days: vec![hours("2026-12-01"), hours("2026-12-03")] },
        OccasionCommand::SetCapacity { capacity: Some(18) },
        OccasionCommand::SetAsks { asks: [Sensitive::Diet, Sensitive::Access].into() },
        OccasionCommand::SetAsks { asks: [Sensitive::Diet].into() },
        OccasionCommand::AddQuestion { id: question, after: None },
        OccasionCommand::SetQuestion { id: question, text: "Vad vill du lära dig?".to_owned() },
        OccasionCommand::RequireQuestion { id: question, required: true },
        OccasionCommand::SetRequires { requires: [(CourseId::from_random([2; 16]), "Grund".to_owned())].into() },
        OccasionCommand::Publish { published: true },
    ];
    run(&mut doc, OccasionCommand::Batch { commands, label: "allt".to_owned() });
    let facts = occasion::read(&doc).facts;
    assert_eq!(facts.days.iter().map(|day| day.date.to_string()).collect::<Vec<_>>(), ["2026-12-01", "2026-12-03"]);
    assert_eq!((facts.capacity, facts.is_published, facts.prerequisites().as_str()), (Some(18), true, "Grund"));
    assert_eq!(facts.asks, [Sensitive::Diet].into());
    assert!(facts.questions[0].is_required && facts.questions[0].text == "Vad vill du lära dig?");
    run(&mut doc, OccasionCommand::RemoveQuestion { id: question });
    assert!(occasion::read(&doc).facts.questions.is_empty());
}

#[test]
fn the_history_of_an_occasion_names_people_and_what_was_done() {
    let (mut doc, _) = pair();
    run(&mut doc, OccasionCommand::SetAttendance { id: id(1), day: day("2026-12-01"), present: true });
    run(&mut doc, decide(Decision::Confirmed));
    let asked = Asked { scope: Scope::Row(id(1).to_string()), before: None, count: 10 };
    let history = any::history(Kind::Occasion, &mut doc, &asked);
    let told: Vec<_> = history.changes.iter().flat_map(|change| &change.entries).collect();
    let places: Vec<_> = told.iter().map(|entry| (entry.name.as_str(), entry.place.as_str())).collect();
    assert_eq!(places, [("Första", "Besked"), ("Första", "Närvaro 2026-12-01"), ("Första", "")]);
    let words = |text: &str, after: &str| Changed::Text { before: text.to_owned(), after: after.to_owned() };
    assert_eq!(told[0].changed, words("Preliminär", "Har plats"));
    assert_eq!(told[1].changed, words("inte ifylld", "var där"));
    assert_eq!(told[2].changed, Changed::Added);
}

#[test]
fn a_catalogue_keeps_what_two_write_in_it_and_brings_back_what_was_removed() {
    let owner = Organiser { name: "Förbundet".to_owned(), association: None };
    let mut annas = catalogue::demo_association(owner, [1; 16], Some(anna()), &CONTEXT).unwrap();
    let mut bos = document::load(&annas.save()).unwrap();
    document::write_as(&mut bos, [2; 16], Some(bo()));
    let [grund, gruppledare] = [1, 2].map(|number| CourseId::from_random([number; 16]));
    let run = |doc: &mut AutoCommit, command| catalogue::edit(doc, &command, &CONTEXT).unwrap();
    let text = |field, value: &str| CatalogueCommand::SetText { course: grund, field, value: value.to_owned() };
    run(&mut annas, text(CourseText::Purpose, "Att bli fler"));
    run(&mut annas, CatalogueCommand::Remove { course: gruppledare });
    run(&mut bos, text(CourseText::Contents, "Fyra dagar"));
    run(&mut bos, CatalogueCommand::SetNumber { course: gruppledare, field: CourseNumber::Capacity, value: Some(12) });
    annas.merge(&mut bos).unwrap();
    bos.merge(&mut annas).unwrap();
    let both = catalogue::read(&annas);
    assert_eq!(both, catalogue::read(&bos));
    let course = both.course(grund).unwrap();
    assert_eq!((course.purpose.as_str(), course.contents.as_str()), ("Att bli fler", "Fyra dagar"));
    assert_eq!((both.courses.len(), both.removed[0].name.as_str()), (3, "Gruppledarutbildning"));
    run(&mut annas, CatalogueCommand::Restore { course: gruppledare });
    let restored = catalogue::read(&annas);
    let course = restored.course(gruppledare).unwrap();
    assert_eq!(course.capacity, Some(12));
    assert_eq!(restored.required_by(course).collect::<Vec<_>>(), [(grund, "Grund")]);
    let asked = Asked { scope: Scope::Row(gruppledare.to_string()), before: None, count: 1 };
    let history = any::history(Kind::Catalogue, &mut annas, &asked);
    assert_eq!(history.changes[0].entries[0].changed, Changed::Restored);
}

#[test]
fn the_occasions_of_the_demonstration_are_open_and_have_no_people() {
    let owner = Organiser { name: "Förbundet".to_owned(), association: Some("vasteras".parse().unwrap()) };
    let doc = catalogue::demo_association(owner.clone(), [1; 16], None, &CONTEXT).unwrap();
    let courses: Vec<_> = catalogue::read(&doc).courses.into_iter().map(|view| view.course).collect();
    let today = day("2026-11-22");
    let views: Vec<_> = occasion::demo_occasions(&owner, &courses, today)
        .iter()
        .map(|demo| occasion::read(&demo.open([2; 16], None, &CONTEXT).unwrap()))
        .collect();
    assert_eq!(views.len(), 4);
    assert!(views.iter().all(|view| view.registrations.is_empty() && view.facts.is_published));
    let open = views.iter().filter(|view| view.facts.sign_up(today, 0).takes_registrations());
    assert_eq!(open.count(), 3);
    assert!(views.iter().any(|view| view.facts.year == 2021 && view.facts.is_over(today)));
    assert!(views.iter().any(|view| view.facts.prerequisites() == "Grund"));
}

fn any_command() -> impl Strategy<Value = OccasionCommand> {
    let whose = || (1_u8..4).prop_map(id);
    let days = prop::sample::select(vec![day("2026-12-01"), day("2026-12-02")]);
    let decisions = vec![Decision::Confirmed, Decision::Waiting, Decision::Offered, Decision::Declined];
    prop_oneof![
        whose().prop_map(|id| OccasionCommand::Register { id, fields: person("Någon", Source::Door) }),
        (whose(), days, any::<bool>()).prop_map(|(id, day, present)| OccasionCommand::SetAttendance {
            id,
            day,
            present
        }),
        whose().prop_map(|id| OccasionCommand::Cancel { id }),
        (whose(), prop::sample::select(decisions), any::<u8>()).prop_map(|(id, decision, arrival)| {
            OccasionCommand::Decide { id, decision, arrival: u64::from(arrival), offered_until_ms: Some(7) }
        }),
        "[a-c]{0,4}".prop_map(|value| OccasionCommand::SetText { fact: Fact::About, value }),
        (0_u32..4).prop_map(|capacity| OccasionCommand::SetCapacity { capacity: Some(capacity) }),
    ]
}

proptest! {
    #[test]
    fn a_view_that_is_refreshed_is_the_view_that_is_read(
        ours in prop::collection::vec(any_command(), 0..20),
        theirs in prop::collection::vec(any_command(), 0..20),
    ) {
        let (mut annas, mut bos) = pair();
        let mut content = Content::track(Kind::Occasion, &mut annas);
        for command in &theirs {
            let _ = occasion::edit(&mut bos, command, &CONTEXT);
        }
        for command in &ours {
            let _ = occasion::edit(&mut annas, command, &CONTEXT);
            content.refresh(&mut annas);
            prop_assert_eq!(&content, &Content::Occasion(Box::new(occasion::read(&annas))));
        }
        annas.merge(&mut bos).unwrap();
        content.refresh(&mut annas);
        bos.merge(&mut annas).unwrap();
        prop_assert_eq!(&content, &Content::Occasion(Box::new(occasion::read(&bos))));
    }
}
