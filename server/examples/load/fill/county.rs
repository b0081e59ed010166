//! A county plan: items with names and costs.

use app::{
    document::{Command, CountyCommand, Field, RowRef},
    domain::ids::ItemId,
};
use rand::{Rng, rngs::StdRng};

use super::{Writer, some_amount};

/// Writes items until there are enough, and then changes one after the other.
pub struct CountyWriter {
    lines: u64,
    items: Vec<ItemId>,
}

impl CountyWriter {
    /// For a plan of so many lines.
    pub fn new(lines: u64) -> Self {
        Self { lines, items: Vec::new() }
    }
}

impl Writer for CountyWriter {
    fn next(&mut self, made: u64, random: &mut StdRng) -> Command {
        if (self.items.len() as u64) < self.lines {
            let id = ItemId::from_random(random.random());
            let commands = vec![
                CountyCommand::AddItem { id, after: self.items.last().copied() },
                text(id, Field::What, format!("Insats {made}")),
                text(id, Field::ForWhom, "Alla anställda hos parterna".into()),
                amount(id, random),
            ];
            self.items.push(id);
            return CountyCommand::Batch { commands, label: "Lägg till rad".into() }.into();
        }
        let id = self.items[random.random_range(0..self.items.len())];
        match random.random_range(0..5) {
            0 => text(id, Field::What, format!("Insats {made} för {} deltagare", random.random_range(10..99))).into(),
            _ => amount(id, random).into(),
        }
    }
}

fn text(id: ItemId, field: Field, value: String) -> CountyCommand {
    CountyCommand::SetText { row: RowRef::Item(id), field, value }
}

fn amount(id: ItemId, random: &mut StdRng) -> CountyCommand {
    CountyCommand::SetAmount { row: RowRef::Item(id), amount: Some(some_amount(random)) }
}
