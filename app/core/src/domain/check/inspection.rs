//! Holds stated figures against what the figures give, and gathers what is found.

use super::figure::{Figure, shown_in};
use super::finding::{Carried, Finding, FindingKind, Place, Spot};
use super::reading::{Candidate, Known, Reading, Roots, Span, sum};
use super::text;
use crate::domain::money::AmountUnit;
use crate::domain::ratio::Ratio;
use crate::domain::stated::Stated;

/// What is asked about a stated figure.
pub(super) struct Question {
    pub kind: FindingKind,
    pub place: Place,
}

impl Question {
    pub fn new(kind: FindingKind, spot: Spot, label: String) -> Self {
        Self { kind, place: Place { spot, label } }
    }
}

/// One way to work a quantity out.
pub(super) struct Derivation<'a> {
    /// What gives it, as the subject of a sentence: "raderna".
    pub basis: &'a str,
    pub readings: Vec<Reading>,
    /// What was added, by name: a difference of exactly one of these says what happened.
    pub terms: Vec<(&'a str, i128)>,
}

impl<'a> Derivation<'a> {
    /// Terms with sign and name.
    pub fn of(basis: &'a str, terms: &[(i128, &'a str, &Known)]) -> Self {
        let added: Vec<_> = terms.iter().map(|(sign, _, known)| (*sign, *known)).collect();
        let named = terms.iter().map(|(sign, name, known)| (*name, sign * known.clean().plain)).collect();
        Self { basis, readings: sum(&added), terms: named }
    }
}

/// What a stated figure was found to be.
enum Verdict {
    Right,
    /// Right only if these findings' figures were.
    Carried(Roots),
    /// The finding with this number.
    Wrong(usize),
}

/// The findings so far.
#[derive(Default)]
pub(super) struct Inspection {
    findings: Vec<Finding>,
    /// What amounts in each finding's text are shown in, as its source shows them.
    units: Vec<AmountUnit>,
}

impl Inspection {
    /// Works a quantity out and holds what is stated against it. None where there is neither.
    ///
    /// Several derivations must all agree with the stated figure, and the first gives the quantity.
    pub fn judge(&mut self, question: Question, derivations: &[Derivation], stated: Option<Stated>) -> Option<Known> {
        let Some(first) = derivations.first() else {
            return stated.map(|stated| Known::given(stated.value(), Some(stated.step())));
        };
        let cleans = derivations.iter().filter_map(|derivation| derivation.readings.first());
        let mut clean = first.readings.first()?.clone();
        clean.span = cleans.fold(clean.span, |span, other| span.meet(other.span).unwrap_or(span));
        let Some(stated) = stated else {
            let printed = derivations.iter().filter_map(|it| it.readings.last()).find(|it| !it.roots.is_empty());
            return Some(Known([clean].into_iter().chain(printed.cloned()).collect()));
        };
        let ways: Vec<Way> = derivations
            .iter()
            .map(|derivation| Way {
                basis: derivation.basis,
                candidates: derivation.readings.iter().map(Candidate::from).collect(),
                terms: &derivation.terms,
            })
            .collect();
        let printed = |roots| Reading { span: Span::of(stated), plain: 2 * i128::from(stated.value()), roots };
        let readings = match self.hold(question, &ways, stated) {
            Verdict::Right => {
                let own = printed(Roots::new());
                let span = own.span.meet(clean.span).unwrap_or(own.span);
                // Followers add what was printed, unless more is known: amounts to the öre, stated in thousands.
                let plain = [own.plain, clean.plain].into_iter().find(|plain| (span.low..=span.high).contains(plain));
                vec![Reading { span, plain: plain.unwrap_or(span.low), ..own }]
            }
            Verdict::Carried(roots) => vec![clean, printed(roots)],
            Verdict::Wrong(number) => vec![clean, printed(Roots::from([number]))],
        };
        Some(Known(readings))
    }

    /// Holds a stated figure against a quantity that nothing else rests on, such as a percentage.
    pub fn judge_last(&mut self, question: Question, basis: &str, candidates: Vec<Candidate>, stated: Stated) {
        if !candidates.is_empty() {
            self.hold(question, &[Way { basis, candidates, terms: &[] }], stated);
        }
    }

    fn hold(&mut self, question: Question, ways: &[Way], stated: Stated) -> Verdict {
        let fits = |candidate: &Candidate| {
            let span = Span::of(stated);
            let (low, high) = (Ratio::new(span.low, 2), Ratio::new(span.high, 2));
            low.is_some_and(|low| low <= candidate.high) && high.is_some_and(|high| candidate.low <= high)
        };
        let wrong = ways.iter().find_map(|way| way.candidates.first().filter(|clean| !fits(clean)).map(|it| (way, it)));
        let Some((way, clean)) = wrong else { return Verdict::Right };
        let computed = Figure::of(clean.plain.times_rounded(1), stated.unit());
        let followed = ways.iter().flat_map(|way| &way.candidates).find(|it| !it.roots.is_empty() && fits(it));
        if let Some(followed) = followed {
            for root in &followed.roots {
                let carried = Carried { place: question.place.clone(), stated: stated.into(), computed };
                self.findings[*root].carried.push(carried);
            }
            return Verdict::Carried(followed.roots.clone());
        }
        let allowed = printable(clean, stated);
        let unit = shown_in(stated.unit());
        let text = text::wrong_figure(&question.place.label, stated.into(), way.basis, computed, allowed, unit)
            + &text::explanation(question.kind, stated.into(), computed, way.terms);
        self.findings.push(Finding {
            kind: question.kind,
            place: question.place,
            stated: stated.into(),
            computed,
            allowed,
            carried: Vec::new(),
            text,
        });
        self.units.push(unit);
        Verdict::Wrong(self.findings.len() - 1)
    }

    /// What was found, each with what follows from it.
    pub fn finish(self) -> Vec<Finding> {
        let mut findings = self.findings;
        for (finding, unit) in findings.iter_mut().zip(self.units) {
            let sentence = text::carried(&finding.carried, unit);
            finding.text.push_str(&sentence);
        }
        findings
    }
}

struct Way<'a> {
    basis: &'a str,
    candidates: Vec<Candidate>,
    terms: &'a [(&'a str, i128)],
}

/// The least and the most figure of the same decimals that rounding would let be printed.
fn printable(clean: &Candidate, stated: Stated) -> (Figure, Figure) {
    let step = i128::from(stated.step());
    // A multiple v of the step can be printed where v − step/2 ≤ high and v + step/2 ≥ low.
    let halves = |bound: Ratio, sign: i128| {
        let (numerator, denominator) = bound.terms();
        Ratio::new(2 * numerator + sign * denominator * step, 2 * denominator * step).unwrap_or(Ratio::whole(0))
    };
    let least = halves(clean.low, -1).ceiling() * step;
    let most = halves(clean.high, 1).floor() * step;
    (Figure::of(least, stated.unit()), Figure::of(most, stated.unit()))
}
