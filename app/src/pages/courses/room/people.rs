//! *Deltagare och närvaro*: who has registered, in groups by where they stand, ticked day by day.

use super::approval::Approval;
use super::{Room, RoomDialog};
use crate::components::icon::{Icon, IconView};
use crate::document::OccasionCommand;
use crate::domain::date::{swedish_day, swedish_time};
use crate::domain::{Decision, IsoDate, Registration, RegistrationId, Source};
use crate::pages::courses::parts::{places, short_day};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Whom a group holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    /// Those whose prerequisites wait for an answer.
    ToApprove,
    /// Those with a place, an offer, or no answer yet.
    Participants,
    /// *Väntelista*, in order of arrival.
    Waiting,
    /// *Avbokade och nekade*.
    Gone,
}

impl Group {
    fn of(registration: &Registration) -> Self {
        match registration.decision {
            Decision::Cancelled | Decision::Declined => Self::Gone,
            _ if registration.prerequisite.waits_for_approval() => Self::ToApprove,
            Decision::Waiting => Self::Waiting,
            _ => Self::Participants,
        }
    }
}

/// The days to choose from, the counts, and the groups.
#[component]
pub fn People(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let workspace = room.workspace;
    let group = move |which: Group| {
        Memo::new(move |_| {
            let mut members: Vec<_> = workspace
                .of_all(|one| (Group::of(one) == which).then_some((one.arrival, one.id)))
                .into_iter()
                .flatten()
                .collect();
            if which == Group::Waiting {
                members.sort_by_key(|(arrival, id)| (arrival.unwrap_or(u64::MAX), *id));
            }
            members.into_iter().map(|(_, id)| id).collect::<Vec<_>>()
        })
    };
    let (to_approve, participants) = (group(Group::ToApprove), group(Group::Participants));
    let (waiting, gone) = (group(Group::Waiting), group(Group::Gone));
    let is_empty = Memo::new(move |_| workspace.registrations().with(Vec::is_empty));
    view! {
        <section class="plan-section attendees" aria-labelledby="deltagare-rubrik">
            <div class="section-head">
                <h2 id="deltagare-rubrik">"Deltagare och närvaro"</h2>
                <p class="counts" data-testid="counts">
                    {move || counts(room)}
                </p>
            </div>
            <OverCapacity room />
            <Twice room />
            <Days room />
            {move || is_empty.get().then(|| view! { <Nobody room /> })}
            <GroupView room title="Att godkänna" id="att-godkanna" members=to_approve />
            <GroupView room title="Deltagare" id="deltagare" members=participants />
            <GroupView room title="Väntelista" id="vantelista" members=waiting />
            {move || {
                gone.with(|gone| (!gone.is_empty()).then_some(gone.len()))
                    .map(|count| {
                        view! {
                            <details class="course-fold">
                                <summary>{format!("Avbokade och nekade ({count})")}</summary>
                                <ul class="person-list">
                                    <For each=move || gone.get() key=|id| *id let:id>
                                        <PersonRow room id />
                                    </For>
                                </ul>
                            </details>
                        }
                    })
            }}
        </section>
    }
}

fn counts(room: Room) -> String {
    let capacity = room.workspace.facts().with(|facts| facts.capacity);
    let mut text = places(room.expected(), capacity);
    let waiting = room.workspace.of_all(|one| one.decision == Decision::Waiting);
    let waiting = waiting.into_iter().filter(|waits| *waits).count();
    if waiting > 0 {
        text.push_str(&format!(" · {waiting} på väntelista"));
    }
    if let Some(day) = room.day.get() {
        let here = room.workspace.of_all(|one| one.is_live() && one.was_there(day));
        let here = here.into_iter().filter(|is_here| *is_here).count();
        text.push_str(&format!(" · {here} här {}", short_day(day)));
    }
    text
}

/// *Fler än platserna*: shown, never dropped.
#[component]
fn OverCapacity(room: Room) -> impl IntoView {
    let over = Memo::new(move |_| {
        let capacity = room.workspace.facts().with(|facts| facts.capacity)?;
        let expected = room.expected();
        (expected > capacity).then_some((expected, capacity))
    });
    move || {
        over.get().map(|(expected, capacity)| {
            view! {
                <p class="banner warning" role="status">
                    <IconView icon=Icon::Warning />
                    <span>{format!("{expected} deltagare på {}. Alla står kvar på listan.", if capacity == 1 { "1 plats".to_owned() } else { format!("{capacity} platser") })}</span>
                </p>
            }
        })
    }
}

#[component]
fn Nobody(room: Room) -> impl IntoView {
    let published = move || room.workspace.facts().with(|facts| facts.is_published);
    let text = move || {
        if published() {
            "Anmälningar från webben visas här när de kommer in."
        } else {
            "Publicera kurstillfället så att det går att anmäla sig, eller registrera deltagare själv."
        }
    };
    view! {
        <div class="empty">
            <p class="empty-title">"Ingen är anmäld än"</p>
            <p>{text}</p>
        </div>
    }
}

