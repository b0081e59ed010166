//! *Uppgifter från tryckt dokument*: figures as somebody has printed them, each beside what the plan gives, and what is
//! to be said of it.

use super::findings::{equivalents, outcomes};
use crate::components::dialog::Dialog;
use crate::components::field::FieldError;
use crate::components::icon::{Icon, IconView};
use crate::document::plan::PlanCommand;
use crate::domain::check::{Statable, StatableGroup, statable};
use crate::domain::{AmountUnit, Figure, Precision, Spot, Stated, StatedKey};
use crate::pages::plan::desk::Desk;
use leptos::prelude::*;

/// The dialog, while it is open.
#[component]
pub fn StatedDialog(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    move || desk.stating.get().then(|| view! { <StatedForm desk /> })
}

#[component]
fn StatedForm(desk: Desk) -> impl IntoView {
    let workspace = desk.workspace;
    let groups = Memo::new(move |_| {
        let (outcomes, equivalents) = (outcomes(workspace), equivalents(workspace));
        let all = |budget: &_| statable(budget, &outcomes, &equivalents);
        workspace.budget().with(|budget| budget.as_ref().map(all).unwrap_or_default())
    });
    let names =
        Memo::new(move |_| groups.with(|groups| groups.iter().map(|group| group.name.clone()).collect::<Vec<_>>()));
    let shown = RwSignal::new(names.with_untracked(|names| names.first().cloned()).unwrap_or_default());
    let precision = workspace.rest().with_untracked(|rest| rest.stated.amounts);
    let unit = RwSignal::new(match precision {
        Precision::Printed(unit) => unit,
        Precision::Exact => AmountUnit::TusenKronor,
    });
    let close = Callback::new(move |()| desk.stating.set(false));
    let may_write = untrack(|| workspace.can_write());
    let options = move || {
        let option = |name: String| {
            let is_shown = untrack(|| shown.get()) == name;
            view! {
                <option value=name.clone() selected=is_shown>
                    {name.clone()}
                </option>
            }
        };
        names.get().into_iter().map(option).collect_view()
    };
    // Fields come and go with the group; what they show follows the plan without their being made anew.
    let keys = Memo::new(move |_| {
        let of_group = |groups: &Vec<StatableGroup>| {
            let group = shown.with(|shown| groups.iter().find(|group| group.name == *shown));
            group.map(|group| group.figures.iter().map(|it| (it.key, it.label.clone())).collect()).unwrap_or_default()
        };
        groups.with(of_group)
    });
    let computed = move |key: StatedKey| {
        let is_it = |it: &&Statable| it.key == key;
        groups.with(|groups| {
            let mut all = groups.iter().flat_map(|group| &group.figures);
            all.find(is_it).map_or(Figure::Empty, |it| it.computed)
        })
    };
    let fields = move || {
        let field = |(key, label): (StatedKey, String)| {
            view! { <StatedField desk key label unit computed=Signal::derive(move || computed(key)) may_write /> }
        };
        let keys: Vec<(StatedKey, String)> = keys.get();
        keys.into_iter().map(field).collect_view()
    };
    let settings = may_write.then(|| view! { <Settings desk unit /> });
    view! {
        <Dialog title="Uppgifter från tryckt dokument" class="stated" on_close=close>
            <p>
                {if may_write {
                    "Skriv siffrorna som de står i dokumentet. Varje siffra jämförs med vad planens rader ger."
                } else {
                    "Siffrorna som de står i dokumentet. Varje siffra jämförs med vad planens rader ger."
                }}
            </p>
            <div class="field">
                <label for="angiven-del">"Del av planen"</label>
                <select id="angiven-del" on:change=move |event| shown.set(event_target_value(&event))>
                    {options}
                </select>
            </div>
            {settings}
            <div class="form stated-fields">{fields}</div>
            <div class="panel-actions">
                <button type="button" class="button primary" on:click=move |_| close.run(())>
                    "Klar"
                </button>
            </div>
        </Dialog>
    }
}

