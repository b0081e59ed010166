//! The layout of the demo's files: figures as they are printed, in thousands of kronor unless a field says otherwise.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::INTACT;
use crate::domain::date::IsoDate;
use crate::domain::money::{AmountUnit, Money};
use crate::domain::stated::{Stated, StatedUnit};
use crate::domain::year::Year;

#[derive(Deserialize)]
pub(super) struct SourceBudget {
    pub title: String,
    #[serde(default)]
    pub registry_number: String,
    pub adopted: Option<IsoDate>,
    pub revised: Option<IsoDate>,
    pub adopted_summary: Option<SourceSummary>,
    pub year: Year,
    pub outlook_years: usize,
    pub opening_equity: Printed,
    pub income: Vec<SourceIncome>,
    pub sections: Vec<SourceSection>,
    pub outcome: Option<SourceOutcome>,
    /// By the first word of the key: a figure for each year.
    pub stated: BTreeMap<String, Vec<Option<Printed>>>,
}

#[derive(Deserialize)]
pub(super) struct SourceSummary {
    pub income: Printed,
    pub opening_equity: Printed,
}

#[derive(Deserialize)]
pub(super) struct SourceIncome {
    pub name: String,
    pub party: String,
    pub amounts: Vec<Option<Printed>>,
}

#[derive(Deserialize)]
pub(super) struct SourceSection {
    pub name: String,
    pub stated_sums: Vec<Option<Printed>>,
    pub stated_outcome: Option<Printed>,
    pub stated_percent: Option<Printed>,
    pub lines: Vec<SourceLine>,
}

#[derive(Deserialize)]
pub(super) struct SourceLine {
    pub name: String,
    pub role: Option<String>,
    pub amounts: Vec<Option<Printed>>,
    pub outcome: Option<Printed>,
    pub stated_percent: Option<Printed>,
}

#[derive(Deserialize)]
pub(super) struct SourceOutcome {
    pub through: IsoDate,
    pub stated_total: Printed,
    pub stated_percent: Printed,
}

/// A figure with its decimals, as the file has them.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Printed(serde_json::Number);

impl Printed {
    pub fn stated(&self, unit: StatedUnit) -> Stated {
        // With a comma: a point before three digits could separate thousands.
        Stated::read(&self.0.to_string().replace('.', ","), unit).expect(INTACT)
    }

    pub fn money(&self, unit: AmountUnit) -> Money {
        self.stated(unit.into()).money().expect(INTACT)
    }
}

/// Each year from `first` on with its figure, where there is one.
pub(super) fn years(first: Year, printed: &[Option<Printed>]) -> impl Iterator<Item = (Year, &Printed)> {
    first.following(printed.len()).zip(printed).filter_map(|(year, figure)| Some((year, figure.as_ref()?)))
}
