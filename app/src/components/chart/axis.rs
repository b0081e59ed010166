//! What columns and lines share: the upright axis with its steps, the categories along the foot, and whole units.

use crate::domain::money::{AmountUnit, Money};
use crate::domain::{Ratio, Scale};
use leptos::prelude::*;

/// The height of a picture with an upright axis, in pixels.
pub const HEIGHT: i32 = 340;
/// From its upper edge to the end of the axis: room for a figure and a name above the highest.
const TOP: i32 = 48;
/// From the end of the axis to the lower edge: room for the categories.
const BOTTOM: i32 = 32;
/// Hundredths of a percent of the width before the first category: room for the figures of the axis.
const LEFT: i32 = 1_700;
/// The whole width.
const WIDTH: i32 = 10_000;

/// A picture's plot: where amounts and categories stand in it.
#[derive(Clone, Copy)]
pub struct Plot {
    /// The upright axis.
    pub scale: Scale,
    categories: i32,
}

impl Plot {
    /// The plot that these amounts fit in.
    pub fn new(amounts: impl IntoIterator<Item = Money>, categories: usize) -> Self {
        Self { scale: Scale::of(amounts, 4), categories: i32::try_from(categories.max(1)).unwrap_or(1) }
    }

    /// How far down an amount stands, in pixels.
    pub fn y(&self, amount: Money) -> i32 {
        let length = HEIGHT - TOP - BOTTOM;
        TOP + length - self.scale.place(amount, length)
    }

    /// How much of the width one category has, in hundredths of a percent.
    pub fn band(&self) -> i32 {
        (WIDTH - LEFT) / self.categories
    }

    /// The middle of a category, in hundredths of a percent.
    pub fn middle(&self, category: usize) -> i32 {
        LEFT + self.band() * i32::try_from(category).unwrap_or(0) + self.band() / 2
    }
}

/// Hundredths of a percent, as SVG reads them.
pub fn percent(hundredths: i32) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// The unit that a picture's figures are in: thousands, unless all of them are small.
pub fn chart_unit(amounts: impl IntoIterator<Item = Money>) -> AmountUnit {
    let most = amounts.into_iter().map(Money::abs).max().unwrap_or_default();
    if most < Money::from_kronor(10_000) { AmountUnit::Kronor } else { AmountUnit::TusenKronor }
}

/// An amount in whole units, half away from zero: the exact one stands in the table.
pub fn in_whole(amount: Money, unit: AmountUnit) -> String {
    let size = match unit {
        AmountUnit::Kronor => 100,
        AmountUnit::TusenKronor => 100_000,
    };
    let whole = Ratio::new(amount.ore().into(), size).map_or(0, |ratio| ratio.times_rounded(1));
    Money::from_ore(i64::try_from(whole * size).unwrap_or_default()).format(unit)
}

/// The steps of the axis and the categories along the foot.
#[component]
pub fn Axes(
    /// Where things stand.
    plot: Plot,
    /// What the columns are called.
    categories: Vec<String>,
    /// The unit of the figures.
    unit: AmountUnit,
) -> impl IntoView {
    let steps: Vec<_> = plot
        .scale
        .ticks()
        .into_iter()
        .map(|tick| {
            let y = plot.y(tick).to_string();
            let class = if tick.is_zero() { "zero" } else { "step" };
            view! {
                <line class=class x1="0" x2="100%" y1=y.clone() y2=y.clone() />
                <text class="tick" x="0" y=y dy="-4">
                    {tick.format(unit)}
                </text>
            }
        })
        .collect();
    let names: Vec<_> = categories
        .into_iter()
        .enumerate()
        .map(|(at, name)| {
            view! {
                <text class="category" x=percent(plot.middle(at)) y=(HEIGHT - 8).to_string() text-anchor="middle">
                    {name}
                </text>
            }
        })
        .collect();
    view! { <g class="axes">{steps} {names}</g> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_rounded_to_whole_units_half_away_from_zero() {
        let tkr = AmountUnit::TusenKronor;
        for (ore, text) in
            [(149_999, "1"), (150_000, "2"), (-150_000, "−2"), (-49_999, "0"), (123_456_700, "1\u{a0}235")]
        {
            assert_eq!(in_whole(Money::from_ore(ore), tkr), text);
        }
        assert_eq!(in_whole(Money::from_ore(12_350), AmountUnit::Kronor), "124");
    }

    #[test]
    fn small_figures_are_in_kronor() {
        assert_eq!(chart_unit([]), AmountUnit::Kronor);
        assert_eq!(chart_unit([Money::from_kronor(9_999)]), AmountUnit::Kronor);
        assert_eq!(chart_unit([Money::from_kronor(3), Money::from_kronor(-10_000)]), AmountUnit::TusenKronor);
    }

    #[test]
    fn amounts_stand_within_the_plot_and_categories_beside_one_another() {
        let plot = Plot::new([Money::from_kronor(100)], 2);
        assert_eq!(plot.y(Money::from_kronor(100)), TOP);
        assert_eq!(plot.y(Money::ZERO), HEIGHT - BOTTOM);
        assert!(plot.middle(0) < plot.middle(1) && plot.middle(1) < WIDTH);
        assert_eq!(percent(plot.middle(0)), "37.75%");
    }
}
