//! A plan for the year after, from this one: what people otherwise do by saving a spreadsheet under a new name.

use std::collections::BTreeMap;

use super::{Amounts, Budget, BudgetLine, Income, Section};
use crate::domain::equity;
use crate::domain::ids::{IncomeId, LineId, SectionId};
use crate::domain::money::Money;
use crate::domain::year::Year;

/// *Kopia av förra årets plan*: the new budget, and what became of the old one's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextYear {
    /// The new budget.
    pub budget: Budget,
    /// From each section to its copy.
    pub sections: BTreeMap<SectionId, SectionId>,
    /// From each line to its copy. Those left out are not here.
    pub lines: BTreeMap<LineId, LineId>,
    /// From each row of income to its copy.
    pub income: BTreeMap<IncomeId, IncomeId>,
    /// Lines with no amount in any of the years that remain: they ended, and are not copied. In order.
    pub left_out: Vec<LineId>,
}

impl Budget {
    /// *Kopiera till nästa år*: the same sections and lines, with the outlook moved a year.
    ///
    /// What the outlook said for next year becomes its budget; a new last year is empty. The opening equity is what
    /// this budget year closes with. A line that was empty in every year is kept: nobody has filled it in yet.
    /// `random` gives sixteen fresh random bytes each time. None after the last year there is.
    pub fn next_year(&self, mut random: impl FnMut() -> [u8; 16]) -> Option<NextYear> {
        let year = self.year.next()?;
        let years: Vec<Year> = year.following(self.years.len().max(1)).collect();
        let mut copy = NextYear {
            budget: Self {
                year,
                years: years.clone(),
                income: Vec::new(),
                sections: Vec::new(),
                opening_equity: equity::roll(self).first().and_then(|first| first.closing),
                ceiling: self.ceiling,
            },
            sections: BTreeMap::new(),
            lines: BTreeMap::new(),
            income: BTreeMap::new(),
            left_out: Vec::new(),
        };
        for old in &self.sections {
            let id = SectionId::from_random(random());
            copy.sections.insert(old.id, id);
            let mut section = Section { id, name: old.name.clone(), lines: Vec::new() };
            for line in &old.lines {
                let amounts = remaining(&line.amounts, &years);
                if amounts.is_empty() && !line.amounts.is_empty() {
                    copy.left_out.push(line.id);
                    continue;
                }
                let id = LineId::from_random(random());
                copy.lines.insert(line.id, id);
                section.lines.push(BudgetLine { id, amounts, ..line.clone() });
            }
            copy.budget.sections.push(section);
        }
        for old in &self.income {
            let id = IncomeId::from_random(random());
            copy.income.insert(old.id, id);
            copy.budget.income.push(Income { id, amounts: remaining(&old.amounts, &years), ..old.clone() });
        }
        Some(copy)
    }
}

fn remaining(amounts: &Amounts, years: &[Year]) -> BTreeMap<Year, Money> {
    amounts.iter().filter(|(year, _)| years.contains(year)).map(|(year, amount)| (*year, *amount)).collect()
}

/// *Rubrik för nästa år*: every year in a title becomes the year after, as "Budget 2021 med utblick 2022–2023" does.
///
/// ```
/// use samplan_core::domain::budget::title_of_next_year;
///
/// assert_eq!(title_of_next_year("Budget 2021 med utblick 2022–2023"), "Budget 2022 med utblick 2023–2024");
/// assert_eq!(title_of_next_year("Plan, dnr 20210"), "Plan, dnr 20210");
/// ```
pub fn title_of_next_year(title: &str) -> String {
    let mut shifted = String::with_capacity(title.len());
    let mut rest = title;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (run, after) = rest.split_at(digits);
        match run.parse::<Year>().ok().and_then(Year::next) {
            Some(next) => shifted.push_str(&next.to_string()),
            None => shifted.push_str(run),
        }
        let others = after.find(|letter: char| letter.is_ascii_digit()).unwrap_or(after.len());
        shifted.push_str(&after[..others]);
        rest = &after[others..];
    }
    shifted
}
