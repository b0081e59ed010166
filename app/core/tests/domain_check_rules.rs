//! A live budget against its rules: the ceiling, the law's shares, and its line in the county plan.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use proptest::prelude::*;
use samplan_core::domain::check::{CountyContribution, rules};
use samplan_core::domain::{
    AmountUnit, Amounts, Budget, BudgetLine, CeilingRate, Figure, Finding, FindingKind, Income, IncomeId, LineId,
    LineRole, Money, PartyKind, Precision, Section, SectionId, Spot, Year, law,
};

fn year(number: i32) -> Year {
    Year::new(number).unwrap()
}

fn income(number: u8, party: PartyKind, weight: u64, ore: i64) -> Income {
    let amounts = Amounts::from([(year(2021), Money::from_ore(ore))]);
    Income { id: IncomeId::from_random([number; 16]), name: party.label().to_owned(), party, weight, amounts }
}

/// A budget of one year whose parties pay this, in öre, and with one line of county-wide training.
fn budget(parties: &[(PartyKind, i64)], county_line: Option<i64>) -> Budget {
    let mut budget = Budget::new(year(2021), 0);
    let rows = (1..).zip(parties);
    budget.income = rows.map(|(number, (party, ore))| income(number, party.clone(), 1, *ore)).collect();
    let line = BudgetLine {
        id: LineId::from_random([1; 16]),
        name: "Länsgemensamma utbildningsinsatser".to_owned(),
        note: String::new(),
        role: LineRole::CountyTraining,
        amounts: county_line.into_iter().map(|ore| (year(2021), Money::from_ore(ore))).collect(),
    };
    let id = SectionId::from_random([1; 16]);
    budget.sections = vec![Section { id, name: "Insatser".to_owned(), lines: vec![line] }];
    budget
}

fn county(kronor: Option<i32>) -> CountyContribution {
    let association = "vasteras".parse().unwrap();
    CountyContribution { association, year: year(2021), amount: kronor.map(Money::from_kronor) }
}

fn kinds(findings: &[Finding]) -> Vec<FindingKind> {
    findings.iter().map(|finding| finding.kind).collect()
}

const STATE: PartyKind = PartyKind::State;
const REGION: PartyKind = PartyKind::Region;
const MUNICIPALITY: PartyKind = PartyKind::Municipality;

#[test]
fn income_that_does_not_follow_the_law_is_one_finding_that_names_each_party() {
    let paid = budget(&[(STATE, 600_000_000), (REGION, 300_000_000), (MUNICIPALITY, 300_000_000)], None);
    assert_eq!(rules(&paid, Precision::Exact, &[]), []);

    let paid = budget(&[(STATE, 700_000_000), (REGION, 300_000_000), (MUNICIPALITY, 200_000_000)], None);
    let findings = rules(&paid, Precision::Exact, &[]);
    assert_eq!(kinds(&findings), [FindingKind::ShareByLaw]);
    assert_eq!(findings[0].place.spot, Spot::Income(year(2021)));
    // Of 12 000 000 the municipality's quarter is 3 000 000, and the state's half 6 000 000.
    assert_eq!(
        findings[0].text,
        "Intäkterna 2021 följer inte lagens andelar (50, 25 och 25\u{a0}%): \
         Staten 7\u{a0}000\u{a0}000\u{a0}kr, 1\u{a0}000\u{a0}000\u{a0}kr mer än lagens 6\u{a0}000\u{a0}000\u{a0}kr; \
         Kommun 2\u{a0}000\u{a0}000\u{a0}kr, 1\u{a0}000\u{a0}000\u{a0}kr mindre än lagens 3\u{a0}000\u{a0}000\u{a0}kr."
    );
}

#[test]
fn shares_in_whole_kronor_or_thousands_are_not_wrong_for_being_rounded() {
    // 13 310 501 kr: 6 655 250,50 and twice 3 327 625,25.
    let kronor = [(STATE, 665_525_100), (REGION, 332_762_500), (MUNICIPALITY, 332_762_500)];
    assert_eq!(rules(&budget(&kronor, None), Precision::Exact, &[]), []);
    // 13 311 tkr: 6 655,5 and twice 3 327,75.
    let tkr = [(STATE, 665_600_000), (REGION, 332_800_000), (MUNICIPALITY, 332_700_000)];
    let printed = Precision::Printed(AmountUnit::TusenKronor);
    assert_eq!(rules(&budget(&tkr, None), printed, &[]), []);
    assert_eq!(kinds(&rules(&budget(&tkr, None), Precision::Exact, &[])), [FindingKind::ShareByLaw]);
}

