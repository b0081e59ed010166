//! What the figures of a row come to while they are typed, and what cannot be right among them.

use super::entered::Entered;
use super::fields::Form;
use crate::components::icon::{Icon, IconView};
use crate::domain::check::plan_figures;
use crate::domain::{AmountUnit, EquivalentRow, Figure, Finding, Spot, StatedKey};
use crate::pages::plan::checks::findings::equivalents;
use crate::pages::plan::desk::Desk;
use leptos::prelude::*;

/// What the figures come to, and what cannot be right among them.
#[component]
pub fn Gives(
    /// The page's shared state.
    desk: Desk,
    /// What is typed.
    form: Form,
) -> impl IntoView {
    let entered = Memo::new(move |_| form.so_far());
    let sum = move || entered.with(|entered| comes_to(&entered.row));
    let findings = Memo::new(move |_| entered.with(|entered| findings(desk, entered)));
    let warnings = move || {
        let warning = |text: String| {
            view! {
                <p class="finding">
                    <IconView icon=Icon::Warning />
                    <span>{text}</span>
                </p>
            }
        };
        let too_many = entered.with(|entered| more_than_all(&entered.row));
        findings.get().into_iter().map(|finding| finding.text).chain(too_many).map(warning).collect_view()
    };
    view! {
        <div class="gives" role="status" data-testid="gives">
            <p>{sum}</p>
            {warnings}
        </div>
    }
}

/// What a row's figures come to, in a sentence.
fn comes_to(row: &EquivalentRow) -> String {
    let Some(total) = row.total() else { return "Fyll i antal, så räknas totalen ut.".to_owned() };
    let total = Figure::Count(i64::try_from(total).unwrap_or(i64::MAX)).format(AmountUnit::Kronor);
    match row.share_of_population() {
        Some(share) => format!("Totalt {total}, {}\u{a0}% av befolkningen 20–64 år.", share.percent(1)),
        None => format!("Totalt {total}. Med folkmängden räknas också andelen ut."),
    }
}

/// More people cannot be supported than there are.
fn more_than_all(row: &EquivalentRow) -> Option<String> {
    let (total, population) = (row.total()?, u64::from(row.population?));
    (total > population).then(|| "Antalet är större än folkmängden. Kontrollera båda.".to_owned())
}

/// What the checks would say of the row if it was written like this.
fn findings(desk: Desk, entered: &Entered) -> Vec<Finding> {
    let mut rows = equivalents(desk.workspace);
    match rows.iter_mut().find(|row| row.id == entered.row.id) {
        Some(row) => *row = entered.row.clone(),
        None => rows.push(entered.row.clone()),
    }
    let stated = desk.workspace.rest().with(|rest| entered.stated_with(&rest.stated));
    let id = entered.row.id;
    let is_own = |finding: &Finding| match finding.place.spot {
        Spot::Stated(StatedKey::EquivalentTotal(row) | StatedKey::PopulationShare(row)) => row == id,
        Spot::Equivalents(row, _) => row == id,
        _ => false,
    };
    desk.workspace.budget().with(|budget| {
        let all = budget.as_ref().map(|budget| plan_figures(budget, &[], &rows, &stated)).unwrap_or_default();
        all.into_iter().filter(is_own).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Benefit, EquivalentId, PopulationGroup, Year};

    fn row(counts: &[u32], population: Option<u32>) -> EquivalentRow {
        EquivalentRow {
            id: EquivalentId::from_random([1; 16]),
            area: "Västerås".to_owned(),
            year: Year::FIRST,
            group: PopulationGroup::Everyone,
            counts: Benefit::ALL.into_iter().zip(counts.iter().copied()).collect(),
            population,
        }
    }

    #[test]
    fn a_row_says_what_it_comes_to() {
        let plain = |row: &EquivalentRow| comes_to(row).replace('\u{a0}', " ");
        assert_eq!(plain(&row(&[], Some(10))), "Fyll i antal, så räknas totalen ut.");
        assert_eq!(plain(&row(&[1_000, 250], None)), "Totalt 1 250. Med folkmängden räknas också andelen ut.");
        assert_eq!(plain(&row(&[1_000, 250], Some(10_000))), "Totalt 1 250, 12,5 % av befolkningen 20–64 år.");
        assert!(more_than_all(&row(&[6], Some(5))).is_some());
        assert_eq!(more_than_all(&row(&[5], Some(5))), None);
    }
}
