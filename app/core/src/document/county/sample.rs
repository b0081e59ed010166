//! Large plans with a long history, for benchmarks and tests. The same seed gives the same plan.

use automerge::AutoCommit;

use super::{CountyCommand, Field, NewPlan, RowRef, demo_associations, edit, open};
use crate::document::{CommandError, EditContext, write_as};
use crate::domain::{ItemId, Money, StatedTotals, UserId};

/// When the first change of a sample was made: a planning day in October 2020, in milliseconds since 1970.
const START_MS: i64 = 1_602_500_000_000;
/// How many changes one sitting at one screen makes; each sitting is an actor of its own, as a browser tab is.
const CHANGES_A_SITTING: usize = 2_000;

/// A plan of so many lines and, with those that made the lines, at least so many changes.
///
/// Three users, one of each association, take turns; of ten changes seven write an amount, two edit a text and one
/// writes a contribution.
///
/// # Errors
/// None that a caller can cause; automerge's, should it refuse.
pub fn generate_large(lines: usize, changes: usize, seed: u64) -> Result<AutoCommit, CommandError> {
    let mut random = Random(seed);
    let users: Vec<UserId> = (0..3).map(|_| UserId::from_random(random.bytes())).collect();
    let associations = demo_associations();
    let new = NewPlan {
        year: 2021,
        title: format!("Länsgemensam plan med {lines} rader"),
        associations: associations.clone(),
        stated: StatedTotals::default(),
    };
    let mut context = EditContext { now_ms: START_MS };
    let mut doc = open(&new, random.bytes(), users.first().copied(), &context)?;
    let ids: Vec<ItemId> = (0..lines).map(|_| ItemId::from_random(random.bytes())).collect();
    edit(&mut doc, &filled(&ids, &mut random), &context)?;
    for made in 0..changes {
        if made % CHANGES_A_SITTING == CHANGES_A_SITTING - 1 {
            write_as(&mut doc, random.bytes(), Some(users[random.below(users.len())]));
        }
        context.now_ms += 1_000;
        let command = match (random.below(10), ids.get(random.below(lines.max(1)))) {
            (0, _) | (_, None) => CountyCommand::SetAmount {
                row: RowRef::Contribution(associations[random.below(associations.len())].0.clone()),
                amount: Some(random.amount()),
            },
            (1 | 2, Some(id)) => CountyCommand::SetText {
                row: RowRef::Item(*id),
                field: Field::What,
                value: format!("Insats {} för {} deltagare", random.below(1_000), random.below(90) + 10),
            },
            (_, Some(id)) => CountyCommand::SetAmount { row: RowRef::Item(*id), amount: Some(random.amount()) },
        };
        edit(&mut doc, &command, &context)?;
    }
    Ok(doc)
}

/// All lines, in one change.
fn filled(ids: &[ItemId], random: &mut Random) -> CountyCommand {
    let mut commands = Vec::with_capacity(ids.len() * 4);
    let mut after = None;
    for (number, id) in (1_usize..).zip(ids) {
        let row = RowRef::Item(*id);
        let text = |field, value: String| CountyCommand::SetText { row: row.clone(), field, value };
        commands.push(CountyCommand::AddItem { id: *id, after });
        commands.push(text(Field::When, if number % 2 == 0 { "Vår" } else { "Höst" }.to_owned()));
        commands.push(text(Field::What, format!("Insats {number} för {} deltagare", random.below(90) + 10)));
        commands.push(CountyCommand::SetAmount { row: row.clone(), amount: Some(random.amount()) });
        after = Some(*id);
    }
    CountyCommand::Batch { commands, label: "exempel".to_owned() }
}

/// Splitmix64 (Steele, Lea, Flood 2014): enough for samples, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn bytes(&mut self) -> [u8; 16] {
        let (high, low) = (u128::from(self.next()), u128::from(self.next()));
        ((high << 64) | low).to_le_bytes()
    }

    fn amount(&mut self) -> Money {
        Money::from_kronor(i32::try_from(self.below(1_000) * 500).unwrap_or(0))
    }
}
