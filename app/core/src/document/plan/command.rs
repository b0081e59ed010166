//! What a user can do to an association's plan, as values that can be sent, stored and replayed.

use serde::{Deserialize, Serialize};

use super::place::{AmountCell, RowRef, TextCell};
use crate::domain::ledger::{Destination, Selector};
use crate::domain::{
    Benefit, CeilingRate, EquivalentId, IncomeId, IsoDate, LineId, LineRole, Money, NewVersion, OutcomeId, PartyKind,
    PopulationGroup, Precision, SectionId, Stated, StatedKey, VersionId, Year,
};

/// One thing a user does. Applied by [`super::edit()`] as one change and one undo step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanCommand {
    /// *Lägg till avsnitt*.
    AddSection {
        /// Fresh random id.
        id: SectionId,
        /// The section it comes after; none puts it first.
        after: Option<SectionId>,
    },
    /// *Lägg till rad*: an empty line.
    AddLine {
        /// Fresh random id.
        id: LineId,
        /// The section it stands in.
        section: SectionId,
        /// The line it comes after; none puts it first in its section.
        after: Option<LineId>,
    },
    /// *Lägg till intäkt*.
    AddIncome {
        /// Fresh random id.
        id: IncomeId,
        /// Whose share by law it is.
        party: PartyKind,
        /// The row it comes after; none puts it first.
        after: Option<IncomeId>,
    },
    /// *Lägg till utfall*.
    AddOutcome {
        /// Fresh random id.
        id: OutcomeId,
        /// The last day that is booked.
        through: IsoDate,
    },
    /// *Lägg till rad* in the table of full-year equivalents.
    AddEquivalent {
        /// Fresh random id.
        id: EquivalentId,
        /// The year it counts.
        year: Year,
        /// Whom it counts.
        group: PopulationGroup,
        /// The row it comes after; none puts it first.
        after: Option<EquivalentId>,
    },
    /// *Spara version*: names the plan as it stands, or fixes it where its status is a decided one.
    AddVersion {
        /// Fresh random id.
        id: VersionId,
        /// What the version is, and the moment it stands for.
        version: NewVersion,
    },
    /// *Ta bort*. It can be brought back, with what colleagues write in it meanwhile. A section takes its lines along.
    Remove {
        /// What.
        row: RowRef,
    },
    /// *Återställ*.
    Restore {
        /// What.
        row: RowRef,
    },
    /// *Flytta avsnittet*, with its lines.
    MoveSection {
        /// Which.
        id: SectionId,
        /// The section it comes after; none puts it first.
        after: Option<SectionId>,
    },
    /// *Flytta raden*, within its section or to another.
    MoveLine {
        /// Which.
        id: LineId,
        /// The section it is to stand in.
        section: SectionId,
        /// The line it comes after; none puts it first in that section.
        after: Option<LineId>,
    },
    /// *Flytta intäkten*.
    MoveIncome {
        /// Which.
        id: IncomeId,
        /// The row it comes after; none puts it first.
        after: Option<IncomeId>,
    },
    /// Writes a text, by the least change that leads there.
    SetText {
        /// Where.
        cell: TextCell,
        /// The whole new text.
        value: String,
    },
    /// Writes an amount; also picks among several that were written at the same time. Empty is not zero.
    SetAmount {
        /// Where.
        cell: AmountCell,
        /// The amount, or none to leave it empty.
        amount: Option<Money>,
    },
    /// Says what the program must know a line to be.
    SetRole {
        /// Which line.
        line: LineId,
        /// What it is.
        role: LineRole,
    },
    /// Says whose share by law a row of income is.
    SetParty {
        /// Which row.
        income: IncomeId,
        /// Whose.
        party: PartyKind,
    },
    /// Sets a municipality's weight in the municipalities' quarter.
    SetWeight {
        /// Which row.
        income: IncomeId,
        /// The weight; 0 for none of it.
        weight: u32,
    },
    /// Sets the share of the year's income that equity should stay below.
    SetCeiling {
        /// The rate.
        rate: CeilingRate,
    },
    /// Shows a year, or no longer. Its amounts are kept either way.
    ShowYear {
        /// Which.
        year: Year,
        /// Whether it shows.
        shown: bool,
    },
    /// *Rubrik*: the plan's title.
    SetTitle {
        /// The whole new title.
        title: String,
    },
    /// *Diarienummer*.
    SetRegistryNumber {
        /// As the registry writes it.
        dnr: String,
    },
    /// Keeps a figure as a source prints it, or forgets it.
    SetStated {
        /// What it is a figure of.
        key: StatedKey,
        /// The figure.
        figure: Option<Stated>,
    },
    /// Says how exactly the plan's amounts are known.
    SetPrecision {
        /// How exactly.
        precision: Precision,
    },
    /// *Koppla konton*: says where what a selector fits belongs, or forgets it.
    MapAccounts {
        /// Which bookings.
        selector: Selector,
        /// Where they belong.
        to: Option<Destination<LineId, IncomeId>>,
    },
    /// Moves an outcome to another last day.
    SetThrough {
        /// Which outcome.
        id: OutcomeId,
        /// The last day that is booked.
        through: IsoDate,
    },
    /// Says which year, and whom, a row of full-year equivalents counts.
    SetCounted {
        /// Which row.
        id: EquivalentId,
        /// The year.
        year: Year,
        /// Whom.
        group: PopulationGroup,
    },
    /// *Antal* of a benefit in a row of full-year equivalents.
    SetCount {
        /// Which row.
        id: EquivalentId,
        /// Which benefit.
        benefit: Benefit,
        /// How many, or none to leave it empty.
        count: Option<u32>,
    },
    /// *Folkmängd 20–64 år* of a row of full-year equivalents.
    SetPopulation {
        /// Which row.
        id: EquivalentId,
        /// How many, or none where it is not known.
        population: Option<u32>,
    },
    /// Several things as one: a paste, an import, last year's plan. All are done, or none.
    Batch {
        /// In order; later ones see what earlier ones did.
        commands: Vec<PlanCommand>,
        /// What undo calls it, such as "klistra in".
        label: String,
    },
}

