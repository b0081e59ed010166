//! Years, the keys of stated figures and the figures themselves: their text is kept in documents, and read back.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

use proptest::prelude::*;
use samplan_core::domain::check::statable;
use samplan_core::domain::demo;
use samplan_core::domain::{
    AmountUnit, Benefit, EquivalentId, Figure, LineId, LineRole, Money, OutcomeId, PartyKind, PopulationGroup,
    Precision, SectionId, Stated, StatedFigures, StatedKey, StatedUnit, Year,
};

fn year(number: i32) -> Year {
    Year::new(number).unwrap()
}

#[test]
fn a_year_is_one_of_1990_to_2200_and_reads_as_its_number() {
    assert_eq!(" 2021 ".parse(), Ok(year(2021)));
    for text in ["1990", "2200"] {
        assert_eq!(text.parse::<Year>().unwrap().to_string(), text);
    }
    for text in ["", "21", "1989", "2201", "+2021", "20211", "2021-01-01", "tjugo"] {
        assert!(text.parse::<Year>().unwrap_err().to_string().contains("mellan 1990 och 2200"), "{text}");
    }
    assert_eq!((Year::LAST.next(), Year::FIRST.previous()), (None, None));
    assert_eq!(year(2021).previous(), Some(year(2020)));
    assert_eq!(year(2199).following(5).collect::<Vec<_>>(), [year(2199), year(2200)]);
    assert_eq!([1999, 2000, 2019, 2020, 2100].map(|number| year(number).days()), [365, 366, 365, 366, 365]);
    assert_eq!(serde_json::to_string(&year(2021)).unwrap(), "2021");
    assert!(serde_json::from_str::<Year>("1").is_err());
}

#[test]
fn a_figure_keeps_the_unit_and_the_decimals_it_was_printed_with() {
    for (text, unit, written, value, step) in [
        ("17 035", StatedUnit::TusenKronor, "17035 tkr", 1_703_500_000, 100_000),
        ("−1\u{a0}486", StatedUnit::TusenKronor, "-1486 tkr", -148_600_000, 100_000),
        ("0,5", StatedUnit::TusenKronor, "0.5 tkr", 50_000, 10_000),
        ("0,50", StatedUnit::TusenKronor, "0.50 tkr", 50_000, 1_000),
        ("-0,5 tkr", StatedUnit::Percent, "-0.5 tkr", -50_000, 10_000),
        ("625 000 kr", StatedUnit::TusenKronor, "625000 kr", 62_500_000, 100),
        ("0,05", StatedUnit::Kronor, "0.05 kr", 5, 1),
        ("2,5 mnkr", StatedUnit::Kronor, "2.5 mnkr", 250_000_000, 10_000_000),
        ("43", StatedUnit::Percent, "43 %", 4_300, 100),
        ("15,2 %", StatedUnit::Kronor, "15.2 %", 1_520, 10),
        ("13 198", StatedUnit::Count, "13198 st", 13_198, 1),
    ] {
        let stated = Stated::read(text, unit).unwrap();
        assert_eq!((stated.to_string().as_str(), stated.value(), stated.step()), (written, value, step), "{text}");
        assert_eq!(written.parse(), Ok(stated));
    }
    assert_eq!("43 %".parse::<Stated>().unwrap().money(), None);
    assert_eq!(Stated::read("6", StatedUnit::TusenKronor).unwrap().money(), Some(Money::from_kronor(6_000)));
    assert_eq!(Stated::whole(-64, StatedUnit::TusenKronor), "-64 tkr".parse().ok());
}

