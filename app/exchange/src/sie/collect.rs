//! Adds up what a file says is booked, so that nothing is counted twice.
//!
//! A file tells the same money several times: the year's sum of an account (`#RES`), its months (`#PSALDO`), its vouchers
//! (`#TRANS`), and the months once in all and once more for each object. The finest that the file has is taken, and the
//! coarser is compared with it; a difference becomes a note.

use std::collections::{BTreeMap, BTreeSet};

use samplan_core::domain::date::IsoDate;
use samplan_core::domain::ledger::{AccountNumber, Booking, Ledger, Resolution, When};
use samplan_core::domain::money::Money;

use super::records::TOO_MUCH;
use super::{ASK_AGAIN, MAX_ROWS, SieError};

type Objects = BTreeMap<u32, String>;

/// All amounts of a file, by where they come from.
#[derive(Default)]
pub(super) struct Collector {
    /// *Omfattning*: the day through which the file says that it reaches.
    pub(super) through: Option<IsoDate>,
    years: BTreeMap<AccountNumber, i64>,
    months: BTreeMap<(AccountNumber, IsoDate), BTreeMap<Objects, i64>>,
    days: BTreeMap<(AccountNumber, Objects, IsoDate), i64>,
    /// Rows kept, and the sum of all amounts without signs: bounds for memory and for every sum made of them.
    rows: usize,
    weight: i64,
}

impl Collector {
    /// `#RES`: what an account has come to in the year.
    pub(super) fn year(&mut self, line: usize, account: AccountNumber, amount: Money) -> Result<(), SieError> {
        self.weigh(line, amount)?;
        match self.years.insert(account, amount.ore()) {
            None => self.one_more(line),
            Some(_) => Err(SieError::at(line, format!("Årets saldo för konto {account} står två gånger. {ASK_AGAIN}"))),
        }
    }

    /// `#PSALDO`: by how much an account changed in a month, in all or with some objects.
    pub(super) fn month(
        &mut self,
        line: usize,
        account: AccountNumber,
        end: IsoDate,
        objects: Objects,
        amount: Money,
    ) -> Result<(), SieError> {
        self.weigh(line, amount)?;
        match self.months.entry((account, end)).or_default().insert(objects, amount.ore()) {
            None => self.one_more(line),
            Some(_) => Err(SieError::at(
                line,
                format!("Saldot för konto {account}, samma period och samma objekt, står två gånger. {ASK_AGAIN}"),
            )),
        }
    }

    /// `#TRANS`: a row of a voucher. Dated as its voucher, which is what puts it into a period of the accounts.
    pub(super) fn day(
        &mut self,
        line: usize,
        account: AccountNumber,
        date: IsoDate,
        objects: Objects,
        amount: Money,
    ) -> Result<(), SieError> {
        self.weigh(line, amount)?;
        let mut is_new = false;
        *self.days.entry((account, objects, date)).or_insert_with(|| {
            is_new = true;
            0
        }) += amount.ore();
        if is_new { self.one_more(line) } else { Ok(()) }
    }

    fn one_more(&mut self, line: usize) -> Result<(), SieError> {
        self.rows += 1;
        match self.rows > MAX_ROWS {
            true => Err(SieError::at(line, format!("Filen har fler än {MAX_ROWS} belopp. Exportera ett år i taget."))),
            false => Ok(()),
        }
    }

    /// No sum of amounts can be larger than the sum of their sizes.
    fn weigh(&mut self, line: usize, amount: Money) -> Result<(), SieError> {
        let sum = self.weight.checked_add(amount.abs().ore());
        self.weight = sum.ok_or_else(|| SieError::at(line, TOO_MUCH))?;
        Ok(())
    }

