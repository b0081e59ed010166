//! From what people type and paste to an amount, or to a sentence that tells them what to write instead.
//!
//! Guesses nothing: where a text has two readings, it asks.

use super::{AmountUnit, Money};

/// What is wrong with a text that should be an amount. `Display` is Swedish and tells what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Nothing was written.
    #[error("Fyll i ett belopp.")]
    Empty,
    /// Three digits after a single point: thousands in one convention, decimals in another.
    #[error("{text} kan betyda {thousands} eller {decimal}. Skriv {thousands} eller {decimal}.")]
    Ambiguous {
        /// What was written.
        text: String,
        /// The figure, were the point a thousands separator.
        thousands: String,
        /// The figure, were the point a decimal sign.
        decimal: String,
    },
    /// Finer than an öre.
    #[error(
        "Beloppet har för många decimaler. Ett belopp i {unit} kan ha högst {most} decimaler, eftersom öret är minst."
    )]
    TooManyDecimals {
        /// The unit's sign.
        unit: &'static str,
        /// How many decimals the unit can have.
        most: usize,
    },
    /// Spaces that do not stand between groups of three digits.
    #[error("Mellanslagen i {0} står inte mellan grupper om tre siffror. Skriv till exempel 1\u{a0}500\u{a0}000.")]
    Grouping(String),
    /// More than one comma or point.
    #[error(
        "{0} har flera komman eller punkter. Skriv mellanslag mellan tusental och ett komma före decimaler, till exempel 1\u{a0}500\u{a0}000,50."
    )]
    SeveralSeparators(String),
    /// A comma or point without digits on both sides.
    #[error("{0} saknar siffror före eller efter kommat. Skriv till exempel 0,50.")]
    LoneSeparator(String),
    /// Anything that is no figure.
    #[error("{0} är inte ett belopp. Skriv med siffror, till exempel 1\u{a0}500 eller 1\u{a0}500,50.")]
    NotAnAmount(String),
    /// Larger than a plan holds.
    #[error("Fyll i ett belopp som är lägre än 100\u{a0}000\u{a0}000\u{a0}000\u{a0}kronor.")]
    TooLarge,
    /// Smaller than a plan holds.
    #[error("Fyll i ett belopp som är högre än −100\u{a0}000\u{a0}000\u{a0}000\u{a0}kronor.")]
    TooSmall,
}

/// A unit written after the figure: its sign, and how many digits its decimal comma stands before the öre.
#[derive(Clone, Copy)]
struct Scale {
    sign: &'static str,
    places: usize,
}

const KRONOR: Scale = Scale { sign: "kr", places: 2 };
const TUSEN_KRONOR: Scale = Scale { sign: "tkr", places: 5 };
const MILJONER_KRONOR: Scale = Scale { sign: "mnkr", places: 8 };

impl From<AmountUnit> for Scale {
    fn from(unit: AmountUnit) -> Self {
        match unit {
            AmountUnit::Kronor => KRONOR,
            AmountUnit::TusenKronor => TUSEN_KRONOR,
        }
    }
}

/// Ordinary, no-break and narrow no-break: what word processors, spreadsheets and people put between thousands.
fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{202f}')
}

pub(super) fn parse(text: &str, unit: AmountUnit) -> Result<Money, AmountError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AmountError::Empty);
    }
    let (figure, scale) = split_unit(text, unit);
    let (negative, figure) = match figure.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest.trim_start_matches(is_space)),
        None => (false, figure),
    };
    let known = |character: char| character.is_ascii_digit() || is_space(character) || matches!(character, ',' | '.');
    if !figure.contains(|character: char| character.is_ascii_digit()) || !figure.chars().all(known) {
        return Err(AmountError::NotAnAmount(quoted(text)));
    }
    let (whole, decimals) = split_decimals(figure, text, negative)?;
    let digits = joined_groups(whole, text)?;
    if decimals.len() > scale.places {
        return Err(AmountError::TooManyDecimals { unit: scale.sign, most: scale.places });
    }
    let magnitude = in_ore(&digits, decimals, scale.places).filter(|ore| *ore <= Money::MAX_ORE);
    match (magnitude, negative) {
        (Some(ore), true) => Ok(Money::from_ore(-ore)),
        (Some(ore), false) => Ok(Money::from_ore(ore)),
        (None, true) => Err(AmountError::TooSmall),
        (None, false) => Err(AmountError::TooLarge),
    }
}

/// Takes the unit off the end. Longest sign first, since `kr` ends them all.
fn split_unit(text: &str, unit: AmountUnit) -> (&str, Scale) {
    for scale in [MILJONER_KRONOR, TUSEN_KRONOR, KRONOR] {
        let Some(start) = text.len().checked_sub(scale.sign.len()) else { continue };
        let Some((figure, sign)) = text.split_at_checked(start) else { continue };
        if sign.eq_ignore_ascii_case(scale.sign) {
            return (figure.trim_end_matches(is_space), scale);
        }
    }
    (text, unit.into())
}

/// The parts before and after the decimal sign; asks where a point has two readings.
fn split_decimals<'a>(figure: &'a str, text: &str, negative: bool) -> Result<(&'a str, &'a str), AmountError> {
    let mut signs = figure.match_indices([',', '.']);
    let Some((at, sign)) = signs.next() else { return Ok((figure, "")) };
    if signs.next().is_some() {
        return Err(AmountError::SeveralSeparators(quoted(text)));
    }
    let (whole, decimals) = (&figure[..at], &figure[at + 1..]);
    if whole.is_empty() || decimals.is_empty() {
        return Err(AmountError::LoneSeparator(quoted(text)));
    }
    if decimals.contains(is_space) {
        return Err(AmountError::Grouping(quoted(text)));
    }
    // A first group of thousands has one to three digits and does not begin with a zero.
    let could_group = (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if sign == "." && decimals.len() == 3 && could_group && !whole.contains(is_space) {
        let minus = if negative { "\u{2212}" } else { "" };
        return Err(AmountError::Ambiguous {
            text: figure_as_written(text),
            thousands: format!("{minus}{whole}\u{a0}{decimals}"),
            decimal: match decimals.trim_end_matches('0') {
                "" => format!("{minus}{whole}"),
                decimals => format!("{minus}{whole},{decimals}"),
            },
        });
    }
    Ok((whole, decimals))
}

/// The digits before the decimal sign with their spaces taken out, where these stand between thousands.
fn joined_groups(whole: &str, text: &str) -> Result<String, AmountError> {
    let groups: Vec<&str> = whole.split(is_space).collect();
    let proper = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3),
        [] => false,
    };
    if proper { Ok(groups.concat()) } else { Err(AmountError::Grouping(quoted(text))) }
}

/// Digits around a decimal sign as öre; none where that overflows.
fn in_ore(whole: &str, decimals: &str, places: usize) -> Option<i64> {
    let padding = "0".repeat(places - decimals.len());
    format!("{whole}{decimals}{padding}").parse().ok()
}

/// What was written, in Swedish quotation marks, cut to what fits beside a cell.
fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(30).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("”{shown}”")
}

/// As [`quoted`], for a text already known to be short and plain.
fn figure_as_written(text: &str) -> String {
    text.chars().take(30).collect()
}
