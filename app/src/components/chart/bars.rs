//! Lying bars: a few amounts of each row beside one another, every bar with its name and figure at its end.

use super::Words;
use super::axis::{in_whole, percent};
use super::key::{Patterns, fill};
use super::picture::Picture;
use crate::components::grid::cell::shorten_to;
use crate::domain::Scale;
use crate::domain::money::{AmountUnit, Money};
use leptos::prelude::*;

/// How much of the width the bars may take, in hundredths of a percent: the rest is for the words at their ends.
const LENGTH: i32 = 6_000;
/// How high a bar is, with what is between two.
const BAR: i32 = 20;
/// How much a row takes beside its bars: its name, and space before the next.
const NAME: i32 = 34;
/// As many letters of a name as a phone shows in one line: alone, and with a mark after it.
const LONGEST_NAME: [usize; 2] = [36, 26];

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is: "Budget".
    pub name: &'static str,
    /// How long it is; a bar that is empty says so.
    pub amount: Option<Money>,
}

/// A row of bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarRow {
    /// *Namn*.
    pub name: String,
    /// What is to be noticed about it, in words: "Över budget".
    pub mark: Option<&'static str>,
    /// Its bars. Bars at the same place in their rows look alike.
    pub bars: Vec<Bar>,
}

/// Lying bars, row by row.
#[component]
pub fn Bars(
    /// For those who do not see it.
    words: Words,
    /// The rows.
    rows: Vec<BarRow>,
    /// The unit of the figures.
    unit: AmountUnit,
) -> impl IntoView {
    let id = words.id;
    let scale = Scale::of(rows.iter().flat_map(|row| row.bars.iter().filter_map(|bar| bar.amount)), 4);
    let kinds = rows.iter().map(|row| row.bars.len()).max().unwrap_or(0);
    let mut height = 0;
    let drawn: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let top = height;
            height += NAME + BAR * i32::try_from(row.bars.len()).unwrap_or(0);
            row_view(id, scale, row, top, unit)
        })
        .collect();
    let zero = percent(scale.zero(LENGTH));
    view! {
        <Picture words height>
            <Patterns id count=kinds />
            {drawn}
            <line class="zero" x1=zero.clone() x2=zero y1="0" y2=height.to_string() />
        </Picture>
    }
}

fn row_view(id: &'static str, scale: Scale, row: BarRow, top: i32, unit: AmountUnit) -> impl IntoView {
    let bars: Vec<_> = row
        .bars
        .into_iter()
        .zip(0..)
        .map(|(bar, at)| bar_view(id, scale, bar, at, top + 24 + BAR * at, unit))
        .collect();
    let name = shorten_to(&row.name, LONGEST_NAME[usize::from(row.mark.is_some())]);
    let mark = row.mark.map(|mark| view! { <tspan class="bar-mark">{format!(" · {mark}")}</tspan> });
    view! {
        <g>
            <text class="bar-name" x="0" dx="4" y=(top + 17).to_string()>
                {name}
                {mark}
            </text>
            {bars}
        </g>
    }
}

fn bar_view(id: &'static str, scale: Scale, bar: Bar, at: i32, top: i32, unit: AmountUnit) -> impl IntoView {
    let zero = scale.zero(LENGTH);
    let end = bar.amount.map_or(zero, |amount| scale.place(amount, LENGTH));
    let figure = bar.amount.map_or_else(|| "–".to_owned(), |amount| in_whole(amount, unit));
    let rect = bar.amount.map(|_| {
        view! {
            <rect
                x=percent(zero.min(end))
                y=top.to_string()
                width=percent((end - zero).abs().max(20))
                height=(BAR - 4).to_string()
                fill=fill(id, usize::try_from(at).unwrap_or(0))
            />
        }
    });
    view! {
        {rect}
        <text class="value" x=percent(zero.max(end)) dx="6" y=(top + 13).to_string()>
            {format!("{} {figure}", bar.name)}
        </text>
    }
}
