//! Demo data: the county plan of Västmanland's three associations for 2021, with the figures their plan prints.
//!
//! The printed sum of the contributions is 750 000 kr, though the three rows come to 625 000 kr: the source's own
//! mistake, kept as stated so that the check of stated sums has one to find.

use automerge::AutoCommit;
use serde::Deserialize;

use super::{CountyCommand, Field, NewPlan, RowRef, edit, open};
use crate::document::{CommandError, EditContext};
use crate::domain::{AssociationId, Horizon, ItemId, Money, StatedTotals, UserId};

#[derive(Deserialize)]
struct Source {
    title: String,
    year: i32,
    items: Vec<SourceItem>,
    commitments: Vec<SourceCommitment>,
    contributions: Vec<SourceContribution>,
    stated_items_kronor: i32,
    stated_contributions_kronor: i32,
}

#[derive(Deserialize)]
struct SourceItem {
    #[serde(default)]
    when: String,
    #[serde(default)]
    for_whom: String,
    what: String,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    decided: String,
    kronor: i32,
}

#[derive(Deserialize)]
struct SourceCommitment {
    text: String,
    comment: String,
    years: u8,
}

#[derive(Deserialize)]
struct SourceContribution {
    association: AssociationId,
    name: String,
    kronor: i32,
}

fn source() -> Source {
    serde_json::from_str(include_str!("county-2021.json")).expect("the demo data is part of the program and tested")
}

/// The three associations of the demo county with their names in full.
pub fn demo_associations() -> Vec<(AssociationId, String)> {
    source().contributions.into_iter().map(|row| (row.association, row.name)).collect()
}

/// The demo county's plan of 2021, written by `author`. `actor` must be fresh random bytes.
///
/// # Errors
/// None that a caller can cause; automerge's, should it refuse.
pub fn demo_2021(actor: [u8; 16], author: Option<UserId>, context: &EditContext) -> Result<AutoCommit, CommandError> {
    let source = source();
    let new = NewPlan {
        year: source.year,
        title: source.title.clone(),
        associations: source.contributions.iter().map(|row| (row.association.clone(), row.name.clone())).collect(),
        stated: StatedTotals {
            items: Some(Money::from_kronor(source.stated_items_kronor)),
            contributions: Some(Money::from_kronor(source.stated_contributions_kronor)),
        },
    };
    let mut doc = open(&new, actor, author, context)?;
    let command = CountyCommand::Batch { commands: commands(source), label: "exempel".to_owned() };
    edit(&mut doc, &command, context)?;
    Ok(doc)
}

fn commands(source: Source) -> Vec<CountyCommand> {
    let mut commands = Vec::new();
    let mut ids = (1_u8..).map(|number| ItemId::from_random([number; 16]));
    let mut after = None;
    for (row, id) in source.items.into_iter().zip(&mut ids) {
        commands.push(CountyCommand::AddItem { id, after });
        after = Some(id);
        let texts = [
            (Field::When, row.when),
            (Field::ForWhom, row.for_whom),
            (Field::What, row.what),
            (Field::Theme, row.theme),
            (Field::Decided, row.decided),
        ];
        let row_ref = RowRef::Item(id);
        commands.extend(texts.map(|(field, value)| CountyCommand::SetText { row: row_ref.clone(), field, value }));
        commands.push(CountyCommand::SetAmount { row: row_ref, amount: Some(Money::from_kronor(row.kronor)) });
    }
    let mut after = None;
    for (row, id) in source.commitments.into_iter().zip(&mut ids) {
        let horizon = if row.years == 1 { Horizon::OneYear } else { Horizon::ThreeYears };
        commands.push(CountyCommand::AddCommitment { id, horizon, after });
        after = Some(id);
        let texts = [(Field::Text, row.text), (Field::Comment, row.comment)];
        commands.extend(texts.map(|(field, value)| CountyCommand::SetText {
            row: RowRef::Commitment(id),
            field,
            value,
        }));
    }
    for row in source.contributions {
        let amount = Some(Money::from_kronor(row.kronor));
        commands.push(CountyCommand::SetAmount { row: RowRef::Contribution(row.association), amount });
    }
    commands
}
