//! Two outcomes of a year line by line: what was booked at the earlier day, at the later, and what lies between.

use crate::domain::budget::compare::Figure;
use crate::domain::outcome::OutcomeSums;
use crate::domain::{Budget, Money, Outcome, OutcomeChange};
use crate::pages::plan::desk::Desk;
use crate::pages::versions::comparison::difference_cells;
use crate::pages::versions::reading::cell;
use leptos::prelude::*;

/// The comparison that was asked for; nothing where none was. With itself an outcome is not compared: the page says so.
#[component]
pub fn OutcomeComparison(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let other = Memo::new(move |_| {
        let all = desk.workspace.outcomes().get();
        desk.compared.get().filter(|id| all.contains(id))
    });
    let pair = Memo::new(move |_| {
        let outcome = |id| desk.workspace.outcome(id).map(|view| view.with(|view| view.outcome.clone()));
        let other = other.get()?;
        let chosen = desk.chosen.get().filter(|id| *id != other)?;
        let (one, other) = (outcome(chosen)?, outcome(other)?);
        Some(if one.through < other.through { (one, other) } else { (other, one) })
    });
    let is_itself = Memo::new(move |_| other.get().is_some_and(|other| desk.chosen.get() == Some(other)));
    let table = move || {
        let (earlier, later) = pair.get()?;
        let heading = format!("Utfall till och med {} jämfört med {}", later.through, earlier.through);
        let caption = move || format!("Belopp i {}.", desk.tools.unit.get().label());
        let days = [earlier.through.to_string(), later.through.to_string()];
        let bodies = desk
            .workspace
            .budget()
            .with(|budget| budget.as_ref().map(|budget| bodies(desk, budget, &earlier, &later)).unwrap_or_default());
        let headings = [days[0].clone(), days[1].clone(), "Skillnad".to_owned(), "%".to_owned()].map(|heading| {
            view! {
                <th scope="col" class="amount">
                    {heading}
                </th>
            }
        });
        Some(view! {
            <h3 id="utfall-jamforelse">{heading}</h3>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="utfall-jamforelse">
                <table class="plain figures">
                    <caption>{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Rad"</th>
                            {headings.into_iter().collect_view()}
                        </tr>
                    </thead>
                    {bodies}
                </table>
            </div>
        })
    };
    view! {
        {move || is_itself.get().then(|| view! { <p role="status">"Välj en annan dag att jämföra med."</p> })}
        {table}
    }
}

fn bodies(desk: Desk, budget: &Budget, earlier: &Outcome, later: &Outcome) -> Vec<AnyView> {
    let unit = desk.tools.unit;
    let row = move |class: &'static str, name: String, change: OutcomeChange| {
        view! {
            <tr class=class>
                <th scope="row">{name}</th>
                {cell(Figure::Amount(change.earlier), unit)}
                {cell(Figure::Amount(change.later), unit)}
                {difference_cells(change.difference(), change.percent(), unit)}
            </tr>
        }
    };
    let change = |[earlier, later]: [Option<Money>; 2]| OutcomeChange { earlier, later };
    let sums = [OutcomeSums::of(budget, earlier), OutcomeSums::of(budget, later)];
    let sections = budget.sections.iter().map(|section| {
        let changes = later.changes_since(earlier, section.lines.iter().map(|line| line.id));
        let lines = section.lines.iter().zip(changes).map(|(line, change)| row("", line.name.clone(), change));
        let sum = change(sums.each_ref().map(|sums| sums.section(section.id).amount));
        view! {
            <tbody>
                <tr class="section">
                    <th scope="rowgroup" colspan="5">
                        {section.name.clone()}
                    </th>
                </tr>
                {lines.collect_view()}
                {row("sum", format!("Summa {}", section.name), sum)}
            </tbody>
        }
        .into_any()
    });
    let income = budget.income.iter().map(|income| {
        let amounts = [earlier, later].map(|outcome| outcome.income.get(&income.id).and_then(|row| row.amount));
        row("", income.name.clone(), change(amounts))
    });
    let [cost, total_income, result] =
        [|sums: &OutcomeSums| sums.cost, |sums: &OutcomeSums| sums.income, |sums: &OutcomeSums| sums.result]
            .map(|figures| change(sums.each_ref().map(|sums| figures(sums).amount)));
    let totals = view! {
        <tbody>
            {row("sum total", "Summa kostnader".to_owned(), cost)}
            {income.collect_view()}
            {row("sum", "Summa intäkter".to_owned(), total_income)}
            {row("sum total", "Årets resultat".to_owned(), result)}
        </tbody>
    }
    .into_any();
    sections.chain([totals]).collect()
}
