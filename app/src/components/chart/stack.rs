//! Stacked columns: the parts of a whole, category by category. What is below zero hangs under it.

use super::axis::{Axes, HEIGHT, Plot, in_whole, percent};
use super::key::{Key, Patterns, fill};
use super::picture::Picture;
use super::{Series, Words};
use crate::domain::money::{AmountUnit, Money};
use leptos::prelude::*;

/// A part must be so high, in pixels, for its figure to stand in it.
const ROOM_FOR_FIGURE: i32 = 20;
/// No column is wider than this, in hundredths of a percent.
const WIDEST: i32 = 2_400;

/// One part of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    series: usize,
    from: Money,
    to: Money,
}

/// Parts on top of one another from zero; those below zero downwards.
fn blocks(series: &[Series], category: usize) -> Vec<Block> {
    let (mut above, mut below) = (Money::ZERO, Money::ZERO);
    let amounts = series.iter().enumerate().filter_map(|(at, series)| Some((at, (*series.amounts.get(category)?)?)));
    amounts
        .filter(|(_, amount)| !amount.is_zero())
        .map(|(series, amount)| {
            let end = if amount.is_negative() { &mut below } else { &mut above };
            let from = *end;
            *end += amount;
            Block { series, from, to: *end }
        })
        .collect()
}

/// Stacked columns with the total of each above it.
#[component]
pub fn Stack(
    /// For those who do not see it.
    words: Words,
    /// What the columns are called.
    categories: Vec<String>,
    /// The parts, the lowest first.
    series: Vec<Series>,
    /// The whole of each column.
    totals: Vec<Option<Money>>,
    /// The unit of the figures.
    unit: AmountUnit,
) -> impl IntoView {
    let id = words.id;
    let columns: Vec<Vec<Block>> = (0..categories.len()).map(|category| blocks(&series, category)).collect();
    let plot = Plot::new(columns.iter().flatten().map(|block| block.to), categories.len());
    let width = (plot.band() * 7 / 10).min(WIDEST);
    let drawn: Vec<_> = columns
        .into_iter()
        .enumerate()
        .map(|(at, blocks)| {
            let middle = plot.middle(at);
            let above = blocks.iter().map(|block| block.to).max().unwrap_or_default().max(Money::ZERO);
            let total = totals.get(at).copied().flatten();
            let label = total.map_or_else(|| "–".to_owned(), |total| in_whole(total, unit));
            let parts: Vec<_> =
                blocks.into_iter().map(|block| part(id, plot, block, (middle, width), unit)).collect();
            view! {
                <g>
                    {parts}
                    <text class="value total" x=percent(middle) y=plot.y(above).to_string() dy="-6" text-anchor="middle">
                        {label}
                    </text>
                </g>
            }
        })
        .collect();
    let count = series.len();
    view! {
        <Picture words height=HEIGHT>
            <Patterns id count />
            <Axes plot categories unit />
            {drawn}
        </Picture>
        <Key id series />
    }
}

fn part(id: &'static str, plot: Plot, block: Block, (middle, width): (i32, i32), unit: AmountUnit) -> impl IntoView {
    let (one, other) = (plot.y(block.from), plot.y(block.to));
    let (top, height) = (one.min(other), (one - other).abs());
    // A line of background between parts, where they are high enough to lose it.
    let gap = i32::from(height > 3);
    let figure = (height >= ROOM_FOR_FIGURE).then(|| {
        let y = top + height / 2;
        view! {
            <text class="value in-block" x=percent(middle) y=y.to_string() dy="5" text-anchor="middle">
                {in_whole(if block.to.is_negative() { block.to - block.from } else { (block.to - block.from).abs() }, unit)}
            </text>
        }
    });
    view! {
        <rect
            x=percent(middle - width / 2)
            y=top.to_string()
            width=percent(width)
            height=(height - gap).max(1).to_string()
            fill=fill(id, block.series)
        />
        {figure}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(name: &str, amounts: &[Option<i32>]) -> Series {
        let amounts = amounts.iter().map(|amount| amount.map(Money::from_kronor)).collect();
        Series { name: name.to_owned(), amounts }
    }

    #[test]
    fn parts_stand_on_one_another_and_hang_below_zero() {
        let all = [series("a", &[Some(10)]), series("b", &[Some(-4)]), series("c", &[None]), series("d", &[Some(5)])];
        let ends: Vec<_> =
            blocks(&all, 0).iter().map(|it| (it.series, it.from.ore() / 100, it.to.ore() / 100)).collect();
        assert_eq!(ends, [(0, 0, 10), (1, 0, -4), (3, 10, 15)]);
    }

    #[test]
    fn an_empty_year_has_no_parts() {
        assert_eq!(blocks(&[series("a", &[None, Some(0)])], 0), []);
        assert_eq!(blocks(&[series("a", &[None, Some(0)])], 1), []);
    }
}
