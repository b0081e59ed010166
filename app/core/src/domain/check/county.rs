//! The county plan's stated totals, and its contributions against its items. Its figures are known to the öre.

use super::figure::Figure;
use super::finding::{Finding, FindingKind, Place, Spot};
use super::inspection::{Derivation, Inspection, Question};
use super::reading::Known;
use crate::domain::county::{Balance, BalanceState, Contribution, CountyItem, StatedTotals};
use crate::domain::money::{AmountUnit, Money};
use crate::domain::stated::{Stated, StatedUnit};

/// The sums that a county plan states, held against its rows. Names let a finding say which row was left out.
pub fn county_figures(items: &[CountyItem], contributions: &[Contribution], stated: &StatedTotals) -> Vec<Finding> {
    let items: Vec<_> = items.iter().filter_map(|row| Some((row.what.as_str(), row.cost?))).collect();
    let contributions: Vec<_> = contributions.iter().filter_map(|row| Some((row.name.as_str(), row.amount?))).collect();
    let mut inspection = Inspection::default();
    let question = Question::new(FindingKind::ItemTotal, Spot::CountyItems, "Summa kostnader i länsplanen".to_owned());
    judge(&mut inspection, question, "raderna", &items, stated.items);
    let question = Question::new(
        FindingKind::ContributionTotal,
        Spot::CountyContributions,
        "Summa bidrag i länsplanen".to_owned(),
    );
    judge(&mut inspection, question, "förbundens bidrag", &contributions, stated.contributions);
    inspection.finish()
}

fn judge(inspection: &mut Inspection, question: Question, basis: &str, rows: &[(&str, Money)], stated: Option<Money>) {
    let known: Vec<_> = rows.iter().map(|(name, amount)| (*name, Known::given(amount.ore(), None))).collect();
    let terms: Vec<_> = known.iter().map(|(name, known)| (1, *name, known)).collect();
    // To the öre: a county plan's stated total is typed in kronor and means just that.
    let stated =
        stated.and_then(|stated| Stated::read(&stated.to_clipboard(AmountUnit::Kronor), StatedUnit::Kronor).ok());
    inspection.judge(question, &[Derivation::of(basis, &terms)], stated);
}

/// Rule: the contributions cover the items exactly.
pub fn contributions_against_items(balance: &Balance) -> Option<Finding> {
    let how = match balance.state() {
        BalanceState::Balanced => return None,
        BalanceState::Surplus(over) => format!("{over} mer än"),
        BalanceState::Shortfall(short) => format!("{short} mindre än"),
    };
    let items = Figure::Money(balance.items);
    Some(Finding {
        kind: FindingKind::ContributionsAgainstItems,
        place: Place { spot: Spot::CountyContributions, label: "Bidrag mot kostnader i länsplanen".to_owned() },
        stated: Figure::Money(balance.contributions),
        computed: items,
        allowed: (items, items),
        carried: Vec::new(),
        text: format!(
            "Förbundens bidrag är {}, vilket är {how} kostnaderna, {}.",
            balance.contributions,
            items.format(AmountUnit::Kronor)
        ),
    })
}