impl PlanCommand {
    /// What undo calls it, as in "Ångra: ta bort raden".
    pub fn label(&self) -> &str {
        match self {
            Self::AddSection { .. } => "lägg till avsnitt",
            Self::AddLine { .. } | Self::AddEquivalent { .. } => "lägg till rad",
            Self::AddIncome { .. } => "lägg till intäkt",
            Self::AddOutcome { .. } => "lägg till utfall",
            Self::AddVersion { .. } => "spara version",
            Self::Remove { row: RowRef::Section(_) } => "ta bort avsnittet",
            Self::Remove { row: RowRef::Outcome(_) } => "ta bort utfallet",
            Self::Remove { row: RowRef::Version(_) } => "ta bort versionen",
            Self::Remove { .. } => "ta bort raden",
            Self::Restore { .. } => "återställ raden",
            Self::MoveSection { .. } => "flytta avsnittet",
            Self::MoveLine { .. } | Self::MoveIncome { .. } => "flytta raden",
            Self::SetText { .. } | Self::SetTitle { .. } | Self::SetRegistryNumber { .. } => "ändra text",
            Self::SetAmount { .. } => "ändra belopp",
            Self::SetRole { .. } | Self::SetParty { .. } | Self::SetWeight { .. } | Self::SetCounted { .. } => {
                "ändra raden"
            }
            Self::SetCeiling { .. } | Self::SetPrecision { .. } => "ändra inställning",
            Self::ShowYear { shown: true, .. } => "lägg till år",
            Self::ShowYear { shown: false, .. } => "dölj år",
            Self::SetStated { .. } => "ändra angiven siffra",
            Self::MapAccounts { .. } => "koppla konton",
            Self::SetThrough { .. } => "ändra datum",
            Self::SetCount { .. } | Self::SetPopulation { .. } => "ändra antal",
            Self::Batch { label, .. } => label,
        }
    }
}
