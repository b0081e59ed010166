//! Opening the plan of the year after from this year's: what people otherwise do by saving a spreadsheet anew.

use automerge::AutoCommit;

use super::command::PlanCommand;
use super::fill::fill_budget;
use super::{NewPlan, Plan, edit, open};
use crate::document::{CommandError, EditContext};
use crate::domain::ledger::Destination;
use crate::domain::{NextYear, UserId};

/// So many operations at most go into one change: far below what the guard lets through.
const A_CHANGE: usize = 10_000;
/// What a command that writes no text comes to, generously.
const A_COMMAND: usize = 8;

/// The next year's plan as a document: sections, lines, income, settings and the mapping of accounts. What belongs to
/// the year itself (outcomes, versions, printed figures) stays behind. None where `old` is not here yet, or after the
/// last year there is.
///
/// `actor` must be fresh random bytes, and `random` gives sixteen of them each time.
///
/// # Errors
/// None that a caller can cause; automerge's, should it refuse.
pub fn open_next_year(
    old: &Plan,
    title: String,
    actor: [u8; 16],
    author: Option<UserId>,
    context: &EditContext,
    random: impl FnMut() -> [u8; 16],
) -> Result<Option<AutoCommit>, CommandError> {
    let Some(association) = old.header.association.clone() else { return Ok(None) };
    let Some(copy) = old.budget().and_then(|budget| budget.next_year(random)) else { return Ok(None) };
    let outlook_years = copy.budget.years.len().saturating_sub(1);
    let new = NewPlan { association, year: copy.budget.year, outlook_years, title, dnr: String::new() };
    let mut doc = open(&new, actor, author, context)?;
    for commands in in_changes(fill(old, &copy)) {
        let command = PlanCommand::Batch { commands, label: "förra årets plan".to_owned() };
        edit(&mut doc, &command, context)?;
    }
    Ok(Some(doc))
}

/// The copy's budget, and the accounts of those rows that came along.
fn fill(old: &Plan, copy: &NextYear) -> Vec<PlanCommand> {
    let mut commands = fill_budget(&copy.budget);
    let destination = |to: &Destination<_, _>| match to {
        Destination::Line(line) => copy.lines.get(line).copied().map(Destination::Line),
        Destination::Income(income) => copy.income.get(income).copied().map(Destination::Income),
        Destination::LeaveOut => Some(Destination::LeaveOut),
    };
    commands.extend(old.accounts.iter().filter_map(|(selector, to)| {
        Some(PlanCommand::MapAccounts { selector: selector.clone(), to: Some(destination(to)?) })
    }));
    commands
}

/// The commands in as many changes as keep each of them small: a text is an operation for each letter.
fn in_changes(commands: Vec<PlanCommand>) -> Vec<Vec<PlanCommand>> {
    let size = |command: &PlanCommand| match command {
        PlanCommand::SetText { value, .. } => value.len() + A_COMMAND,
        _ => A_COMMAND,
    };
    let (mut changes, mut room) = (Vec::new(), 0);
    for command in commands {
        let size = size(&command);
        if changes.is_empty() || size > room {
            changes.push(Vec::new());
            room = A_CHANGE;
        }
        room = room.saturating_sub(size);
        if let Some(change) = changes.last_mut() {
            change.push(command);
        }
    }
    changes
}
