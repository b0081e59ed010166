//! What was once released must load for ever, byte for byte.
//!
//! To freeze the first change of a new kind of document, or a fixture of a new version:
//! `SAMPLAN_FREEZE=1 cargo test -p samplan-app --test document_frozen`. A file that exists is never written over.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use std::path::{Path, PathBuf};

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, ObjType, ROOT};
use samplan_core::document::county::{self, schema};
use samplan_core::document::{self, TEXT_ENCODING, plan};

fn at(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn freeze(path: &Path, bytes: &[u8]) {
    let missing = std::fs::metadata(path).is_ok_and(|file| file.len() == 0) || !path.exists();
    if missing && std::env::var_os("SAMPLAN_FREEZE").is_some() {
        std::fs::write(path, bytes).expect("fixtures can be written");
    }
}

/// How the first change was made. Only to show what the frozen bytes are; the program never makes them anew.
fn rebuilt_first_change() -> Vec<u8> {
    let mut doc = AutoCommit::new_with_encoding(TEXT_ENCODING).with_actor(ActorId::from(b"samplan-county-1"));
    doc.put(ROOT, schema::KIND, schema::KIND_COUNTY_PLAN).unwrap();
    doc.put(ROOT, schema::SCHEMA, schema::SCHEMA_VERSION).unwrap();
    for name in schema::CONTAINERS {
        doc.put_object(ROOT, name, ObjType::Map).unwrap();
    }
    doc.commit_with(CommitOptions::default().with_time(0).with_message("Samplan county plan 1"));
    doc.get_last_local_change().unwrap().raw_bytes().to_vec()
}

/// As [`rebuilt_first_change`], of an association's plan.
fn rebuilt_first_change_of_plan() -> Vec<u8> {
    use samplan_core::document::plan::schema;

    let mut doc = AutoCommit::new_with_encoding(TEXT_ENCODING).with_actor(ActorId::from(b"samplan-assocn-1"));
    doc.put(ROOT, schema::KIND, schema::KIND_PLAN).unwrap();
    doc.put(ROOT, schema::SCHEMA, schema::SCHEMA_VERSION).unwrap();
    for name in schema::CONTAINERS {
        doc.put_object(ROOT, name, ObjType::Map).unwrap();
    }
    doc.commit_with(CommitOptions::default().with_time(0).with_message("Samplan association plan 1"));
    doc.get_last_local_change().unwrap().raw_bytes().to_vec()
}

/// As [`rebuilt_first_change`], of a kind of document by its word, its tables, and how its makers are called.
fn rebuilt_first_change_of(kind: &str, containers: &[&str], actor: &[u8; 16], message: &str) -> Vec<u8> {
    let mut doc = AutoCommit::new_with_encoding(TEXT_ENCODING).with_actor(ActorId::from(actor));
    doc.put(ROOT, schema::KIND, kind).unwrap();
    doc.put(ROOT, schema::SCHEMA, 1_i64).unwrap();
    for name in containers {
        doc.put_object(ROOT, *name, ObjType::Map).unwrap();
    }
    doc.commit_with(CommitOptions::default().with_time(0).with_message(message));
    doc.get_last_local_change().unwrap().raw_bytes().to_vec()
}

#[test]
fn the_first_changes_of_courses_are_byte_for_byte_what_they_were_when_they_were_frozen() {
    use samplan_core::document::catalogue::{self, schema as of_catalogue};
    use samplan_core::document::occasion::{self, schema as of_occasion};

    let rebuilt = rebuilt_first_change_of(
        of_catalogue::KIND_CATALOGUE,
        &of_catalogue::CONTAINERS,
        b"samplan-catalog1",
        "Samplan catalogue 1",
    );
    freeze(&at("src/document/catalogue/first_change.bin"), &rebuilt);
    assert_eq!(catalogue::first_change(), rebuilt, "never change the frozen bytes; add a second change instead");
    let rebuilt = rebuilt_first_change_of(
        of_occasion::KIND_OCCASION,
        &of_occasion::CONTAINERS,
        b"samplan-occasio1",
        "Samplan occasion 1",
    );
    freeze(&at("src/document/occasion/first_change.bin"), &rebuilt);
    assert_eq!(occasion::first_change(), rebuilt, "never change the frozen bytes; add a second change instead");
}

#[test]
fn the_occasion_of_version_1_loads_for_ever() {
    use samplan_core::document::occasion::{self, OccasionView};

    let path = at("tests/fixtures/occasion-v1.automerge");
    freeze(&path, &occasion_v1());
    let doc = document::load(&std::fs::read(&path).expect("the fixture is kept")).unwrap();
    let view = occasion::read(&doc);
    let expected = at("tests/fixtures/occasion-v1.json");
    freeze(&expected, serde_json::to_string_pretty(&view).unwrap().as_bytes());
    let kept: OccasionView = serde_json::from_slice(&std::fs::read(&expected).unwrap()).unwrap();
    assert_eq!(view, kept);
    // The fixture has one of everything, or it guards less than it says.
    let [first, second] = kept.registrations.as_slice() else { panic!("two have registered") };
    assert!(!first.attendance.is_empty() && !first.answers.is_empty() && first.offered_until.is_some());
    assert_eq!(second.decision, samplan_core::domain::Decision::Cancelled);
    assert!(!kept.facts.questions.is_empty() && !kept.facts.asks.is_empty() && kept.facts.is_published);
}

/// An occasion with one of everything that version 1 can write; its people are roles.
fn occasion_v1() -> Vec<u8> {
    use samplan_core::document::EditContext;
    use samplan_core::document::catalogue;
    use samplan_core::document::occasion::{self, NewRegistration, OccasionCommand, PriceFact};
    use samplan_core::domain::{
        Decision, LineId, Money, Organiser, Party, Prerequisite, QuestionId, RegistrationId, Sensitive, Sex, Source,
        UserId,
    };

    let context = EditContext { now_ms: 1_795_000_000_000 };
    let author = Some(UserId::from_random([1; 16]));
    let owner = Organiser { name: "Förbundet".to_owned(), association: Some("vasteras".parse().unwrap()) };
    let catalogue = catalogue::demo_association(owner.clone(), [6; 16], author, &context).unwrap();
    let courses: Vec<_> = catalogue::read(&catalogue).courses.into_iter().map(|view| view.course).collect();
    let demo = occasion::demo_occasions(&owner, &courses, "2026-11-22".parse().unwrap()).remove(1);
    let mut doc = demo.open([7; 16], author, &context).unwrap();
    let (question, day) = (QuestionId::from_random([3; 16]), demo.new.year);
    let ids = [4, 5].map(|number| RegistrationId::from_random([number; 16]));
    let fields = |name: &str, source| {
        Box::new(NewRegistration {
            name: name.to_owned(),
            email: "deltagare@vasteras.example".to_owned(),
            employer: "Kommunen".to_owned(),
            party: Party::Municipality,
            role: "Handläggare".to_owned(),
            sex: Sex::Woman,
            answers: [(question, "Ja".to_owned())].into(),
            prerequisite: Prerequisite::Stated,
            source,
            registered_at: context.now_ms,
        })
    };
    let commands = vec![
        OccasionCommand::AddQuestion { id: question, after: None },
        OccasionCommand::SetQuestion { id: question, text: "Leder du en grupp?".to_owned() },
        OccasionCommand::RequireQuestion { id: question, required: true },
        OccasionCommand::SetAsks { asks: [Sensitive::Diet].into() },
        OccasionCommand::SetPrice { fact: PriceFact::NoShowFee, amount: Some(Money::from_kronor(500)) },
        OccasionCommand::SetCostLine { line: Some(LineId::from_random([8; 16])) },
        OccasionCommand::Register { id: ids[0], fields: fields("Deltagare ett", Source::Web) },
        OccasionCommand::Register { id: ids[1], fields: fields("Deltagare två", Source::Door) },
        OccasionCommand::SetPrerequisite { id: ids[0], prerequisite: Prerequisite::Approved },
        OccasionCommand::Decide {
            id: ids[0],
            decision: Decision::Offered,
            arrival: 1,
            offered_until_ms: Some(context.now_ms + 1),
        },
        OccasionCommand::SetAttendance { id: ids[0], day: format!("{day}-12-22").parse().unwrap(), present: true },
        OccasionCommand::Cancel { id: ids[1] },
    ];
    for command in commands {
        occasion::edit(&mut doc, &command, &context).unwrap();
    }
    doc.save()
}

#[test]
fn the_first_change_of_a_plan_is_byte_for_byte_what_it_was_when_it_was_frozen() {
    let rebuilt = rebuilt_first_change_of_plan();
    freeze(&at("src/document/plan/first_change.bin"), &rebuilt);
    assert_eq!(plan::first_change(), rebuilt, "never change the frozen bytes; add a second change instead");
}

#[test]
fn the_first_change_is_byte_for_byte_what_it_was_when_it_was_frozen() {
    let rebuilt = rebuilt_first_change();
    freeze(&at("src/document/county/first_change.bin"), &rebuilt);
    assert_eq!(county::first_change(), rebuilt, "never change the frozen bytes; add a second change instead");
}

#[test]
fn two_replicas_that_open_a_plan_each_share_its_tables() {
    let mut replicas = [[1; 16], [2; 16]].map(|actor| {
        let mut doc = document::empty(actor, None);
        doc.load_incremental(county::first_change()).unwrap();
        doc
    });
    assert_eq!(replicas[0].get_heads(), replicas[1].get_heads());
    assert!(county::is_county_plan(&replicas[0]));
    assert_eq!(county::read(&replicas[1]), county::CountyPlan::default());
}

#[test]
fn the_plan_of_version_1_loads_for_ever() {
    let path = at("tests/fixtures/county-plan-v1.automerge");
    freeze(&path, &county_plan_v1());
    let expected = at("tests/fixtures/county-plan-v1.json");
    let doc = document::load(&std::fs::read(&path).expect("the fixture is kept")).unwrap();
    let plan = county::read(&doc);
    freeze(&expected, serde_json::to_string_pretty(&plan).unwrap().as_bytes());
    let kept: county::CountyPlan = serde_json::from_slice(&std::fs::read(&expected).unwrap()).unwrap();
    assert_eq!(plan, kept);
    // The fixture has one of everything, or it guards less than it says.
    assert!(kept.items.iter().any(|view| view.conflict.is_some() && view.item.split.is_some()));
    assert!(!kept.removed.is_empty() && !kept.commitments.is_empty() && kept.stated.items.is_some());
}

/// A plan with one of everything that version 1 can write.
fn county_plan_v1() -> Vec<u8> {
    use samplan_core::document::{CountyCommand, EditContext, RowRef};
    use samplan_core::domain::{Money, SplitKey, UserId};

    let context = EditContext { now_ms: 1_606_000_000_000 };
    let (mine, theirs) = (UserId::from_random([1; 16]), UserId::from_random([2; 16]));
    let mut doc = county::demo_2021([7; 16], Some(mine), &context).unwrap();
    let mut other = document::load(&doc.save()).unwrap();
    document::write_as(&mut other, [8; 16], Some(theirs));
    let plan = county::read(&doc);
    let [first, second, third, ..] = plan.items.as_slice() else { panic!("the demo plan has four items") };
    let (first, second, third) = (first.item.id, second.item.id, third.item.id);
    let parts = plan.contributions.iter().map(|view| (view.contribution.association.clone(), Money::from_kronor(1)));
    let run = |doc: &mut AutoCommit, command| county::edit(doc, &command, &context).unwrap();
    run(&mut doc, CountyCommand::SetSplit { row: RowRef::Item(first), split: Some(SplitKey::ByHand(parts.collect())) });
    run(&mut doc, CountyCommand::SetSplit { row: RowRef::Item(second), split: Some(SplitKey::ByContribution) });
    run(&mut doc, CountyCommand::Remove { row: RowRef::Item(third) });
    for (doc, kronor) in [(&mut doc, 1), (&mut other, 2)] {
        run(doc, CountyCommand::SetAmount { row: RowRef::Item(first), amount: Some(Money::from_kronor(kronor)) });
    }
    doc.merge(&mut other).unwrap();
    doc.save()
}