#[test]
fn equity_is_over_the_ceiling_only_if_it_is_however_its_figures_were_rounded() {
    let printed = Precision::Printed(AmountUnit::TusenKronor);
    // 20 % of 10 000 tkr is 2 000; with what rounding allows, 1 999,9–2 000,1.
    for (opening, precision, over) in [
        (-8_000, Precision::Exact, false),
        (-7_999, Precision::Exact, true),
        (-7_999, printed, false),
        (-7_998, printed, true),
        (-9_000, printed, false),
    ] {
        let mut budget = budget(&[(PartyKind::Together, 1_000_000_000)], None);
        budget.opening_equity = Some(Money::from_kronor(opening * 1_000));
        let findings = rules(&budget, precision, &[]);
        assert_eq!(kinds(&findings), if over { vec![FindingKind::EquityCeiling] } else { vec![] }, "{opening}");
    }
    let mut budget = budget(&[(PartyKind::Together, 1_000_000_000), (PartyKind::Other, 500_000_000)], None);
    budget.opening_equity = Some(Money::from_kronor(1));
    budget.ceiling = CeilingRate::from_hundredths(1_250).unwrap();
    let finding = &rules(&budget, Precision::Exact, &[])[0];
    assert_eq!(finding.computed, Figure::Money(Money::from_kronor(1_250_000)), "of what the parties pay alone");
    assert!(finding.text.contains("(12,5\u{a0}% av årets intäkter)"), "{}", finding.text);
    assert!(rules(&Budget::new(year(2021), 2), Precision::Exact, &[]).is_empty(), "nothing is known");
}

#[test]
fn the_own_line_is_held_against_the_county_plan_and_empty_is_not_zero() {
    for (line, contribution, stated) in [
        (Some(25_000_000), Some(250_000), None),
        (Some(25_000_000), Some(125_000), Some(Figure::Money(Money::from_kronor(250_000)))),
        (Some(25_000_000), None, Some(Figure::Money(Money::from_kronor(250_000)))),
        (None, Some(125_000), Some(Figure::Empty)),
        (None, None, None),
        (None, Some(0), None),
        (Some(0), None, None),
    ] {
        let findings = rules(&budget(&[], line), Precision::Exact, &[county(contribution)]);
        assert_eq!(findings.first().map(|finding| finding.stated), stated, "{line:?} {contribution:?}");
    }
    let finding = &rules(&budget(&[], None), Precision::Exact, &[county(Some(125_000))])[0];
    assert_eq!(
        finding.text,
        "Länsgemensamma utbildningsinsatser 2021 är – i den egna budgeten, men bidraget i länsplanen är \
         125\u{a0}000\u{a0}kr. Skillnaden är 125\u{a0}000\u{a0}kr."
    );
    let mut other_year = county(Some(125_000));
    other_year.year = year(2030);
    assert!(rules(&budget(&[], None), Precision::Exact, &[other_year]).is_empty(), "the plan has no such year");
    assert!(rules(&Budget::new(year(2021), 0), Precision::Exact, &[county(Some(1))]).is_empty(), "nor such a line");
}

proptest! {
    #[test]
    fn income_split_by_law_is_never_a_finding_and_a_krona_moved_from_one_to_another_is(
        total in 1_000..9_000_000_000_i64, kronor in any::<bool>(), moved in 500..100_000_i64
    ) {
        let shares = law::shares(Money::from_ore(total), &[1]).unwrap();
        let whole = |money: Money| if kronor { (money.ore() + 50) / 100 * 100 } else { money.ore() };
        let paid = [whole(shares.state), whole(shares.region), whole(shares.municipalities[0])];
        let of = |paid: [i64; 3]| budget(&[(STATE, paid[0]), (REGION, paid[1]), (MUNICIPALITY, paid[2])], None);
        prop_assert_eq!(rules(&of(paid), Precision::Exact, &[]), []);
        let moved = moved / 100 * 100;
        let findings = rules(&of([paid[0] + moved, paid[1], paid[2] - moved]), Precision::Exact, &[]);
        prop_assert_eq!(kinds(&findings), [FindingKind::ShareByLaw]);
    }
}