    /// The ledger with its bookings.
    pub(super) fn into_ledger(mut self, mut ledger: Ledger) -> Result<Ledger, SieError> {
        let mut notes = std::mem::take(&mut ledger.notes);
        if !self.days.is_empty() {
            ledger.resolution = Resolution::Day;
            ledger.bookings = self.vouchers(ledger.year, &mut notes);
        } else if !self.months.is_empty() {
            ledger.resolution = Resolution::Month;
            ledger.bookings = self.periods(&mut notes);
        } else {
            ledger.resolution = Resolution::Year;
            let booking = |(account, ore)| booking(account, Objects::new(), When::Year, ore);
            ledger.bookings = std::mem::take(&mut self.years).into_iter().map(booking).collect();
        }
        if ledger.bookings.is_empty() {
            notes.push("Filen har inga bokförda belopp för räkenskapsåret.".to_owned());
        }
        let last = ledger.bookings.iter().filter_map(|booking| match booking.when {
            When::Day(day) | When::Month(day) => Some(day),
            When::Year => None,
        });
        let in_the_year = match (ledger.written, ledger.year) {
            (Some(written), Some((_, end))) => Some(written.min(end)),
            (_, year) => year.map(|(_, end)| end),
        };
        ledger.through = self.through.or(last.max()).or(in_the_year);
        self.compare_with_the_year(&ledger, &mut notes);
        // Budgets are of calendar years, and so is their pace.
        if let Some((first, _)) = ledger.year.filter(|(first, _)| first.day_of_year() != 1) {
            notes.push(format!(
                "Räkenskapsåret börjar {first} och inte vid årsskiftet. Alla belopp från den dagen räknas med."
            ));
        }
        ledger.notes = notes;
        Ok(ledger)
    }

    fn vouchers(&mut self, year: Option<(IsoDate, IsoDate)>, notes: &mut Vec<String>) -> Vec<Booking> {
        let is_of_the_year = |date: IsoDate| year.is_none_or(|(first, last)| (first..=last).contains(&date));
        let (inside, outside): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.days).into_iter().partition(|((_, _, date), _)| is_of_the_year(*date));
        if let Some(((_, _, date), _)) = outside.first() {
            notes.push(format!(
                "{} belopp är daterade utanför räkenskapsåret, till exempel {date}, och räknas inte med.",
                outside.len()
            ));
        }
        let booking = |((account, objects, date), ore)| booking(account, objects, When::Day(date), ore);
        inside.into_iter().map(booking).collect()
    }

    fn periods(&mut self, notes: &mut Vec<String>) -> Vec<Booking> {
        let mut bookings = Vec::new();
        let mut unsure = Vec::new();
        for ((account, end), rows) in std::mem::take(&mut self.months) {
            let (parts, is_sure) = without_doubles(rows);
            if !is_sure {
                unsure.push(format!("konto {account}, perioden till {end}"));
            }
            bookings.extend(parts.into_iter().map(|(objects, ore)| booking(account, objects, When::Month(end), ore)));
        }
        if let Some(first) = unsure.first() {
            notes.push(format!(
                "För {} saknas saldot utan objekt, och objekten överlappar varandra ({first}). \
                 Kontrollera summan mot bokföringen.",
                if unsure.len() == 1 {
                    "ett konto".to_owned()
                } else {
                    format!("{} konton och perioder", unsure.len())
                },
            ));
        }
        bookings
    }

    /// Says where the file contradicts itself.
    fn compare_with_the_year(&self, ledger: &Ledger, notes: &mut Vec<String>) {
        let mut sums: BTreeMap<AccountNumber, i64> = BTreeMap::new();
        for booking in &ledger.bookings {
            *sums.entry(booking.account).or_default() += booking.amount.ore();
        }
        let different: Vec<_> = self
            .years
            .iter()
            .map(|(account, stated)| (account, *stated, sums.get(account).copied().unwrap_or_default()))
            .filter(|(_, stated, sum)| stated != sum)
            .collect();
        if let Some((account, stated, sum)) = different.first() {
            let others = match different.len() {
                1 => String::new(),
                count => format!(" Det gäller {count} konton i allt."),
            };
            notes.push(format!(
                "Filens belopp för konto {account} blir {}, men filens årssaldo säger {}.{others}",
                Money::from_ore(*sum),
                Money::from_ore(*stated),
            ));
        }
    }
}

fn booking(account: AccountNumber, objects: Objects, when: When, ore: i64) -> Booking {
    Booking { account, objects, when, amount: Money::from_ore(ore) }
}

