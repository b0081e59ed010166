//! Exact fractions, for percentages and rates: never floats, never rounded before they are shown.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// *Kvot*: a fraction in lowest terms.
///
/// ```
/// use samplan_core::domain::Ratio;
///
/// let share = Ratio::new(3_429, 8_054).ok_or("a budget of zero")?;
/// assert_eq!(share.percent(0), "43");
/// assert_eq!(share.percent(1), "42,6");
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "(i64, i64)", into = "(i64, i64)")]
pub struct Ratio {
    numerator: i128,
    /// Above zero.
    denominator: i128,
}

impl Ratio {
    /// The fraction of these two; none over zero.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator, denominator);
        let sign = if denominator < 0 { -1 } else { 1 };
        Some(Self { numerator: sign * numerator / divisor, denominator: sign * denominator / divisor })
    }

    /// A whole number.
    pub fn whole(number: i128) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    /// Numerator and denominator in lowest terms; the denominator is above zero.
    pub fn terms(self) -> (i128, i128) {
        (self.numerator, self.denominator)
    }

    /// The fraction times a whole number, rounded to a whole one, half away from zero.
    pub fn times_rounded(self, factor: i128) -> i128 {
        let exact = self.numerator * factor;
        let halves = 2 * exact.abs() + self.denominator;
        exact.signum() * (halves / (2 * self.denominator))
    }

    /// The largest whole number not above the fraction.
    pub fn floor(self) -> i128 {
        self.numerator.div_euclid(self.denominator)
    }

    /// The smallest whole number not below the fraction.
    pub fn ceiling(self) -> i128 {
        -(-self.numerator).div_euclid(self.denominator)
    }

    /// The fraction in percent with so many decimals, in Swedish form without the sign: `42,6`.
    pub fn percent(self, decimals: u8) -> String {
        written(self.times_rounded(100 * 10_i128.pow(u32::from(decimals))), usize::from(decimals))
    }
}

/// A number of which the last digits are decimals, in Swedish form.
pub fn written(digits: i128, decimals: usize) -> String {
    let text = format!("{:0width$}", digits.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = text.split_at(text.len() - decimals);
    let minus = if digits < 0 { "\u{2212}" } else { "" };
    let mut grouped = String::from(minus);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    if fraction.is_empty() { grouped } else { format!("{grouped},{fraction}") }
}

fn greatest_common_divisor(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one.abs(), other.abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.max(1)
}

impl Ord for Ratio {
    /// By whole parts and then by the remainders turned over, as Euclid divides: multiplying crosswise could overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut one, mut other) = ((self.numerator, self.denominator), (other.numerator, other.denominator));
        let mut reversed = false;
        loop {
            let wholes = one.0.div_euclid(one.1).cmp(&other.0.div_euclid(other.1));
            let remainders = (one.0.rem_euclid(one.1), other.0.rem_euclid(other.1));
            let order = match (wholes, remainders) {
                (Ordering::Equal, (0, 0)) => Ordering::Equal,
                (Ordering::Equal, (0, _)) => Ordering::Less,
                (Ordering::Equal, (_, 0)) => Ordering::Greater,
                (Ordering::Equal, (left, right)) => {
                    // a/b < c/d exactly where b/a > d/c.
                    (one, other) = ((one.1, left), (other.1, right));
                    reversed = !reversed;
                    continue;
                }
                (unequal, _) => unequal,
            };
            return if reversed { order.reverse() } else { order };
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl TryFrom<(i64, i64)> for Ratio {
    type Error = &'static str;

    fn try_from((numerator, denominator): (i64, i64)) -> Result<Self, Self::Error> {
        Self::new(numerator.into(), denominator.into()).ok_or("a fraction over zero")
    }
}

impl From<Ratio> for (i64, i64) {
    /// Fractions of two amounts always fit; a larger one stays at the end.
    fn from(ratio: Ratio) -> Self {
        let fit = |number: i128| i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX });
        (fit(ratio.numerator), fit(ratio.denominator))
    }
}
