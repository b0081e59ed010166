//! *Skapa plan för nästa år*: shows what comes along from this year's plan and what stays behind, and asks once.

mod register;

use super::desk::{Desk, PlanDialog};
use crate::boot::{DocumentInfo, use_boot};
use crate::components::dialog::Dialog;
use crate::components::field::{FieldState, TextField};
use crate::components::icon::{Icon, IconView};
use crate::domain::budget::title_of_next_year;
use crate::domain::money::AmountUnit;
use crate::domain::{Budget, NextYear, Year};
use crate::workspace::Status;
use leptos::prelude::*;
use leptos::task::spawn_local;
use register::{Answer, Wanted, register};

/// What is said without a network.
pub const OFFLINE: &str = "Du är offline. Den nya planen läggs upp på servern, så anslut till nätet och försök igen.";
const UNSENT: &str =
    "Dina senaste ändringar är inte på servern än och skulle inte komma med. Vänta tills de är skickade.";
/// As long as the server takes a title, in characters.
const LONGEST_TITLE: usize = 200;

/// The year after a plan's, and the plan that there is for it, if the user may read one.
pub fn after(desk: Desk, documents: &[DocumentInfo]) -> Option<(Year, Option<DocumentInfo>)> {
    let own = desk.workspace.document();
    let year = desk.workspace.header().with_untracked(|header| header.year)?.next()?;
    let is_it = |other: &&DocumentInfo| {
        other.kind == own.kind && other.association == own.association && other.year == Some(year.number())
    };
    Some((year, documents.iter().find(is_it).cloned()))
}

/// The way to next year's plan: a link where there is one, else the button that makes it.
#[component]
pub fn NextYearButton(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let (year, there) = after(desk, &use_boot().documents)?;
    let label = match &there {
        Some(_) => format!("Plan för {year}"),
        None => format!("Skapa plan för {year}"),
    };
    Some(match there.and_then(|plan| plan.address()) {
        Some(address) => view! {
            <a class="button" href=address rel="external" title=label>
                <IconView icon=Icon::Plan />
                <span class="button-words">{label.clone()}</span>
            </a>
        }
        .into_any(),
        None => (move || {
            let label = label.clone();
            desk.workspace.can_write().then(|| {
                view! {
                    <button
                        type="button"
                        class="button"
                        title=label
                        on:click=move |_| desk.dialog.set(Some(PlanDialog::NextYear))
                    >
                        <IconView icon=Icon::Plan />
                        <span class="button-words">{label.clone()}</span>
                    </button>
                }
            })
        })
        .into_any(),
    })
}

/// The dialog, while it is open.
#[component]
pub fn NextYearDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let is_open = Memo::new(move |_| desk.dialog.get() == Some(PlanDialog::NextYear));
    move || is_open.get().then(|| view! { <NextYearPanel desk /> })
}

#[component]
fn NextYearPanel(desk: Desk) -> impl IntoView {
    let budget = desk.workspace.budget().get_untracked()?;
    // Only what comes along is looked at here, so that any ids do.
    let copy = budget.next_year(|| [0; 16])?;
    let year = copy.budget.year;
    let close = Callback::new(move |()| desk.dialog.set(None));
    let title = FieldState::new(title_of_next_year(&desk.workspace.header().with_untracked(|it| it.title.clone())));
    let answer = RwSignal::new(None::<Answer>);
    let busy = RwSignal::new(false);
    let read_title = move || {
        title.check(|text| match text.chars().count() {
            0 => Err("Fyll i rubrik.".to_owned()),
            count if count > LONGEST_TITLE => Err(format!("Skriv högst {LONGEST_TITLE} tecken.")),
            _ => Ok(text.to_owned()),
        })
    };
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(title) = read_title() else { return };
        if let Some(reason) = hindrance(desk.workspace.status().get_untracked()) {
            answer.set(Some(Answer::Refused(reason.to_owned())));
            desk.tools.announcer.interrupt(reason.to_owned());
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let own = desk.workspace.document();
        let association = own.association.unwrap_or_default();
        let wanted = Wanted { copy_of: own.id, association, year: year.number(), title };
        spawn_local(async move {
            let came = register(wanted).await;
            if let Answer::Made(address) = &came {
                // Fails only while the page is being left already.
                let _ = window().location().assign(address);
                return;
            }
            // The dialog may be closed by now, and then nobody waits for the answer.
            busy.try_set(false);
            answer.try_set(Some(came));
        });
    };
    let heading = Signal::stored(format!("Skapa plan för {year}"));
    let (comes, stays) = (what_comes(&copy, desk.tools.unit.get_untracked()), left_out(&budget, &copy));
    let is_exists = move || answer.with(|answer| *answer == Some(Answer::Exists));
    let address = {
        let association = desk.workspace.document().association.unwrap_or_default();
        format!("/budget/{association}/{year}")
    };
    Some(view! {
        <Dialog title=heading class="next-year" on_close=close>
            <form class="form" novalidate=true on:submit=make>
                <div>
                    <p>{format!("Planen för {year} börjar som en kopia av planen för {}:", budget.year)}</p>
                    <ul>{comes.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
                </div>
                {stays
                    .map(|(sentence, names)| {
                        view! {
                            <div>
                                <p>{sentence}</p>
                                <ul data-testid="left-out">
                                    {names.into_iter().map(|name| view! { <li>{name}</li> }).collect_view()}
                                </ul>
                            </div>
                        }
                    })}
                <p class="muted">
                    "Utfall, versioner, angivna siffror och helårsekvivalenter hör till sitt år och stannar kvar."
                </p>
                <TextField
                    id="nasta-rubrik"
                    label="Rubrik"
                    field=title
                    on_leave=Callback::new(move |()| { read_title(); })
                />
                {move || match answer.get() {
                    Some(Answer::Refused(reason)) => {
                        Some(
                            view! {
                                <p class="error-text" role="alert">
                                    <IconView icon=Icon::Error />
                                    <span>{reason}</span>
                                </p>
                            }
                                .into_any(),
                        )
                    }
                    Some(Answer::Exists) => {
                        Some(
                            view! {
                                <p role="alert">
                                    {format!("Det finns redan en plan för {year}. ")}
                                    <a href=address.clone() rel="external">
                                        {format!("Öppna planen för {year}")}
                                    </a>
                                </p>
                            }
                                .into_any(),
                        )
                    }
                    Some(Answer::Made(_)) | None => None,
                }}
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Nej, avbryt"
                    </button>
                    {move || {
                        (!is_exists())
                            .then(|| {
                                view! {
                                    <button type="submit" class="button primary">
                                        {format!("Ja, skapa plan för {year}")}
                                    </button>
                                }
                            })
                    }}
                </div>
            </form>
        </Dialog>
    })
}

/// Why the copy would not be made, or would lack something.
fn hindrance(status: Status) -> Option<&'static str> {
    match status {
        Status::Offline { .. } => Some(OFFLINE),
        Status::SavedOnServer | Status::BackOnline | Status::Starting | Status::Loading => None,
        _ => Some(UNSENT),
    }
}

