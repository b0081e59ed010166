//! *Lyft över*: what somebody wrote into a copy of an occasion that was written anew meanwhile.
//!
//! The old copy goes, with all that it remembers of those who were erased. What the relay never got of it is found by
//! comparing the copy with what the relay last had, and is done once more to the new document. Nothing of anybody who
//! was erased is among it.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{AutoCommit, ChangeHash};

use super::command::{DayFact, Fact, NewRegistration, OccasionCommand, PersonField, PriceFact};
use super::{OccasionView, is_occasion, read};
use crate::domain::{Decision, Occasion, Question, QuestionId, Registration, RegistrationId};

/// What the relay never got of a copy of an occasion, given the heads of what it had (`acknowledged`). Nothing for other
/// kinds of documents.
pub fn unsent(
    doc: &mut AutoCommit,
    acknowledged: &[ChangeHash],
    gone: &BTreeSet<RegistrationId>,
) -> Vec<OccasionCommand> {
    if !is_occasion(doc) {
        return Vec::new();
    }
    let ours = read(doc);
    let base = match doc.fork_at(acknowledged) {
        Ok(before) if !acknowledged.is_empty() => read(&before),
        // What the relay had is not known any more: old facts must not take the place of newer ones, but nobody who
        // came to the door is lost.
        _ => OccasionView { facts: ours.facts.clone(), registrations: Vec::new() },
    };
    carried_over(&base, &ours, gone)
}

/// The commands that lead from what the relay had (`base`) to what is here (`ours`), apart from all that is about those
/// who are `gone`. What the relay decides is never among them.
pub fn carried_over(base: &OccasionView, ours: &OccasionView, gone: &BTreeSet<RegistrationId>) -> Vec<OccasionCommand> {
    let mut commands = facts(&base.facts, &ours.facts);
    questions(&base.facts.questions, &ours.facts.questions, &mut commands);
    let before: BTreeMap<_, _> =
        base.registrations.iter().map(|registration| (registration.id, registration)).collect();
    for now in ours.registrations.iter().filter(|registration| !gone.contains(&registration.id)) {
        match before.get(&now.id) {
            Some(before) => changed(before, now, &mut commands),
            None => registered(now, &mut commands),
        }
    }
    commands
}

fn facts(base: &Occasion, ours: &Occasion) -> Vec<OccasionCommand> {
    let mut commands = Vec::new();
    for fact in Fact::ALL {
        let value = text_of(ours, fact);
        if value != text_of(base, fact) {
            commands.push(OccasionCommand::SetText { fact, value: value.to_owned() });
        }
    }
    for (fact, before, day) in [(DayFact::Opens, base.opens, ours.opens), (DayFact::Closes, base.closes, ours.closes)] {
        if before != day {
            commands.push(OccasionCommand::SetDay { fact, day });
        }
    }
    for (fact, before, amount) in
        [(PriceFact::Price, base.price, ours.price), (PriceFact::NoShowFee, base.no_show_fee, ours.no_show_fee)]
    {
        if before != amount {
            commands.push(OccasionCommand::SetPrice { fact, amount });
        }
    }
    let whole = [
        (base.days != ours.days, OccasionCommand::SetDays { days: ours.days.clone() }),
        (base.capacity != ours.capacity, OccasionCommand::SetCapacity { capacity: ours.capacity }),
        (base.cost_line != ours.cost_line, OccasionCommand::SetCostLine { line: ours.cost_line }),
        (base.is_published != ours.is_published, OccasionCommand::Publish { published: ours.is_published }),
        (base.is_called_off != ours.is_called_off, OccasionCommand::CallOff { called_off: ours.is_called_off }),
        (base.requires != ours.requires, OccasionCommand::SetRequires { requires: ours.requires.clone() }),
        (base.asks != ours.asks, OccasionCommand::SetAsks { asks: ours.asks.clone() }),
    ];
    commands.extend(whole.into_iter().filter_map(|(differs, command)| differs.then_some(command)));
    commands
}

