//! A row of full-year equivalents as it is typed, and what it changes in the plan.

use crate::document::plan::{PlanCommand, RowRef, TextCell};
use crate::domain::{EquivalentId, EquivalentRow, Stated, StatedFigures, StatedKey, StatedUnit};

/// *Rad*: the figures, and what a printed document says that they come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The row.
    pub row: EquivalentRow,
    /// *Totalt*, as printed.
    pub total: Option<Stated>,
    /// *Andel av befolkningen*, as printed.
    pub share: Option<Stated>,
}

impl Entered {
    /// The row as the plan has it.
    pub fn of(row: EquivalentRow, stated: &StatedFigures) -> Self {
        let (total, share) = keys(row.id);
        Self { total: stated.get(total), share: stated.get(share), row }
    }

    /// What the plan states once this is written: as it does now, with this row's own figures.
    pub fn stated_with(&self, stated: &StatedFigures) -> StatedFigures {
        let mut stated = stated.clone();
        for (key, figure) in self.stated() {
            match figure {
                Some(figure) => drop(stated.figures.insert(key, figure)),
                None => drop(stated.figures.remove(&key)),
            }
        }
        stated
    }

    /// The commands that make the plan say this: of a new row below `after`, or where it differs from `before`.
    pub fn commands(&self, before: Option<&Self>, after: Option<EquivalentId>) -> Vec<PlanCommand> {
        let row = &self.row;
        let (id, year, group) = (row.id, row.year, row.group.clone());
        let mut commands = Vec::new();
        match before {
            None => commands.push(PlanCommand::AddEquivalent { id, year, group, after }),
            Some(before) if (before.row.year, &before.row.group) == (year, &group) => {}
            Some(_) => commands.push(PlanCommand::SetCounted { id, year, group }),
        }
        let was = before.map(|before| &before.row);
        if was.map_or("", |row| row.area.as_str()) != row.area {
            let cell = TextCell::Name(RowRef::Equivalent(id));
            commands.push(PlanCommand::SetText { cell, value: row.area.clone() });
        }
        let known = was.into_iter().chain([row]).flat_map(|row| row.counts.keys());
        let mut benefits: Vec<_> = known.cloned().collect();
        benefits.sort_unstable();
        benefits.dedup();
        for benefit in benefits {
            let count = row.counts.get(&benefit).copied();
            if was.and_then(|row| row.counts.get(&benefit).copied()) != count {
                commands.push(PlanCommand::SetCount { id, benefit, count });
            }
        }
        if was.and_then(|row| row.population) != row.population {
            commands.push(PlanCommand::SetPopulation { id, population: row.population });
        }
        let stated = before.map(Self::stated).unwrap_or_else(|| self.stated().map(|(key, _)| (key, None)));
        let changed = self.stated().into_iter().zip(stated).filter(|((_, now), (_, was))| now != was);
        commands.extend(changed.map(|((key, figure), _)| PlanCommand::SetStated { key, figure }));
        commands
    }

    fn stated(&self) -> [(StatedKey, Option<Stated>); 2] {
        let (total, share) = keys(self.row.id);
        [(total, self.total), (share, self.share)]
    }
}

fn keys(id: EquivalentId) -> (StatedKey, StatedKey) {
    (StatedKey::EquivalentTotal(id), StatedKey::PopulationShare(id))
}

/// A count as people write it: `13 236`. Empty is not zero.
pub fn count_of(text: &str) -> Result<Option<u32>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let refused = || "Skriv ett helt antal, till exempel 1 250.".to_owned();
    let figure = Stated::read_as(text, StatedUnit::Count).map_err(|_| refused())?;
    u32::try_from(figure.value()).map(Some).map_err(|_| refused())
}

/// A printed figure as people write it; none where nothing is printed.
pub fn stated_of(text: &str, unit: StatedUnit) -> Result<Option<Stated>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    Stated::read_as(text, unit).map(Some).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Benefit, PopulationGroup, Year};

    fn entered() -> Entered {
        let row = EquivalentRow {
            id: EquivalentId::from_random([5; 16]),
            area: "Västerås".to_owned(),
            year: Year::new(2020).expect("is a year"),
            group: PopulationGroup::Women,
            counts: [(Benefit::Sickness, 1_250), (Benefit::Unemployment, 0)].into(),
            population: Some(44_000),
        };
        Entered { row, total: None, share: stated_of("2,8", StatedUnit::Percent).expect("is a share") }
    }

    #[test]
    fn a_new_row_writes_what_is_filled_in_and_nothing_else() {
        let new = entered();
        let id = new.row.id;
        let commands = new.commands(None, None);
        let [added, named, sickness, unemployment, population, share] = commands.as_slice() else {
            panic!("six commands: {commands:?}")
        };
        assert!(matches!(added, PlanCommand::AddEquivalent { group: PopulationGroup::Women, after: None, .. }));
        assert!(matches!(named, PlanCommand::SetText { value, .. } if value == "Västerås"));
        assert_eq!(*sickness, PlanCommand::SetCount { id, benefit: Benefit::Sickness, count: Some(1_250) });
        assert_eq!(*unemployment, PlanCommand::SetCount { id, benefit: Benefit::Unemployment, count: Some(0) });
        assert_eq!(*population, PlanCommand::SetPopulation { id, population: Some(44_000) });
        assert!(matches!(share, PlanCommand::SetStated { key: StatedKey::PopulationShare(_), figure: Some(_) }));
    }

    #[test]
    fn a_row_that_stands_there_is_written_where_it_differs() {
        let before = entered();
        assert_eq!(before.commands(Some(&before), None), []);
        let mut now = before.clone();
        now.row.counts.remove(&Benefit::Unemployment);
        now.row.group = PopulationGroup::Everyone;
        now.share = None;
        let (id, year) = (now.row.id, now.row.year);
        assert_eq!(
            now.commands(Some(&before), None),
            [
                PlanCommand::SetCounted { id, year, group: PopulationGroup::Everyone },
                PlanCommand::SetCount { id, benefit: Benefit::Unemployment, count: None },
                PlanCommand::SetStated { key: StatedKey::PopulationShare(id), figure: None },
            ]
        );
        let stated = before.stated_with(&StatedFigures::default());
        assert_eq!(Entered::of(before.row.clone(), &stated), before);
        assert!(now.stated_with(&stated).figures.is_empty());
    }

    #[test]
    fn counts_are_whole_and_never_below_zero() {
        assert_eq!(count_of("1 250"), Ok(Some(1_250)));
        assert_eq!(count_of("0"), Ok(Some(0)));
        assert_eq!(count_of(""), Ok(None));
        for refused in ["1,5", "-3", "många", "5 %", "99999999999"] {
            assert!(count_of(refused).is_err(), "{refused}");
        }
    }
}
