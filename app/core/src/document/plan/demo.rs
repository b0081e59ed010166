//! Demo data: the plans of Samordningsförbundet Västerås for 2021 and 2019 as documents.

use automerge::AutoCommit;

use super::command::PlanCommand;
use super::fill::{fill_budget, fill_equivalents, fill_outcome, fill_stated};
use super::{AmountCell, NewPlan, edit, open};
use crate::document::{CommandError, EditContext};
use crate::domain::demo::{self, DemoPlan, DemoSummary};
use crate::domain::{
    AmountUnit, AssociationId, IncomeId, IsoDate, NewVersion, PartyKind, Precision, UserId, VersionId, VersionStatus,
};

const ADOPTED: VersionId = VersionId::from_random([201; 16]);
const REVISED: VersionId = VersionId::from_random([202; 16]);

/// The plan of 2021 with the two versions that were decided: of the first only what its summary says is known.
///
/// `actor` must be fresh random bytes.
///
/// # Errors
/// None that a caller can cause; automerge's, should it refuse.
pub fn demo_2021(actor: [u8; 16], author: Option<UserId>, context: &EditContext) -> Result<AutoCommit, CommandError> {
    plan(&demo::budget_2021(), actor, author, context)
}

/// The plan of 2019 with its outcome through August, and the table of full-year equivalents.
///
/// # Errors
/// As [`demo_2021`].
pub fn demo_2019(actor: [u8; 16], author: Option<UserId>, context: &EditContext) -> Result<AutoCommit, CommandError> {
    plan(&demo::outcome_2019(), actor, author, context)
}

fn plan(
    source: &DemoPlan,
    actor: [u8; 16],
    author: Option<UserId>,
    context: &EditContext,
) -> Result<AutoCommit, CommandError> {
    let association: AssociationId = "vasteras".parse().expect("is a short name");
    let new = NewPlan {
        association,
        year: source.budget.year,
        outlook_years: source.budget.years.len().saturating_sub(1),
        title: source.title.clone(),
        dnr: source.registry_number.clone(),
    };
    let mut doc = open(&new, actor, author, context)?;
    let mut run = |commands: Vec<PlanCommand>| {
        let command = PlanCommand::Batch { commands, label: "exempel".to_owned() };
        edit(&mut doc, &command, context).map(drop)
    };
    if let (Some(summary), Some(adopted), Some(row)) = (source.adopted_summary, source.adopted, summary_row(source)) {
        run(summary_commands(source, summary, row))?;
        let note = "Bara intäkter och eget kapital är kända, ur planens sammanfattning. Raderna i den tabell som \
                    beslutades då finns inte bevarade här.";
        let version = version(VersionStatus::Adopted, adopted, &new.dnr, note);
        let version = NewVersion { is_summary: true, ..version };
        run(vec![PlanCommand::AddVersion { id: ADOPTED, version }])?;
    }
    // The summary's row of income is there already; the table gives it the rest of its years.
    let known = summary_row(source).filter(|_| source.adopted_summary.is_some());
    let is_new = |command: &PlanCommand| !matches!(command, PlanCommand::AddIncome { id, .. } if Some(*id) == known);
    run(fill_budget(&source.budget).into_iter().filter(is_new).collect())?;
    run(source.outcomes.iter().flat_map(fill_outcome).collect())?;
    run(fill_equivalents(&source.equivalents))?;
    run(fill_stated(&source.stated))?;
    if let Some(revised) = source.revised {
        let version = version(VersionStatus::Revised, revised, &new.dnr, "");
        run(vec![PlanCommand::AddVersion { id: REVISED, version }])?;
    }
    Ok(doc)
}

/// The row of income that stands for what the summary says: all parties together.
fn summary_row(source: &DemoPlan) -> Option<IncomeId> {
    source.budget.income.first().map(|income| income.id)
}

fn summary_commands(source: &DemoPlan, summary: DemoSummary, row: IncomeId) -> Vec<PlanCommand> {
    let year = source.budget.year;
    vec![
        PlanCommand::SetPrecision { precision: Precision::Printed(AmountUnit::TusenKronor) },
        PlanCommand::SetAmount { cell: AmountCell::OpeningEquity, amount: Some(summary.opening_equity) },
        PlanCommand::AddIncome { id: row, party: PartyKind::Together, after: None },
        PlanCommand::SetText {
            cell: super::TextCell::Name(super::RowRef::Income(row)),
            value: "Intäkter från parterna".to_owned(),
        },
        PlanCommand::SetAmount { cell: AmountCell::Income(row, year), amount: Some(summary.income) },
    ]
}

fn version(status: VersionStatus, decided: IsoDate, dnr: &str, note: &str) -> NewVersion {
    let name = format!("{} {decided}", status.label());
    let (dnr, note) = (dnr.to_owned(), note.to_owned());
    NewVersion { status, name, decided: Some(decided), dnr, note, is_summary: false }
}