/// In which unit figures without one are read, and how exactly the plan's own amounts are known.
#[component]
fn Settings(desk: Desk, unit: RwSignal<AmountUnit>) -> impl IntoView {
    const EXACT: &str = "exakt";
    let precision = desk.workspace.rest().with_untracked(|rest| rest.stated.amounts);
    let word = |precision: Precision| match precision {
        Precision::Exact => EXACT,
        Precision::Printed(unit) => unit.sign(),
    };
    let units = [AmountUnit::Kronor, AmountUnit::TusenKronor];
    let unit_named = move |event: &leptos::ev::Event| {
        let name = event_target_value(event);
        units.into_iter().find(|unit| unit.sign() == name)
    };
    let option = |value: &'static str, label: String, selected: bool| {
        view! {
            <option value=value selected=selected>
                {label}
            </option>
        }
    };
    let in_unit = units.map(|it| option(it.sign(), it.label().to_owned(), it == unit.get_untracked()));
    let roundings = units
        .map(|it| option(it.sign(), format!("Avrundade till {}", it.label()), precision == Precision::Printed(it)));
    view! {
        <div class="field">
            <label for="angiven-enhet">"Belopp utan enhet är i"</label>
            <select id="angiven-enhet" on:change=move |event| unit.set(unit_named(&event).unwrap_or_default())>
                {in_unit.into_iter().collect_view()}
            </select>
        </div>
        <div class="field">
            <label for="angiven-noggrannhet">"Beloppen på planens rader är"</label>
            <select
                id="angiven-noggrannhet"
                on:change=move |event| {
                    let precision = unit_named(&event).map_or(Precision::Exact, Precision::Printed);
                    desk.source.run(PlanCommand::SetPrecision { precision });
                }
            >
                {option(EXACT, "Exakta".to_owned(), word(precision) == EXACT)}
                {roundings.into_iter().collect_view()}
            </select>
        </div>
    }
}

/// One figure: what the plan gives, what is stated, and what is to be said of it.
#[component]
fn StatedField(
    desk: Desk,
    key: StatedKey,
    label: String,
    unit: RwSignal<AmountUnit>,
    computed: Signal<Figure>,
    may_write: bool,
) -> impl IntoView {
    let stated = Memo::new(move |_| desk.workspace.rest().with(|rest| rest.stated.get(key)));
    let shown = move || stated.get().map(Stated::format).unwrap_or_default();
    let error = RwSignal::new(None::<String>);
    let finding = Memo::new(move |_| {
        desk.findings.with(|findings| {
            findings.iter().find(|finding| finding.place.spot == Spot::Stated(key) && !finding.kind.is_rule()).cloned()
        })
    });
    let id = format!("angiven-{}", key.to_string().replace('/', "-"));
    let (help_id, error_id) = (format!("{id}-ger"), format!("{id}-fel"));
    let write = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        let measure = key.measure().unwrap_or_else(|| unit.get_untracked().into());
        let figure = match text.trim() {
            "" => None,
            text => match Stated::read_as(text, measure) {
                Ok(figure) => Some(figure),
                Err(reason) => {
                    desk.tools.announcer.interrupt(reason.to_string());
                    return error.set(Some(reason.to_string()));
                }
            },
        };
        error.set(None);
        if figure != stated.get_untracked() {
            desk.source.run(PlanCommand::SetStated { key, figure });
        }
    };
    let gives = move || format!("Planen ger {}.", computed.get().format(desk.tools.unit.get()));
    let described = {
        let (help, error_id) = (help_id.clone(), error_id.clone());
        move || if error.with(Option::is_some) { format!("{help} {error_id}") } else { help.clone() }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <p class="help" id=help_id>
                {gives}
            </p>
            <FieldError id=error_id error />
            <input
                id=id
                type="text"
                class="amount"
                autocomplete="off"
                readonly=!may_write
                prop:value=shown
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:change=write
            />
            {move || {
                finding
                    .get()
                    .map(|finding| {
                        view! {
                            <p class="finding">
                                <IconView icon=Icon::Warning />
                                <span>{finding.text}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}
