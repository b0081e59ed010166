//! *Kontrollräkning*: are a plan's printed figures possible, and does the plan keep to its rules?
//!
//! **What is judged.** A printed figure stands for all that rounds to it: `6` in tkr for 5,5–6,5 tkr. Each sum, result,
//! percentage and total is worked out from the figures it rests on, as the interval that their rounding allows, and is
//! a finding where what was printed lies outside. Figures may be rounded from exact ones, or added from printed ones;
//! both pass. Amounts known to the öre have no rounding.
//!
//! **One error, one finding.** A printed figure is itself used further on: totals add printed sums, closing equity
//! opens the next year. A figure that is right narrows what its followers may be, so that a total is judged as closely
//! as the printed sums allow and not by the rounding of every line under them. A figure that is wrong keeps two
//! readings, as printed and as worked out. A follower that fits what was worked out is right; one that only fits the
//! wrong figure is no finding of its own, but is named in the first one's ([`Finding::carried`]); one that fits neither
//! is a finding. With several wrong figures below it, a follower may fit any mixture of their readings.
//!
//! **Rules** ([`FindingKind::is_rule`]) ask something else: no figure is misprinted, but the plan does not keep to the
//! ceiling, the law's shares, or what the county plan says.

mod allocation;
mod county;
mod county_line;
mod equivalents;
mod figure;
mod finding;
mod inspection;
mod outcome;
mod plan;
mod reading;
mod rules;
mod statable;
mod text;

pub use allocation::{Allocation, allocations};
pub use county::{contributions_against_items, county_figures};
pub use county_line::{CountyContribution, OwnLine};
pub use figure::Figure;
pub use finding::{Carried, Finding, FindingKind, Place, Spot};
pub use plan::plan_figures;
pub use rules::rules;
pub use statable::{Statable, StatableGroup, statable};

use super::budget::Budget;
use super::equivalents::EquivalentRow;
use super::outcome::Outcome;
use super::stated::StatedFigures;

/// Everything there is to say of an association's plan: figures that cannot be right, then rules it does not keep to.
pub fn plan_findings(
    budget: &Budget,
    outcomes: &[Outcome],
    equivalents: &[EquivalentRow],
    stated: &StatedFigures,
    contributions: &[CountyContribution],
) -> Vec<Finding> {
    let mut findings = plan_figures(budget, outcomes, equivalents, stated);
    findings.extend(rules(budget, stated.amounts, contributions));
    findings
}
