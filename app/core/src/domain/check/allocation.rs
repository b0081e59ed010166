//! What initiatives were allocated, against the parts it was decided in.

use super::finding::{Finding, FindingKind, Spot};
use super::inspection::{Inspection, Question};
use super::plan::added;
use super::reading::Known;
use crate::domain::money::Money;
use crate::domain::stated::Stated;

/// *Tilldelade medel*: what an initiative was allocated, decision by decision, and the sum its source prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// The initiative's name.
    pub name: String,
    /// Each decision's amount, known to the öre.
    pub parts: Vec<Money>,
    /// The stated sum.
    pub stated: Option<Stated>,
}

/// The stated sums of what initiatives were allocated, held against their parts.
pub fn allocations(allocations: &[Allocation]) -> Vec<Finding> {
    let mut inspection = Inspection::default();
    for allocation in allocations {
        let parts: Vec<_> =
            allocation.parts.iter().map(|part| ("ett av besluten", Known::given(part.ore(), None))).collect();
        let label = format!("Tilldelade medel, {}", allocation.name);
        let question = Question::new(FindingKind::Allocated, Spot::Allocation(allocation.name.clone()), label);
        inspection.judge(question, &added("besluten tillsammans", &parts), allocation.stated);
    }
    inspection.finish()
}
