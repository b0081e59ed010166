//! One plan: its state, and each finding with the way to its cell and what it is off by.

use super::summary::Tally;
use crate::boot::{Checked, CheckedDocument, CheckedPlan, DocumentInfo, use_boot};
use crate::components::icon::{Icon, IconView};
use crate::domain::money::AmountUnit;
use crate::domain::{Finding, Spot};
use crate::pages::county::SUMS;
use crate::pages::plan::checks::address::{Shown, address_in};
use leptos::prelude::*;

/// The plan with its findings.
#[component]
pub fn CheckedSection(
    /// The plan, and what came of checking it.
    document: CheckedDocument,
    /// The unit amounts are shown in.
    unit: RwSignal<AmountUnit>,
) -> impl IntoView {
    let CheckedDocument { document, checked } = document;
    let id = format!("plan-{}", document.id);
    let labelled = id.clone();
    let tally = Tally::of(&checked);
    let address = document.address().unwrap_or_default();
    let whose = whose(&document);
    let content = match checked {
        Checked::Read(plan) => {
            let items = plan.findings.iter().map(|finding| {
                let href = address_of(&finding.place.spot, &plan).map(|cell| format!("{address}{cell}"));
                view! { <FindingItem finding=finding.clone() href unit /> }
            });
            let list = items.collect_view();
            view! {
                <State text=tally.sentence() is_good=tally.is_good() />
                <ul class="findings">{list}</ul>
            }
            .into_any()
        }
        Checked::Unreadable => {
            let text = "Planen går inte att läsa just nu. Det som är sparat ligger kvar. Kontakta den som sköter Samplan hos er.";
            view! { <State text=text.to_owned() is_good=false /> }.into_any()
        }
        Checked::NotHere => view! {
            <p class="muted">
                "Planen finns inte på den här datorn. Öppna den när du är uppkopplad så finns den här nästa gång."
            </p>
        }
        .into_any(),
    };
    view! {
        <section class="plan-section" aria-labelledby=labelled data-testid="checked-plan">
            <header>
                <h2 id=id>
                    <a href=address.clone() rel="external">
                        {document.title}
                    </a>
                </h2>
                <p class="muted">{whose}</p>
            </header>
            {content}
        </section>
    }
}

/// Whose plan it is, and of which year.
fn whose(document: &DocumentInfo) -> String {
    let memberships = use_boot().user.map(|user| user.associations).unwrap_or_default();
    let owner = match &document.association {
        None => "Länsgemensam plan".to_owned(),
        Some(slug) => {
            let own = memberships.into_iter().find(|membership| membership.id == *slug);
            own.map_or_else(|| slug.clone(), |membership| membership.name)
        }
    };
    match document.year {
        Some(year) => format!("{owner}, {year}"),
        None => owner,
    }
}

/// What follows the plan's address to the cell of a finding.
fn address_of(spot: &Spot, plan: &CheckedPlan) -> Option<String> {
    let [items, contributions] = SUMS;
    match spot {
        Spot::CountyItems => Some(format!("#{items}")),
        Spot::CountyContributions | Spot::CountyContribution(_) => Some(format!("#{contributions}")),
        _ => {
            let day = |id| plan.outcomes.iter().find(|(known, _)| *known == id).map(|(_, day)| *day);
            // The page of a plan opens with its latest outcome.
            let outcome = plan.outcomes.last().map(|(id, _)| *id);
            address_in(spot, &Shown { years: &plan.years, outcome, day: &day })
        }
    }
}

#[component]
fn State(text: String, is_good: bool) -> impl IntoView {
    let icon = if is_good { Icon::Check } else { Icon::Warning };
    view! {
        <p class=if is_good { "finding good" } else { "finding" } data-testid="state">
            <IconView icon />
            <span>{text}</span>
        </p>
    }
}

/// A finding: where, in words, and the two figures with their difference.
#[component]
fn FindingItem(finding: Finding, href: Option<String>, unit: RwSignal<AmountUnit>) -> impl IntoView {
    let is_rule = finding.kind.is_rule();
    let (stated_name, computed_name) = if is_rule { ("I planen", "Enligt regeln") } else { ("Angivet", "Uträknat") };
    let title = finding.kind.label();
    let label = finding.place.label.clone();
    let place = match href {
        Some(href) => view! {
            <a href=href rel="external">
                {label}
            </a>
        }
        .into_any(),
        None => view! { <span>{label}</span> }.into_any(),
    };
    let text = finding.text.clone();
    let finding = StoredValue::new(finding);
    let figure = move |name: &'static str, figure: fn(&Finding, AmountUnit) -> String| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd class="number">{move || finding.with_value(|finding| figure(finding, unit.get()))}</dd>
            </div>
        }
    };
    view! {
        <li class=if is_rule { "finding rule" } else { "finding" }>
            <IconView icon=Icon::Warning />
            <div>
                <p class="finding-title">{title} ": " {place}</p>
                <p>{text}</p>
                <dl class="finding-figures">
                    {figure(stated_name, |finding, unit| finding.stated.format(unit))}
                    {figure(computed_name, |finding, unit| finding.computed.format(unit))}
                    {figure("Skillnad", |finding, unit| finding.off_by(unit).unwrap_or_else(|| "–".to_owned()))}
                </dl>
            </div>
        </li>
    }
}
