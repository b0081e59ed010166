//! What is known of a quantity: the interval it lies in, and a second reading where a wrong figure was printed.
//!
//! Linear quantities count in halves of the smallest unit (öre, or one of a count), since rounding moves by halves.

use std::collections::BTreeSet;

use crate::domain::ratio::Ratio;
use crate::domain::stated::Stated;

/// Numbers of findings: which wrong stated figures a reading rests on.
pub(super) type Roots = BTreeSet<usize>;

/// How many disputed terms a sum follows in every mixture; with more, only the likely mixtures are followed.
const MOST_MIXED: usize = 10;

/// A closed interval, in halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub low: i128,
    pub high: i128,
}

impl Span {
    /// All that is printed as this figure.
    pub fn of(stated: Stated) -> Self {
        Self::around(2 * i128::from(stated.value()), stated.step().into())
    }

    /// `halves`, and half a step to either side. `step` is in whole units, and so its half in halves.
    pub fn around(halves: i128, step: i128) -> Self {
        Self { low: halves - step, high: halves + step }
    }

    pub fn meet(self, other: Self) -> Option<Self> {
        let both = Self { low: self.low.max(other.low), high: self.high.min(other.high) };
        (both.low <= both.high).then_some(both)
    }
}

/// One reading of a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub span: Span,
    /// By plain calculation from the printed digits, in halves.
    pub plain: i128,
    /// The wrong figures that this reading takes at their word; none for what the figures give.
    pub roots: Roots,
}

/// A quantity: first as the figures give it, and then, where wrong figures were printed, as these would have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known(pub Vec<Reading>);

impl Known {
    /// A figure that nothing contradicts: `value` in whole units, rounded to `step` if it was.
    pub fn given(value: i64, step: Option<i64>) -> Self {
        let plain = 2 * i128::from(value);
        let span = Span::around(plain, step.unwrap_or(0).into());
        Self(vec![Reading { span, plain, roots: Roots::new() }])
    }

    /// What the figures give.
    pub fn clean(&self) -> &Reading {
        self.0.first().expect("a quantity is never without a reading")
    }

    /// What the printed figures would have, where they are wrong.
    pub fn printed(&self) -> &Reading {
        self.0.last().expect("a quantity is never without a reading")
    }

    fn is_disputed(&self) -> bool {
        self.0.len() > 1
    }
}

/// Adds up terms, each with its sign, in every mixture of readings worth following. The clean one comes first.
pub(super) fn sum(terms: &[(i128, &Known)]) -> Vec<Reading> {
    let disputed: Vec<usize> = (0..terms.len()).filter(|at| terms[*at].1.is_disputed()).collect();
    let mixtures: Vec<Vec<usize>> = if disputed.len() <= MOST_MIXED {
        let subset = |bits: usize| {
            let taken = disputed.iter().enumerate().filter(move |(bit, _)| bits >> bit & 1 == 1);
            taken.map(|(_, at)| *at).collect()
        };
        (0..1_usize << disputed.len()).map(subset).collect()
    } else {
        // As worked out, one figure as printed, all but one, and all: nobody adds up a random half of them.
        let all_but = |left: &usize| disputed.iter().copied().filter(|at| at != left).collect();
        let one = disputed.iter().map(|at| vec![*at]);
        [Vec::new()].into_iter().chain(one).chain(disputed.iter().map(all_but)).chain([disputed.clone()]).collect()
    };
    let mut readings: Vec<Reading> = mixtures.iter().map(|printed| add(terms, printed)).collect();
    readings.sort_by_key(|reading| reading.roots.len());
    readings
}

/// The terms' sum, where those at `printed` are taken as printed.
fn add(terms: &[(i128, &Known)], printed: &[usize]) -> Reading {
    let mut sum = Reading { span: Span { low: 0, high: 0 }, plain: 0, roots: Roots::new() };
    for (at, (sign, term)) in terms.iter().enumerate() {
        let reading = if printed.contains(&at) { term.printed() } else { term.clean() };
        let ends = (sign * reading.span.low, sign * reading.span.high);
        sum.span.low += ends.0.min(ends.1);
        sum.span.high += ends.0.max(ends.1);
        sum.plain += sign * reading.plain;
        sum.roots.extend(reading.roots.iter().copied());
    }
    sum
}

/// One reading of a quantity that need not be whole: what is held against a stated figure, in the smallest unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub low: Ratio,
    pub high: Ratio,
    pub plain: Ratio,
    pub roots: Roots,
}

impl From<&Reading> for Candidate {
    fn from(reading: &Reading) -> Self {
        scaled(reading, 1, 1).expect("one is not zero")
    }
}

/// A reading times a fraction that is not below zero, such as the ceiling's rate.
pub(super) fn scaled(reading: &Reading, numerator: i128, denominator: i128) -> Option<Candidate> {
    let of = |halves: i128| Ratio::new(halves * numerator, 2 * denominator);
    Some(Candidate {
        low: of(reading.span.low)?,
        high: of(reading.span.high)?,
        plain: of(reading.plain)?,
        roots: reading.roots.clone(),
    })
}

/// Part of whole in hundredths of a percent, in every mixture of readings. Empty where the whole could be zero or
/// less: no percentage could be called wrong then.
pub(super) fn share(part: &Known, whole: &Known) -> Vec<Candidate> {
    if whole.0.iter().any(|reading| reading.span.low <= 0) {
        return Vec::new();
    }
    let mut candidates = Vec::new();
    for part in &part.0 {
        for whole in &whole.0 {
            // The largest whole makes a part above zero least, and one below zero greatest.
            let (for_low, for_high) = (
                if part.span.low >= 0 { whole.span.high } else { whole.span.low },
                if part.span.high >= 0 { whole.span.low } else { whole.span.high },
            );
            let of = |part: i128, whole: i128| Ratio::new(10_000 * part, whole);
            let ends = (
                of(part.span.low, for_low),
                of(part.span.high, for_high),
                of(part.plain, whole.plain.max(whole.span.low)),
            );
            let (Some(low), Some(high), Some(plain)) = ends else { continue };
            let roots = part.roots.union(&whole.roots).copied().collect();
            candidates.push(Candidate { low, high, plain, roots });
        }
    }
    candidates.sort_by_key(|candidate| candidate.roots.len());
    candidates
}