fn text_of(occasion: &Occasion, fact: Fact) -> &str {
    match fact {
        Fact::Title => &occasion.title,
        Fact::About => &occasion.about,
        Fact::Audience => &occasion.audience,
        Fact::Place => &occasion.place,
        Fact::Link => &occasion.link,
        Fact::Trainers => &occasion.trainers,
        Fact::Contact => &occasion.contact,
    }
}

fn questions(base: &[Question], ours: &[Question], commands: &mut Vec<OccasionCommand>) {
    let mut after: Option<QuestionId> = None;
    for question in ours {
        let (id, before) = (question.id, base.iter().find(|before| before.id == question.id));
        if before.is_none() {
            commands.push(OccasionCommand::AddQuestion { id, after });
        }
        if before.map_or("", |before| &before.text) != question.text {
            commands.push(OccasionCommand::SetQuestion { id, text: question.text.clone() });
        }
        if before.is_some_and(|before| before.is_required) != question.is_required {
            commands.push(OccasionCommand::RequireQuestion { id, required: question.is_required });
        }
        after = Some(id);
    }
    let removed = base.iter().filter(|before| ours.iter().all(|question| question.id != before.id));
    commands.extend(removed.map(|question| OccasionCommand::RemoveQuestion { id: question.id }));
}

/// A registration that the relay never saw: somebody came to the door while there was no network.
fn registered(now: &Registration, commands: &mut Vec<OccasionCommand>) {
    let id = now.id;
    let fields = Box::new(NewRegistration {
        name: now.name.clone(),
        email: now.email.clone(),
        employer: now.employer.clone(),
        party: now.party,
        role: now.role.clone(),
        sex: now.sex,
        answers: now.answers.clone(),
        prerequisite: now.prerequisite,
        source: now.source,
        registered_at: now.registered_at,
    });
    // As one: where the relay has the person after all, it is refused with all that goes with it.
    let mut all = vec![OccasionCommand::Register { id, fields }];
    attendance(&BTreeMap::new(), now, &mut all);
    cancelled(&Decision::Preliminary, now, &mut all);
    commands.push(OccasionCommand::Batch { commands: all, label: "anmäl".to_owned() });
}

fn changed(before: &Registration, now: &Registration, commands: &mut Vec<OccasionCommand>) {
    let id = now.id;
    for (field, old, value) in [
        (PersonField::Name, &before.name, &now.name),
        (PersonField::Email, &before.email, &now.email),
        (PersonField::Employer, &before.employer, &now.employer),
        (PersonField::Role, &before.role, &now.role),
    ] {
        if old != value {
            commands.push(OccasionCommand::SetPerson { id, field, value: value.clone() });
        }
    }
    if before.party != now.party {
        commands.push(OccasionCommand::SetParty { id, party: now.party });
    }
    if before.sex != now.sex {
        commands.push(OccasionCommand::SetSex { id, sex: now.sex });
    }
    for (question, value) in &now.answers {
        if before.answers.get(question) != Some(value) {
            commands.push(OccasionCommand::SetAnswer { id, question: *question, value: value.clone() });
        }
    }
    if before.prerequisite != now.prerequisite {
        commands.push(OccasionCommand::SetPrerequisite { id, prerequisite: now.prerequisite });
    }
    attendance(&before.attendance, now, commands);
    cancelled(&before.decision, now, commands);
}

fn attendance(
    before: &BTreeMap<crate::domain::IsoDate, bool>,
    now: &Registration,
    commands: &mut Vec<OccasionCommand>,
) {
    for (day, present) in &now.attendance {
        if before.get(day) != Some(present) {
            commands.push(OccasionCommand::SetAttendance { id: now.id, day: *day, present: *present });
        }
    }
}

fn cancelled(before: &Decision, now: &Registration, commands: &mut Vec<OccasionCommand>) {
    if now.decision == Decision::Cancelled && *before != Decision::Cancelled {
        commands.push(OccasionCommand::Cancel { id: now.id });
    }
}