/// Which day is ticked.
#[component]
fn Days(room: Room) -> impl IntoView {
    let days = Memo::new(move |_| {
        let facts = room.workspace.facts();
        facts.with(|facts| facts.days.iter().map(|day| day.date).collect::<Vec<_>>())
    });
    let choices = move || {
        let choice = |day: IsoDate| {
            view! {
                <label>
                    <input
                        type="radio"
                        name="dag"
                        value=day.to_string()
                        prop:checked=move || room.day.get() == Some(day)
                        on:change=move |_| room.day.set(Some(day))
                    />
                    {short_day(day)}
                </label>
            }
        };
        days.get().into_iter().map(choice).collect_view()
    };
    view! {
        <Show when=move || days.with(|days| days.len() > 1)>
            <fieldset class="days needs-script">
                <legend>"Närvaro för"</legend>
                <div class="choice">{choices}</div>
            </fieldset>
        </Show>
    }
}

#[component]
fn GroupView(
    room: Room,
    title: &'static str,
    /// Unique on the page.
    id: &'static str,
    members: Memo<Vec<RegistrationId>>,
) -> impl IntoView {
    let heading = format!("{id}-lista");
    view! {
        <Show when=move || members.with(|members| !members.is_empty())>
            <div class="group" data-testid=id>
                <h3 id=heading.clone()>{move || format!("{title} ({})", members.with(Vec::len))}</h3>
                <ul class="person-list" aria-labelledby=heading.clone()>
                    <For each=move || members.get() key=|id| *id let:id>
                        <PersonRow room id />
                    </For>
                </ul>
            </div>
        </Show>
    }
}

/// Who may stand in the list twice, as when two administrators without a network register the same person.
#[component]
fn Twice(room: Room) -> impl IntoView {
    let names = Memo::new(move |_| {
        let of_one = |one: &Registration| one.is_live().then(|| one.clone());
        let all: Vec<Registration> = room.workspace.of_all(of_one).into_iter().flatten().collect();
        let is_twice = |(at, one): &(usize, &Registration)| {
            all.iter().take(*at).any(|other| other.is_same_person(&one.name, &one.email))
        };
        let names: BTreeSet<String> =
            all.iter().enumerate().filter(is_twice).map(|(_, one)| one.name.trim().to_owned()).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    });
    move || {
        let names = names.get();
        (!names.is_empty()).then(|| {
            view! {
                <p class="finding" data-testid="twice">
                    <IconView icon=Icon::Warning />
                    <span>
                        {format!(
                            "Kan stå två gånger i listan: {names}. Är det samma person räknas den dubbelt: avboka då den ena.",
                        )}
                    </span>
                </p>
            }
        })
    }
}

/// A person: ticked on the chosen day, with what is to be known, and a way to the rest.
#[component]
fn PersonRow(room: Room, id: RegistrationId) -> impl IntoView {
    let workspace = room.workspace;
    // A registration is never removed, so that its signal is there for as long as its row.
    let Some(registration) = workspace.registration(id) else { return ().into_any() };
    let person: Signal<Registration> = registration.into();
    let name = move || person.with(|person| person.name.clone());
    let is_here = move || room.day.get().is_some_and(|day| person.with(|person| person.was_there(day)));
    let tick = move |event: leptos::ev::Event| {
        let Some(day) = room.day.get_untracked() else { return };
        let present = event_target_checked(&event);
        room.run(OccasionCommand::SetAttendance { id, day, present });
    };
    let can_tick = move || workspace.can_write() && room.day.get().is_some();
    // The space keeps what is read aloud apart from the badge.
    let note = move || format!("{} ", person.with(note));
    let decision = move || person.with(badge).map(|text| view! { <span class="badge">{text}</span> });
    // Only when this itself changes are the buttons drawn anew: what has been asked must not vanish as the relay writes.
    let waits = Memo::new(move |_| {
        person.with(|person| person.is_live() && person.prerequisite.waits_for_approval()) && workspace.can_write()
    });
    let approval = move || waits.get().then(|| view! { <Approval room id name=untrack(name) /> });
    view! {
        <li class="person-row" class:is-here=is_here>
            <label class="tick">
                <input
                    type="checkbox"
                    class="needs-script"
                    prop:checked=is_here
                    disabled=move || !can_tick()
                    on:change=tick
                />
                <span class="tick-words">
                    <span class="tick-name">{name}</span>
                    <small>{note} {decision}</small>
                </span>
            </label>
            <button
                type="button"
                class="button quiet icon-only needs-script"
                aria-label=move || format!("Uppgifter om {}", name())
                on:click=move |_| room.dialog.set(Some(RoomDialog::Person(id)))
            >
                <IconView icon=Icon::More />
            </button>
            {approval}
        </li>
    }
    .into_any()
}

fn note(person: &Registration) -> String {
    let parts = [person.employer.as_str(), person.role.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    parts.join(", ")
}

/// Where a registration stands, where there is more to say than that it has a place.
pub(super) fn badge(person: &Registration) -> Option<String> {
    match (&person.decision, person.source) {
        (Decision::Confirmed, Source::Web) => None,
        (Decision::Confirmed | Decision::Preliminary, Source::Door) => Some("Vid dörren".to_owned()),
        (Decision::Offered, _) => Some(match person.offered_until {
            Some(until) => format!("Erbjuden plats till {} kl. {}", swedish_day(until), swedish_time(until)),
            None => Decision::Offered.label().to_owned(),
        }),
        (decision, _) => Some(decision.label().to_owned()),
    }
}
