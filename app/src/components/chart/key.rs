//! The patterns of the series, and the list that says which is whose.

use super::Series;
use leptos::prelude::*;

/// The name of a series' pattern on the page.
pub fn pattern_id(chart: &str, series: usize) -> String {
    format!("{chart}-monster-{series}")
}

/// What fills a series.
pub fn fill(chart: &str, series: usize) -> String {
    format!("url(#{})", pattern_id(chart, series))
}

/// The class that gives a series its colour.
pub fn series_class(series: usize) -> String {
    format!("series-{series}")
}

/// Marks in a square of eight pixels: none, a slant, dots, level and upright lines, both.
const MARKS: [&str; 6] = ["", "M-2 2 2-2M0 8 8 0M6 10l4-4", "M1 2h2M5 6h2", "M0 3h8", "M3 0v8", "M0 3h8M3 0v8"];

/// The patterns of a picture's series.
#[component]
pub fn Patterns(
    /// The picture.
    id: &'static str,
    /// How many series there are.
    count: usize,
) -> impl IntoView {
    let patterns: Vec<_> = (0..count)
        .map(|series| {
            let marks = MARKS[series % MARKS.len()];
            view! {
                <pattern
                    id=pattern_id(id, series)
                    class=series_class(series)
                    width="8"
                    height="8"
                    patternUnits="userSpaceOnUse"
                >
                    <rect class="ink" width="8" height="8" />
                    <path class="mark-lines" d=marks />
                </pattern>
            }
        })
        .collect();
    view! { <defs>{patterns}</defs> }
}

/// Which pattern is whose.
#[component]
pub fn Key(
    /// The picture.
    id: &'static str,
    /// Its series.
    series: Vec<Series>,
) -> impl IntoView {
    let entries: Vec<_> = series
        .into_iter()
        .enumerate()
        .map(|(at, series)| {
            view! {
                <li>
                    <svg class="swatch" aria-hidden="true" width="24" height="16">
                        <rect width="24" height="16" fill=fill(id, at) />
                    </svg>
                    {series.name}
                </li>
            }
        })
        .collect();
    view! { <ul class="chart-key">{entries}</ul> }
}