/// What comes along, line by line.
fn what_comes(copy: &NextYear, unit: AmountUnit) -> Vec<String> {
    let new = &copy.budget;
    let lines = new.lines().count();
    let mut all = vec![
        format!("{} avsnitt och {}", new.sections.len(), counted(lines, "rad", "rader")),
        counted(new.income.len(), "intäkt", "intäkter"),
    ];
    let has_amounts = |year: &&Year| new.total_cost(**year).is_some() || new.total_income(**year).is_some();
    let filled: Vec<String> = new.years.iter().filter(has_amounts).map(Year::to_string).collect();
    let empty: Vec<String> = new.years.iter().filter(|year| !has_amounts(year)).map(Year::to_string).collect();
    if !filled.is_empty() {
        all.push(format!("Belopp för {}", in_words(&filled)));
    }
    if !empty.is_empty() {
        all.push(format!("Inga belopp än för {}", in_words(&empty)));
    }
    all.push(match new.opening_equity {
        Some(equity) => format!(
            "Ingående eget kapital {}: {}, det som året före slutar med",
            new.year,
            equity.format_with_unit(unit)
        ),
        None => format!("Ingående eget kapital {} är inte känt", new.year),
    });
    all
}

/// The lines that stay behind, with the sentence that says why.
fn left_out(old: &Budget, copy: &NextYear) -> Option<(String, Vec<String>)> {
    let name = |line: &crate::domain::LineId| {
        let name = old.line(*line).map(|line| line.name.trim().to_owned()).unwrap_or_default();
        if name.is_empty() { "Rad utan namn".to_owned() } else { name }
    };
    let names: Vec<String> = copy.left_out.iter().map(name).collect();
    let count = counted(names.len(), "rad", "rader");
    let they = if names.len() == 1 { "den" } else { "de" };
    let follows = format!("{count} följer inte med, eftersom {they} inte har något belopp efter {}:", old.year);
    (!names.is_empty()).then_some((follows, names))
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// "2022", "2022 och 2023", "2022, 2023 och 2024".
fn in_words(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [others @ .., last] => format!("{} och {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::demo;

    #[test]
    fn the_dialog_says_what_comes_along_and_what_does_not() {
        let budget = demo::budget_2021().budget;
        let copy = budget.next_year(|| [0; 16]).expect("there is a year after");
        let lines = what_comes(&copy, AmountUnit::TusenKronor);
        assert_eq!(
            lines.iter().map(|line| line.replace('\u{a0}', " ")).collect::<Vec<_>>(),
            [
                "3 avsnitt och 24 rader",
                "1 intäkt",
                "Belopp för 2022 och 2023",
                "Inga belopp än för 2024",
                "Ingående eget kapital 2022: 3 045 tkr, det som året före slutar med",
            ]
        );
        let (sentence, names) = left_out(&budget, &copy).expect("a line has ended");
        assert_eq!(sentence, "1 rad följer inte med, eftersom den inte har något belopp efter 2021:");
        assert_eq!(names, ["Genomförandestudie: främja den psykiska hälsan/SIM"]);
    }

    #[test]
    fn unsent_changes_and_a_missing_network_hinder_the_copy() {
        assert_eq!(hindrance(Status::SavedOnServer), None);
        assert_eq!(hindrance(Status::Offline { waiting: 0 }), Some(OFFLINE));
        assert_eq!(hindrance(Status::SavedHere), Some(UNSENT));
        assert_eq!(hindrance(Status::Waiting { count: 2 }), Some(UNSENT));
    }
}
