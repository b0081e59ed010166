//! What is written into a workbook comes to the same as the budget does in the program.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use proptest::prelude::*;
use samplan_core::domain::export::BudgetExport;
use samplan_core::domain::{
    AmountUnit, Amounts, Budget, BudgetLine, Income, IncomeId, LineId, LineRole, Money, PartyKind, Section, SectionId,
    Year, equity,
};

fn amounts() -> impl Strategy<Value = Amounts> {
    let amount = prop_oneof![1 => Just(None), 2 => (-2_000_000_000..2_000_000_000_i64).prop_map(Some)];
    prop::collection::vec(amount, 3).prop_map(|amounts| {
        let years = Year::new(2021).unwrap().following(3);
        years.zip(amounts).filter_map(|(year, ore)| Some((year, Money::from_ore(ore?)))).collect()
    })
}

fn budget() -> impl Strategy<Value = Budget> {
    let party =
        prop::sample::select(vec![PartyKind::State, PartyKind::Region, PartyKind::Municipality, PartyKind::Other]);
    let income = (party, amounts()).prop_map(|(party, amounts)| Income {
        id: IncomeId::from_random([1; 16]),
        name: "Intäkt".into(),
        party,
        weight: 1,
        amounts,
    });
    let line = amounts().prop_map(|amounts| BudgetLine {
        id: LineId::from_random([2; 16]),
        name: "Rad".into(),
        note: String::new(),
        role: LineRole::Ordinary,
        amounts,
    });
    let section = prop::collection::vec(line, 0..4).prop_map(|lines| Section {
        id: SectionId::from_random([3; 16]),
        name: "Avsnitt".into(),
        lines,
    });
    let opening = prop::option::of((-900_000_000..900_000_000_i64).prop_map(Money::from_ore));
    (prop::collection::vec(income, 0..4), prop::collection::vec(section, 0..4), opening).prop_map(
        |(income, sections, opening_equity)| Budget {
            income,
            sections,
            opening_equity,
            ..Budget::new(Year::new(2021).unwrap(), 2)
        },
    )
}

proptest! {
    #[test]
    fn the_sums_of_an_export_are_those_of_the_budget(budget in budget()) {
        let export = BudgetExport::new(
            &budget,
            "Budget".into(),
            String::new(),
            AmountUnit::Kronor,
            "2021-03-26".parse().unwrap(),
        );
        let sums = export.sums();
        prop_assert_eq!(sums.len(), budget.years.len());
        for ((year, sums), equity) in budget.years.iter().zip(sums).zip(equity::roll(&budget)) {
            prop_assert_eq!(sums.party_income, budget.party_income(*year));
            prop_assert_eq!(sums.income, budget.total_income(*year));
            prop_assert_eq!(sums.cost, budget.total_cost(*year));
            prop_assert_eq!(sums.net_result, budget.net_result(*year));
            prop_assert_eq!((sums.opening, sums.closing), (equity.opening, equity.closing));
            prop_assert_eq!((sums.ceiling, sums.over_ceiling), (equity.ceiling, equity.over_ceiling()));
        }
    }
}
