//! An association's plan as signals. Knows no document and no browser.

use super::drafts::{Draft, Drafts};
use crate::document::plan::{
    AmountCell, EquivalentView, Header, IncomeView, LineView, OutcomeView, Plan, RemovedRow, SectionView, Touched,
    VersionView,
};
use crate::domain::ledger::{Destination, Selector};
use crate::domain::{Budget, EquivalentId, IncomeId, LineId, OutcomeId, Section, SectionId, StatedFigures};
use crate::workspace::rows::{Rows, set_if_new};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What of a plan changes seldom, and shows in few places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// Figures as the source prints them.
    pub stated: StatedFigures,
    /// Where what is booked belongs.
    pub accounts: BTreeMap<Selector, Destination<LineId, IncomeId>>,
    /// Versions, the earliest first.
    pub versions: Vec<VersionView>,
    /// Rows that can be brought back, the latest first.
    pub removed: Vec<RemovedRow>,
}

/// All signals of one plan.
#[derive(Clone, Copy)]
pub struct Model {
    /// Title, years and settings.
    pub header: RwSignal<Header>,
    /// *Avsnitt*.
    pub sections: Rows<SectionId, SectionView>,
    /// *Budgetrader*.
    pub lines: Rows<LineId, LineView>,
    /// Which section each line stands in, in the order they are shown.
    pub places: RwSignal<Vec<(SectionId, LineId)>>,
    /// *Intäkter*.
    pub income: Rows<IncomeId, IncomeView>,
    /// *Utfall*.
    pub outcomes: Rows<OutcomeId, OutcomeView>,
    /// *Helårsekvivalenter*.
    pub equivalents: Rows<EquivalentId, EquivalentView>,
    /// Stated figures, accounts, versions and removed rows.
    pub rest: RwSignal<Rest>,
    /// Told whenever what the budget is read from has changed: to follow each of hundreds of rows takes longer than to
    /// read them.
    figures: RwSignal<()>,
    /// The amount in the open editor.
    pub drafts: Drafts,
    /// The figures as a budget, with the draft.
    pub budget: Memo<Option<Budget>>,
}

impl Model {
    /// Signals that show `plan`.
    pub fn new(plan: &Plan) -> Self {
        let header = RwSignal::new(plan.header.clone());
        let sections = Rows::new(plan.sections.iter().map(|view| (view.id, view.clone())));
        let lines = Rows::new(plan.lines.iter().map(|view| (view.line.id, view.clone())));
        let places = RwSignal::new(places_of(plan));
        let income = Rows::new(plan.income.iter().map(|view| (view.income.id, view.clone())));
        let drafts = Drafts::new();
        // Apart, so that a key that is typed neither reads nor follows hundreds of rows again.
        let figures = RwSignal::new(());
        let written = Memo::new(move |_| {
            figures.track();
            budget(header, sections, lines, places, income)
        });
        Self {
            header,
            sections,
            lines,
            places,
            income,
            outcomes: Rows::new(plan.outcomes.iter().map(|view| (view.outcome.id, view.clone()))),
            equivalents: Rows::new(plan.equivalents.iter().map(|view| (view.row.id, view.clone()))),
            rest: RwSignal::new(rest_of(plan)),
            figures,
            drafts,
            budget: Memo::new(move |_| {
                let mut budget = written.get()?;
                if let Some(draft) = drafts.any.get() {
                    put_draft(&mut budget, draft);
                }
                Some(budget)
            }),
        }
    }

    /// Shows what `touched` says has changed in `plan`.
    pub fn show(&self, plan: &Plan, touched: &Touched) {
        if touched.header {
            set_if_new(self.header, plan.header.clone());
        }
        for id in &touched.sections {
            self.sections.show_row(*id, plan.section(*id));
        }
        for id in &touched.lines {
            self.lines.show_row(*id, plan.line(*id));
        }
        for id in &touched.income {
            self.income.show_row(*id, plan.income_of(*id));
        }
        for id in &touched.outcomes {
            self.outcomes.show_row(*id, plan.outcome(*id));
        }
        for view in plan.equivalents.iter().filter(|view| touched.equivalents.contains(&view.row.id)) {
            self.equivalents.show_row(view.row.id, Some(view));
        }
        if touched.order {
            self.show_order(plan);
        }
        let rows_touched = !(touched.sections.is_empty() && touched.lines.is_empty() && touched.income.is_empty());
        if touched.header || touched.order || rows_touched {
            self.figures.notify();
        }
        if touched.stated || touched.accounts || touched.removed || !touched.versions.is_empty() {
            set_if_new(self.rest, rest_of(plan));
        }
    }

    /// Shows all of `plan`. Still writes only what differs.
    pub fn show_all(&self, plan: &Plan) {
        let touched = Touched {
            header: true,
            sections: plan.sections.iter().map(|view| view.id).collect(),
            lines: plan.lines.iter().map(|view| view.line.id).collect(),
            income: plan.income.iter().map(|view| view.income.id).collect(),
            outcomes: plan.outcomes.iter().map(|view| view.outcome.id).collect(),
            equivalents: plan.equivalents.iter().map(|view| view.row.id).collect(),
            order: true,
            stated: true,
            ..Touched::default()
        };
        self.show(plan, &touched);
    }