#[test]
fn what_is_no_figure_is_refused_with_what_to_write_instead() {
    for (text, unit, says) in [
        ("", StatedUnit::TusenKronor, "Fyll i ett belopp."),
        ("abc", StatedUnit::TusenKronor, "är inte ett belopp"),
        ("1.500", StatedUnit::Kronor, "kan betyda"),
        ("0,001", StatedUnit::Kronor, "högst 2 decimaler"),
        ("mycket", StatedUnit::Percent, "Skriv andelen i procent"),
        ("15,234", StatedUnit::Percent, "Skriv andelen i procent"),
        ("2,5", StatedUnit::Count, "ett helt tal"),
        ("st", StatedUnit::Kronor, "ett helt tal"),
        ("100 000 000 tkr", StatedUnit::Kronor, "lägre än"),
    ] {
        let refused = Stated::read(text, unit).unwrap_err().to_string();
        assert!(refused.contains(says), "{text:?}: {refused}");
    }
}

#[test]
fn amounts_from_a_printed_document_are_as_exact_as_their_last_digit() {
    let tkr = Precision::Printed(AmountUnit::TusenKronor);
    for (ore, step) in [(600_000, 100_000), (50_000, 10_000), (0, 100_000), (-123_450_000, 10_000), (1_000, 1_000)] {
        assert_eq!(tkr.step(Money::from_ore(ore)), Some(step), "{ore}");
    }
    assert_eq!(Precision::Printed(AmountUnit::Kronor).step(Money::from_kronor(12)), Some(100));
    assert_eq!(tkr.step(Money::from_ore(1)), None, "to the öre, that is: exactly");
    assert_eq!(Precision::Exact.step(Money::from_kronor(12)), None);
}

