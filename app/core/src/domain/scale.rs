//! Axes of pictures: round steps, and where an amount stands along one.
//!
//! Exact like everything about money; only the place on the screen is rounded, to whole parts of a length that the
//! caller chooses.

use super::money::Money;

/// *Skala*: an axis from one round amount to another, with nothing (0) on it.
///
/// ```
/// use samplan_core::domain::{Money, Scale};
///
/// let scale = Scale::of([Money::from_kronor(18_506), Money::from_kronor(-64)], 5);
/// let ticks: Vec<_> = scale.ticks().iter().map(|tick| tick.ore() / 100).collect();
/// assert_eq!(ticks, [-5_000, 0, 5_000, 10_000, 15_000, 20_000]);
/// assert_eq!(scale.place(Money::from_kronor(20_000), 300), 300);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    low: i128,
    high: i128,
    step: i128,
}

/// A thousand kronor in öre: the axis of a picture in which nothing stands yet.
const EMPTY: i128 = 100_000;
/// One krona in öre: no axis is finer.
const FINEST: i128 = 100;

impl Scale {
    /// The axis that holds these amounts and 0, in at most `steps` round steps (1, 2 or 5 and zeros), and one more
    /// where the amounts lie on both sides of 0.
    pub fn of(amounts: impl IntoIterator<Item = Money>, steps: usize) -> Self {
        let (least, most) = amounts.into_iter().map(|amount| i128::from(amount.ore())).fold((0, 0), |ends, ore| {
            let (least, most): (i128, i128) = ends;
            (least.min(ore), most.max(ore))
        });
        if least == most {
            return Self { low: 0, high: EMPTY, step: EMPTY };
        }
        let wanted = i128::try_from(steps.max(1)).unwrap_or(1);
        let fits = |step: &i128| (most - least) <= step * wanted;
        let step = round_steps().find(fits).unwrap_or(most - least);
        let low = -((-least + step - 1) / step) * step;
        let high = (most + step - 1) / step * step;
        Self { low, high, step }
    }

    /// The round amounts along the axis, its ends among them.
    pub fn ticks(&self) -> Vec<Money> {
        let count = (self.high - self.low) / self.step;
        (0..=count).map(|at| money(self.low + at * self.step)).collect()
    }

    /// Where an amount stands on an axis that is `length` long, from its lower end. What lies outside stands at the end.
    pub fn place(&self, amount: Money, length: i32) -> i32 {
        let ore = i128::from(amount.ore()).clamp(self.low, self.high) - self.low;
        let span = self.high - self.low;
        let place = (2 * ore * i128::from(length) + span) / (2 * span);
        i32::try_from(place).unwrap_or(length)
    }

    /// Where 0 stands.
    pub fn zero(&self, length: i32) -> i32 {
        self.place(Money::ZERO, length)
    }
}

/// 1, 2, 5, 10, 20, 50 … kronor, as öre.
fn round_steps() -> impl Iterator<Item = i128> {
    // Beyond what any sum of amounts comes to: 10^20 öre.
    (0..19).flat_map(|zeros| [1, 2, 5].map(|digit| digit * FINEST * 10_i128.pow(zeros)))
}

fn money(ore: i128) -> Money {
    Money::from_ore(i64::try_from(ore).unwrap_or(if ore < 0 { i64::MIN } else { i64::MAX }))
}