/// The rows of one account and month as parts that do not overlap, and whether that is sure.
///
/// The row without objects is the total. The others may be parts of it (each with all its objects), or the same money
/// seen from several sides (once by cost centre, once by project). Rows with the same set of dimensions never overlap.
/// So: if all parts come to the total they are parts; else the set with the most dimensions is taken, cost centre before
/// project, and what it leaves of the total has no objects. Without a total, one set is its own total; of several, those
/// which agree are views of the same; else it cannot be known, and the user is told.
fn without_doubles(mut rows: BTreeMap<Objects, i64>) -> (Vec<(Objects, i64)>, bool) {
    let total = rows.remove(&Objects::new());
    let sum_of = |rows: &BTreeMap<Objects, i64>| rows.values().sum::<i64>();
    let mut by_dimensions: BTreeMap<BTreeSet<u32>, BTreeMap<Objects, i64>> = BTreeMap::new();
    for (objects, ore) in &rows {
        by_dimensions.entry(objects.keys().copied().collect()).or_default().insert(objects.clone(), *ore);
    }
    let all = sum_of(&rows);
    if by_dimensions.len() <= 1 || total == Some(all) {
        let rest = total.map_or(0, |total| total - all);
        return (with_rest(rows, rest), true);
    }
    let sums: BTreeSet<i64> = by_dimensions.values().map(sum_of).collect();
    // The first of those with the most dimensions; sets sort by their dimensions, so 1 comes before 6.
    let most = by_dimensions.keys().map(BTreeSet::len).max().unwrap_or_default();
    let finest = by_dimensions.into_iter().find(|(dimensions, _)| dimensions.len() == most);
    let finest = finest.map(|(_, rows)| rows).unwrap_or_default();
    let rest = total.map_or(0, |total| total - sum_of(&finest));
    (with_rest(finest, rest), total.is_some() || sums.len() == 1)
}

fn with_rest(rows: BTreeMap<Objects, i64>, rest: i64) -> Vec<(Objects, i64)> {
    let without_objects = (rest != 0).then(|| (Objects::new(), rest));
    rows.into_iter().chain(without_objects).collect()
}

#[cfg(test)]
mod tests {
    use super::{Objects, without_doubles};

    type Rows = Vec<(&'static [(u32, &'static str)], i64)>;

    fn objects(pairs: &[(u32, &str)]) -> Objects {
        pairs.iter().map(|(dimension, code)| (*dimension, (*code).to_owned())).collect()
    }

    #[test]
    fn a_total_is_never_added_to_its_parts() {
        let cases: [(&str, Rows, Rows, bool); 7] = [
            ("a total alone", vec![(&[], 900)], vec![(&[], 900)], true),
            (
                "parts that fill it",
                vec![(&[], 900), (&[(1, "10")], 600), (&[(1, "20")], 300)],
                vec![(&[(1, "10")], 600), (&[(1, "20")], 300)],
                true,
            ),
            (
                "parts that leave a rest",
                vec![(&[], 900), (&[(1, "10")], 600)],
                vec![(&[(1, "10")], 600), (&[], 300)],
                true,
            ),
            (
                "the same money by cost centre and by project",
                vec![(&[], 900), (&[(1, "10")], 900), (&[(6, "P")], 500)],
                vec![(&[(1, "10")], 900)],
                true,
            ),
            (
                "parts with one and with two objects",
                vec![(&[], 900), (&[(1, "10")], 200), (&[(1, "10"), (6, "P")], 700)],
                vec![(&[(1, "10")], 200), (&[(1, "10"), (6, "P")], 700)],
                true,
            ),
            (
                "no total, two views that agree",
                vec![(&[(1, "10")], 900), (&[(6, "P")], 900)],
                vec![(&[(1, "10")], 900)],
                true,
            ),
            (
                "no total, two views that do not",
                vec![(&[(1, "10")], 900), (&[(6, "P")], 500)],
                vec![(&[(1, "10")], 900)],
                false,
            ),
        ];
        for (name, rows, expected, is_sure) in cases {
            let rows = rows.into_iter().map(|(pairs, ore)| (objects(pairs), ore)).collect();
            let (mut parts, sure) = without_doubles(rows);
            let mut expected: Vec<_> = expected.into_iter().map(|(pairs, ore)| (objects(pairs), ore)).collect();
            parts.sort();
            expected.sort();
            assert_eq!((parts, sure), (expected, is_sure), "{name}");
        }
    }
}