    fn show_order(&self, plan: &Plan) {
        self.sections.show_order(plan.sections.iter().map(|view| view.id).collect());
        self.lines.show_order(plan.lines.iter().map(|view| view.line.id).collect());
        set_if_new(self.places, places_of(plan));
        self.income.show_order(plan.income.iter().map(|view| view.income.id).collect());
        self.outcomes.show_order(plan.outcomes.iter().map(|view| view.outcome.id).collect());
        self.equivalents.show_order(plan.equivalents.iter().map(|view| view.row.id).collect());
    }
}

fn rest_of(plan: &Plan) -> Rest {
    Rest {
        stated: plan.stated.clone(),
        accounts: plan.accounts.clone(),
        versions: plan.versions.clone(),
        removed: plan.removed.clone(),
    }
}

fn places_of(plan: &Plan) -> Vec<(SectionId, LineId)> {
    let lines_of = |section: SectionId| {
        let lines = plan.lines.iter().filter(move |view| view.section == section);
        lines.map(move |view| (section, view.line.id))
    };
    plan.sections.iter().flat_map(|view| lines_of(view.id)).collect()
}

/// The figures as they are written. Follows none of them: see [`Model::figures`].
fn budget(
    header: RwSignal<Header>,
    sections: Rows<SectionId, SectionView>,
    lines: Rows<LineId, LineView>,
    places: RwSignal<Vec<(SectionId, LineId)>>,
    income: Rows<IncomeId, IncomeView>,
) -> Option<Budget> {
    let (year, years, opening_equity, ceiling) = header
        .with_untracked(|header| Some((header.year?, header.years.clone(), header.opening_equity, header.ceiling)))?;
    let mut found =
        sections.collect_untracked(|view| Section { id: view.id, name: view.name.clone(), lines: Vec::new() });
    places.with_untracked(|places| {
        for (section, line) in places {
            let Some(view) = lines.row(line) else { continue };
            let Some(section) = found.iter_mut().find(|known| known.id == *section) else { continue };
            section.lines.push(view.with_untracked(|view| view.line.clone()));
        }
    });
    let income = income.collect_untracked(|view| view.income.clone());
    Some(Budget { year, years, income, sections: found, opening_equity, ceiling })
}

/// Puts the amount that is typed in the place of the one that is written.
fn put_draft(budget: &mut Budget, Draft { cell, amount }: Draft) {
    let (amounts, year) = match cell {
        AmountCell::OpeningEquity => {
            budget.opening_equity = amount;
            return;
        }
        AmountCell::Line(id, year) => {
            let mut lines = budget.sections.iter_mut().flat_map(|section| &mut section.lines);
            (lines.find(|line| line.id == id).map(|line| &mut line.amounts), year)
        }
        AmountCell::Income(id, year) => {
            (budget.income.iter_mut().find(|income| income.id == id).map(|income| &mut income.amounts), year)
        }
        AmountCell::Outcome(..) | AmountCell::Forecast(..) => return,
    };
    match (amounts, amount) {
        (Some(amounts), Some(amount)) => drop(amounts.insert(year, amount)),
        (Some(amounts), None) => drop(amounts.remove(&year)),
        (None, _) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BudgetLine, LineRole, Money, Year};

    #[test]
    fn the_budget_follows_what_is_written_and_what_is_typed_in_its_place() {
        let owner = Owner::new();
        owner.set();
        let year = Year::new(2021).expect("is a year");
        let (section, id) = (SectionId::from_random([1; 16]), LineId::from_random([2; 16]));
        let plan_of = |kronor| {
            let amounts = [(year, Money::from_kronor(kronor))].into();
            let line = BudgetLine { id, name: String::new(), note: String::new(), role: LineRole::Ordinary, amounts };
            Plan {
                header: Header { year: Some(year), years: vec![year], ..Header::default() },
                sections: vec![SectionView { id: section, name: String::new(), order: String::new() }],
                lines: vec![LineView { line, section, order: String::new(), conflicts: BTreeMap::new() }],
                ..Plan::default()
            }
        };
        let model = Model::new(&plan_of(100));
        let cost = || model.budget.get().and_then(|budget| budget.total_cost(year));
        assert_eq!(cost(), Some(Money::from_kronor(100)));
        let typed = |amount| Some(Draft { cell: AmountCell::Line(id, year), amount });
        model.drafts.set(typed(Some(Money::from_kronor(7))));
        assert_eq!(cost(), Some(Money::from_kronor(7)));
        model.drafts.set(typed(None));
        assert_eq!(cost(), None, "an emptied editor is an empty cell");
        model.show(&plan_of(250), &Touched { lines: [id].into(), ..Touched::default() });
        assert_eq!(cost(), None, "what is typed stands before what a colleague writes");
        model.drafts.set(None);
        assert_eq!(cost(), Some(Money::from_kronor(250)));
    }
}
