//! *Uppgifter*: what the occasion is, and whether the public can register.

use super::remove::RemoveButton;
use super::{Room, RoomDialog};
use crate::components::clock::today;
use crate::document::OccasionCommand;
use crate::domain::Occasion;
use crate::pages::courses::parts::day_in_words;
use leptos::prelude::*;

/// The facts, and what can be done with them.
#[component]
pub fn Facts(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let workspace = room.workspace;
    let facts = workspace.facts();
    let days =
        move || facts.with(|facts| facts.days.iter().map(|day| view! { <li>{day_in_words(day)}</li> }).collect_view());
    let rows = move || {
        facts
            .with(|facts| rows(room, facts))
            .into_iter()
            .map(|(name, value)| view! { <dt>{name}</dt> <dd>{value}</dd> })
    };
    let about = move || {
        let about = facts.with(|facts| facts.about.clone());
        (!about.trim().is_empty()).then(|| view! { <p class="text">{about}</p> })
    };
    let edit = move || workspace.can_write().then(|| view! { <FactButtons room /> });
    view! {
        <section class="plan-section" aria-labelledby="uppgifter-rubrik">
            <h2 id="uppgifter-rubrik">"Uppgifter"</h2>
            {about}
            <dl class="fact-list">
                <dt>"Kursdagar"</dt>
                <dd>
                    <ul class="plain-list">{days}</ul>
                    {move || facts.with(|facts| facts.days.is_empty()).then_some("Inga dagar än")}
                </dd>
                {move || rows().collect_view()}
            </dl>
            <PublicState room />
            {edit}
        </section>
    }
}

/// What there is to say, by what it is called. What is empty is left out.
fn rows(room: Room, facts: &Occasion) -> Vec<(&'static str, String)> {
    let day = |day: Option<crate::domain::IsoDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let amount = |amount: Option<crate::domain::Money>| {
        amount.map(|amount| amount.format_with_unit(crate::domain::AmountUnit::Kronor)).unwrap_or_default()
    };
    let capacity = facts.capacity.map_or_else(|| "Ingen gräns".to_owned(), |capacity| capacity.to_string());
    let asked: Vec<&str> = facts.asks.iter().map(|what| what.label()).collect();
    let questions = match facts.questions.len() {
        0 => String::new(),
        1 => "1 egen fråga".to_owned(),
        count => format!("{count} egna frågor"),
    };
    let line = room.cost_lines.with_value(|lines| {
        let line = lines.iter().find(|(line, _)| Some(*line) == facts.cost_line);
        line.map(|(_, name)| name.clone()).unwrap_or_default()
    });
    let all = [
        ("Plats", facts.place.clone()),
        ("Videolänk", facts.link.clone()),
        ("Utbildare", facts.trainers.clone()),
        ("Målgrupp", facts.audience.clone()),
        ("Förkunskaper", facts.prerequisites()),
        ("Antal platser", capacity),
        ("Anmälan öppnar", day(facts.opens)),
        ("Sista anmälningsdag", day(facts.closes)),
        ("Pris", amount(facts.price)),
        ("Avgift vid utebliven närvaro", amount(facts.no_show_fee)),
        ("Kostnadsrad i budgeten", line),
        ("Kontakt", facts.contact.clone()),
        (
            "Frågas vid anmälan",
            [asked.join(", "), questions].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", "),
        ),
    ];
    all.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect()
}

/// Whether the public list shows it, with its address.
#[component]
fn PublicState(room: Room) -> impl IntoView {
    let facts = room.workspace.facts();
    let address = format!("/anmalan/{}", room.workspace.document().id);
    // The clock is the reader's: the server draws no day.
    let now = RwSignal::new(None);
    Effect::new(move |_| now.set(today()));
    move || {
        let (is_published, is_off) = facts.with(|facts| (facts.is_published, facts.is_called_off));
        if is_off {
            return view! { <p class="banner">"Kurstillfället är inställt."</p> }.into_any();
        }
        if !is_published {
            return view! { <p class="banner">"Inte publicerat. Det går inte att anmäla sig på webben."</p> }
                .into_any();
        }
        let taken = room.expected();
        let state = now.get().map(|today| facts.with(|facts| facts.sign_up(today, taken)).label());
        view! {
            <p class="banner">
                {state.map(|state| format!("{state}. "))}
                <a href=address.clone() rel="external">
                    "Sidan för anmälan"
                </a>
            </p>
        }
        .into_any()
    }
}

#[component]
fn FactButtons(room: Room) -> impl IntoView {
    let facts = room.workspace.facts();
    let publish = move |_| {
        let published = !facts.with_untracked(|facts| facts.is_published);
        room.run(OccasionCommand::Publish { published });
    };
    let call_off = move |_| {
        let called_off = !facts.with_untracked(|facts| facts.is_called_off);
        room.run(OccasionCommand::CallOff { called_off });
    };
    view! {
        <div class="button-row needs-script">
            <button type="button" class="button" on:click=move |_| room.dialog.set(Some(RoomDialog::Facts))>
                "Ändra uppgifter"
            </button>
            <button type="button" class="button" on:click=move |_| room.dialog.set(Some(RoomDialog::Questions))>
                "Frågor vid anmälan"
            </button>
            <button type="button" class="button" on:click=publish>
                {move || if facts.with(|facts| facts.is_published) { "Avpublicera" } else { "Publicera" }}
            </button>
            <button type="button" class="button" on:click=call_off>
                {move || if facts.with(|facts| facts.is_called_off) { "Ta tillbaka inställt" } else { "Ställ in" }}
            </button>
            <RemoveButton room />
        </div>
    }
}
