//! The tables of the read model: what names a row, and where it stands among the others.

use super::{EquivalentView, IncomeView, LineView, OutcomeView, SectionView, VersionView};
use crate::document::tree::table::TableRow;
use crate::domain::{EquivalentId, IncomeId, LineId, OutcomeId, SectionId, VersionId};

impl TableRow for SectionView {
    type Id = SectionId;

    fn id(&self) -> SectionId {
        self.id
    }

    fn order(&self) -> &str {
        &self.order
    }
}

impl TableRow for LineView {
    type Id = LineId;

    fn id(&self) -> LineId {
        self.line.id
    }

    fn order(&self) -> &str {
        &self.order
    }

    fn stands_with(&self, other: &Self) -> bool {
        (self.section, &self.order) == (other.section, &other.order)
    }
}

impl TableRow for IncomeView {
    type Id = IncomeId;

    fn id(&self) -> IncomeId {
        self.income.id
    }

    fn order(&self) -> &str {
        &self.order
    }
}

impl TableRow for EquivalentView {
    type Id = EquivalentId;

    fn id(&self) -> EquivalentId {
        self.row.id
    }

    fn order(&self) -> &str {
        &self.order
    }
}

/// By their days, which are no keys of order: see `read::sort_all`.
impl TableRow for OutcomeView {
    type Id = OutcomeId;

    fn id(&self) -> OutcomeId {
        self.outcome.id
    }

    fn order(&self) -> &str {
        ""
    }

    fn stands_with(&self, other: &Self) -> bool {
        self.outcome.through == other.outcome.through
    }
}

/// By their days too, which never change.
impl TableRow for VersionView {
    type Id = VersionId;

    fn id(&self) -> VersionId {
        self.id
    }

    fn order(&self) -> &str {
        ""
    }
}