#[test]
fn keys_read_back_from_their_text_and_others_are_refused() {
    let (section, line) = (SectionId::from_random([1; 16]), LineId::from_random([2; 16]));
    let (outcome, row) = (OutcomeId::from_random([3; 16]), EquivalentId::from_random([4; 16]));
    let year = year(2021);
    let keys = [
        StatedKey::SectionSum(section, year),
        StatedKey::TotalCost(year),
        StatedKey::TotalIncome(year),
        StatedKey::NetResult(year),
        StatedKey::OpeningEquity(year),
        StatedKey::AvailableFunds(year),
        StatedKey::EquityUsed(year),
        StatedKey::ClosingEquity(year),
        StatedKey::EquityCeiling(year),
        StatedKey::OutcomeSectionSum(outcome, section),
        StatedKey::OutcomeTotal(outcome),
        StatedKey::OutcomeLinePercent(outcome, line),
        StatedKey::OutcomeSectionPercent(outcome, section),
        StatedKey::OutcomeTotalPercent(outcome),
        StatedKey::EquivalentTotal(row),
        StatedKey::PopulationShare(row),
    ];
    for key in keys {
        assert_eq!(key.to_string().parse(), Ok(key));
    }
    assert_eq!(keys[0].to_string(), format!("section-sum/{section}/2021"));
    for text in ["", "total-cost", "total-cost/21", "total-cost/2021/", "section-sum/2021", "budget/2021", "/"] {
        assert!(text.parse::<StatedKey>().is_err(), "{text}");
    }
    let mut stated = StatedFigures::default();
    stated.figures.insert(keys[0], "17035 tkr".parse().unwrap());
    let json = serde_json::to_string(&stated).unwrap();
    assert!(json.contains(&format!(r#""section-sum/{section}/2021":"17035 tkr""#)), "{json}");
    assert_eq!(serde_json::from_str::<StatedFigures>(&json).unwrap(), stated);
}

#[test]
fn a_word_of_a_newer_version_is_kept_as_it_is() {
    assert_eq!(LineRole::from_word("county-training"), LineRole::CountyTraining);
    assert_eq!(PartyKind::from_word("eu").as_word(), "eu");
    assert_eq!(PopulationGroup::from_word("women"), PopulationGroup::Women);
    for benefit in Benefit::ALL {
        assert_eq!(Benefit::from_word(benefit.as_word()), benefit);
    }
    let json = r#"["state","region","municipality","together","other","eu"]"#;
    assert_eq!(serde_json::to_string(&serde_json::from_str::<Vec<PartyKind>>(json).unwrap()).unwrap(), json);
}

#[test]
fn a_figure_is_read_as_what_it_measures_and_nothing_else() {
    let (tkr, percent, count) = (StatedUnit::TusenKronor, StatedUnit::Percent, StatedUnit::Count);
    for (text, unit, written) in [
        ("18 506", tkr, "18\u{a0}506\u{a0}tkr"),
        ("-1486 tkr", StatedUnit::Kronor, "−1\u{a0}486\u{a0}tkr"),
        ("18 506 000 kr", tkr, "18\u{a0}506\u{a0}000\u{a0}kr"),
        ("15,2", percent, "15,2\u{a0}%"),
        ("13 198 st", count, "13\u{a0}198\u{a0}st"),
    ] {
        let figure = Stated::read_as(text, unit).unwrap();
        assert_eq!(figure.format(), written);
        assert_eq!(Stated::read_as(&figure.format(), unit), Ok(figure), "{text}");
    }
    for (text, unit) in [("43 %", tkr), ("43 kr", percent), ("43 %", count), ("43 st", StatedUnit::Kronor)] {
        assert!(Stated::read_as(text, unit).is_err(), "{text}");
    }
}

#[test]
fn every_figure_that_the_sources_print_is_one_that_can_be_stated() {
    for plan in [demo::budget_2021(), demo::outcome_2019()] {
        let groups = statable(&plan.budget, &plan.outcomes, &plan.equivalents);
        let all: Vec<_> = groups.iter().flat_map(|group| &group.figures).collect();
        for (key, stated) in &plan.stated.figures {
            let listed: Vec<_> = all.iter().filter(|it| it.key == *key).collect();
            assert_eq!(listed.len(), 1, "{key}");
            let measure = match listed[0].computed {
                Figure::Percent(_) => Some(StatedUnit::Percent),
                Figure::Count(_) => Some(StatedUnit::Count),
                Figure::Money(_) => None,
                // Some rows give a total and nothing that it could be worked out from.
                Figure::Empty => key.measure(),
            };
            assert_eq!(key.measure(), measure, "{key}");
            assert!(measure.is_none_or(|measure| measure == stated.unit()), "{key}");
        }
    }
    let plan = demo::budget_2021();
    let groups = statable(&plan.budget, &plan.outcomes, &plan.equivalents);
    let result = groups[1].figures.iter().find(|it| it.label == "Årets resultat").unwrap();
    assert_eq!(groups[1].name, "Utblick 2022");
    assert_eq!(result.computed, Figure::Money(Money::from_kronor(-1_559_000)));
}

proptest! {
    #[test]
    fn any_figure_reads_back_from_its_text(digits in -99_999_i64..=99_999, decimals in 0_usize..=2, unit in 0_usize..4) {
        let unit = [StatedUnit::Kronor, StatedUnit::TusenKronor, StatedUnit::MiljonerKronor, StatedUnit::Percent][unit];
        let sign = if digits < 0 { "-" } else { "" };
        let figure = format!("{:0width$}", digits.abs(), width = decimals + 1);
        let (whole, fraction) = figure.split_at(figure.len() - decimals);
        let comma = if decimals > 0 { "," } else { "" };
        let stated = Stated::read(&format!("{sign}{whole}{comma}{fraction}"), unit).unwrap();
        prop_assert_eq!(stated.to_string().parse(), Ok(stated));
        prop_assert_eq!(stated.value(), digits * stated.step());
    }

    #[test]
    fn no_text_whatever_makes_a_figure_or_a_key_panic(text in any::<String>(), figure in "[-−0-9 ,.%\u{a0}krtmnst/]{0,20}") {
        for text in [&text, &figure] {
            for unit in [StatedUnit::Kronor, StatedUnit::MiljonerKronor, StatedUnit::Percent, StatedUnit::Count] {
                let _ = Stated::read(text, unit);
            }
            let _ = text.parse::<Stated>();
            let _ = text.parse::<StatedKey>();
            let _ = text.parse::<Year>();
        }
    }
}
