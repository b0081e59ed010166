//! Lines: how a few amounts go over the years. Told apart by dash and by the shape of their points, and named where they
//! end.

use super::axis::{Axes, HEIGHT, Plot, in_whole, percent};
use super::key::series_class;
use super::picture::Picture;
use super::{Series, Words};
use crate::domain::money::{AmountUnit, Money};
use leptos::prelude::*;

/// More years than this have figures at their first and last point alone.
const MOST_FIGURES: usize = 4;

/// The shapes of the points, around their middle: round, on its point, square, triangle.
const SHAPES: [&str; 4] =
    ["M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z", "M0-6.5 6.5 0 0 6.5-6.5 0Z", "M-5-5h10v10h-10Z", "M0-6 6 5h-12Z"];

/// A point and what is written at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    category: usize,
    amount: Money,
    /// Whether its figure stands above it, so that it is clear of the other lines.
    above: bool,
}

/// The points of each line. Of those at a category the highest has its figure above, the others below.
fn points(series: &[Series]) -> Vec<Vec<Point>> {
    let highest = |category: usize| series.iter().filter_map(|line| *line.amounts.get(category)?).max();
    let first_at = |category: usize, amount: Money| {
        series.iter().position(|line| line.amounts.get(category).copied().flatten() == Some(amount))
    };
    let line = |(at, line): (usize, &Series)| {
        let written = line.amounts.iter().enumerate().filter_map(|(category, amount)| Some((category, (*amount)?)));
        written
            .map(|(category, amount)| {
                let above = highest(category) == Some(amount) && first_at(category, amount) == Some(at);
                Point { category, amount, above }
            })
            .collect()
    };
    series.iter().enumerate().map(line).collect()
}

/// Lines over categories.
#[component]
pub fn Lines(
    /// For those who do not see it.
    words: Words,
    /// What stands along the foot.
    categories: Vec<String>,
    /// The lines.
    series: Vec<Series>,
    /// The unit of the figures.
    unit: AmountUnit,
) -> impl IntoView {
    let plot = Plot::new(series.iter().flat_map(|line| line.amounts.iter().flatten().copied()), categories.len());
    let many = categories.len() > MOST_FIGURES;
    let lines = points(&series);
    let drawn: Vec<_> = lines
        .iter()
        .enumerate()
        .map(|(at, points)| {
            let strokes: Vec<_> = points
                .windows(2)
                .filter(|pair| pair[1].category == pair[0].category + 1)
                .map(|pair| stroke(plot, pair[0], pair[1]))
                .collect();
            let marks: Vec<_> = points.iter().map(|point| mark(plot, *point, at)).collect();
            view! { <g class=format!("line {}", series_class(at))>{strokes} {marks}</g> }
        })
        .collect();
    // Figures and names last, so that no line goes over them.
    let labels: Vec<_> = lines
        .iter()
        .zip(&series)
        .map(|(points, series)| {
            let last = points.len().saturating_sub(1);
            points
                .iter()
                .enumerate()
                .filter(|(at, _)| !many || *at == 0 || *at == last)
                .map(|(at, point)| label(plot, *point, (at == last).then(|| series.name.clone()), unit))
                .collect_view()
        })
        .collect();
    view! {
        <Picture words height=HEIGHT>
            <Axes plot categories unit />
            {drawn}
            {labels}
        </Picture>
    }
}

fn stroke(plot: Plot, from: Point, to: Point) -> impl IntoView {
    view! {
        <line
            class="stroke"
            x1=percent(plot.middle(from.category))
            y1=plot.y(from.amount).to_string()
            x2=percent(plot.middle(to.category))
            y2=plot.y(to.amount).to_string()
        />
    }
}

/// A point in the middle of a drawing of its own, since only that may stand at a percentage.
fn mark(plot: Plot, point: Point, series: usize) -> impl IntoView {
    view! {
        <svg class="mark" x=percent(plot.middle(point.category)) y=plot.y(point.amount).to_string()>
            <path d=SHAPES[series % SHAPES.len()] />
        </svg>
    }
}

fn label(plot: Plot, point: Point, name: Option<String>, unit: AmountUnit) -> impl IntoView {
    let y = plot.y(point.amount);
    // Below, unless that is where the categories stand.
    let above = point.above || y > HEIGHT - 78;
    let (figure, name_at) = if above { (y - 12, y - 29) } else { (y + 22, y + 39) };
    let name = name.map(|name| {
        view! {
            <text class="value name" x="100%" y=name_at.to_string() text-anchor="end">
                {name}
            </text>
        }
    });
    view! {
        <text class="value" x=percent(plot.middle(point.category)) y=figure.to_string() text-anchor="middle">
            {in_whole(point.amount, unit)}
        </text>
        {name}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_lines_the_higher_has_its_figures_above() {
        let line = |amounts: &[Option<i32>]| Series {
            name: String::new(),
            amounts: amounts.iter().map(|amount| amount.map(Money::from_kronor)).collect(),
        };
        let points = points(&[line(&[Some(8), Some(3), None]), line(&[Some(2), Some(3), Some(2)])]);
        let above: Vec<Vec<bool>> = points.iter().map(|line| line.iter().map(|point| point.above).collect()).collect();
        assert_eq!(above, [vec![true, true], vec![false, false, true]]);
        assert_eq!(points[0].len(), 2, "a year without an amount has no point");
    }
}
