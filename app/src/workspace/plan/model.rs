//! An association's plan as signals. Knows no document and no browser.

use super::drafts::{Draft, Drafts};
use crate::document::plan::{
    AmountCell, EquivalentView, Header, IncomeView, LineView, OutcomeView, Plan, RemovedRow, SectionView, Touched,
    VersionView,
};
use crate::domain::ledger::{Destination, Selector};
use crate::domain::{
    Amounts, Budget, EquivalentId, IncomeId, LineId, OutcomeId, Section, SectionId, StatedFigures, Year,
};
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
        Self {
            header,
            sections,
            lines,
            places,
            income,
            outcomes: Rows::new(plan.outcomes.iter().map(|view| (view.outcome.id, view.clone()))),
            equivalents: Rows::new(plan.equivalents.iter().map(|view| (view.row.id, view.clone()))),
            rest: RwSignal::new(rest_of(plan)),
            drafts,
            budget: Memo::new(move |_| budget(header, sections, lines, places, income, drafts)),
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

fn budget(
    header: RwSignal<Header>,
    sections: Rows<SectionId, SectionView>,
    lines: Rows<LineId, LineView>,
    places: RwSignal<Vec<(SectionId, LineId)>>,
    income: Rows<IncomeId, IncomeView>,
    drafts: Drafts,
) -> Option<Budget> {
    let draft = drafts.any.get();
    let typed = |amounts: &mut Amounts, cell_of: &dyn Fn(Year) -> AmountCell| {
        if let Some(Draft { cell, amount }) = draft
            && let AmountCell::Line(_, year) | AmountCell::Income(_, year) = cell
            && cell_of(year) == cell
        {
            match amount {
                Some(amount) => drop(amounts.insert(year, amount)),
                None => drop(amounts.remove(&year)),
            }
        }
    };
    let (year, years, written, ceiling) =
        header.with(|header| Some((header.year?, header.years.clone(), header.opening_equity, header.ceiling)))?;
    let opening_equity = match draft {
        Some(Draft { cell: AmountCell::OpeningEquity, amount }) => amount,
        _ => written,
    };
    let mut found: Vec<Section> = sections.fold(Vec::new(), |mut all, view| {
        all.push(Section { id: view.id, name: view.name.clone(), lines: Vec::new() });
        all
    });
    places.with(|places| {
        for (section, line) in places {
            let Some(view) = lines.row(line) else { continue };
            let Some(section) = found.iter_mut().find(|known| known.id == *section) else { continue };
            let mut line = view.with(|view| view.line.clone());
            typed(&mut line.amounts, &|year| AmountCell::Line(line.id, year));
            section.lines.push(line);
        }
    });
    let income = income.fold(Vec::new(), |mut all, view| {
        let mut income = view.income.clone();
        typed(&mut income.amounts, &|year| AmountCell::Income(income.id, year));
        all.push(income);
        all
    });
    Some(Budget { year, years, income, sections: found, opening_equity, ceiling })
}
