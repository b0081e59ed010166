//! Understands the labels of an accounting file, line by line.

use std::collections::BTreeMap;

use samplan_core::domain::date::IsoDate;
use samplan_core::domain::ledger::{Account, AccountKind, AccountNumber, Ledger, Object};
use samplan_core::domain::money::Money;

use super::collect::Collector;
use super::fields::{Field, fields};
use super::{ASK_AGAIN, MAX_LINE, MAX_ROWS, SieError};

/// What has been read of a file.
#[derive(Default)]
pub(super) struct Reader {
    ledger: Ledger,
    amounts: Collector,
    /// The file says that it is one of ours, by a label that every type has.
    is_sie: bool,
    voucher: Option<Voucher>,
    /// The line of the first voucher whose rows do not come to nothing, and how many there are.
    unbalanced: Option<(usize, usize)>,
    objects: BTreeMap<(u32, String), String>,
}

struct Voucher {
    line: usize,
    date: IsoDate,
    is_open: bool,
    sum: i64,
}

/// The fields after a label, with the line they stand on for what is wrong with them.
struct Row<'a> {
    line: usize,
    fields: &'a [Field],
}

impl Reader {
    pub(super) fn line(&mut self, number: usize, line: &str) -> Result<(), SieError> {
        // MS-DOS ended files with Ctrl-Z, and some programs still do.
        let line = line.trim_matches(['\u{1a}', '\0', ' ', '\t']);
        if line.is_empty() {
            return Ok(());
        }
        if line.len() > MAX_LINE {
            return Err(SieError::at(number, format!("Raden är längre än {MAX_LINE} tecken. {ASK_AGAIN}")));
        }
        if !self.is_sie && !line.starts_with('#') {
            return Err(SieError::of_file(not_sie(line)));
        }
        let fields = match fields(line) {
            Ok(fields) => fields,
            // What a line says whose label we skip does not matter.
            Err(_) if !is_known(line.split([' ', '\t']).next().unwrap_or_default()) => return Ok(()),
            Err(reason) => return Err(SieError::at(number, format!("{reason} {ASK_AGAIN}"))),
        };
        match fields.split_first() {
            Some((Field::Text(label), rest)) if label.starts_with('#') => {
                self.is_sie = true;
                self.record(&label.to_ascii_uppercase(), &Row { line: number, fields: rest })
            }
            Some((Field::Open, _)) => self.open(number),
            Some((Field::Close, _)) => self.close(number),
            // An empty voucher on one line.
            Some((Field::Objects(inside), _)) if inside.is_empty() && self.voucher.is_some() => {
                self.open(number)?;
                self.close(number)
            }
            _ => Err(SieError::at(number, format!("Raden börjar inte med en etikett, som #KONTO. {ASK_AGAIN}"))),
        }
    }

    fn record(&mut self, label: &str, row: &Row<'_>) -> Result<(), SieError> {
        match label {
            "#PROGRAM" => self.ledger.program = row.rest(0),
            "#GEN" => self.ledger.written = row.optional_date(0),
            "#FNAMN" => self.ledger.company = row.rest(0),
            "#ORGNR" => self.ledger.organisation_number = Some(row.text(0)).filter(|text| !text.is_empty()),
            "#SIETYP" if !matches!(row.text(0).as_str(), "1" | "2" | "3" | "4" | "4E" | "4I") => {
                return Err(row.error("Filens typ är inte 1, 2, 3 eller 4. Exportera som SIE 4."));
            }
            "#OMFATTN" => self.amounts.through = Some(row.date(0)?),
            "#RAR" if row.text(0) == "0" => {
                let year = (row.date(1)?, row.date(2)?);
                if year.1 < year.0 {
                    return Err(row.error("Räkenskapsåret slutar innan det börjar."));
                }
                self.ledger.year = Some(year);
            }
            "#KONTO" => self.account(row)?.name = row.rest(1),
            "#KTYP" => {
                self.account(row)?.kind = match row.text(1).to_ascii_uppercase().as_str() {
                    "T" => Some(AccountKind::Asset),
                    "S" => Some(AccountKind::Debt),
                    "K" => Some(AccountKind::Cost),
                    "I" => Some(AccountKind::Income),
                    _ => None,
                };
            }
            "#DIM" | "#UNDERDIM" => {
                self.ledger.dimensions.insert(row.dimension(0)?, row.text(1));
                bounded(self.ledger.dimensions.len(), row)?;
            }
            "#OBJEKT" => {
                self.objects.insert((row.dimension(0)?, row.text(1)), row.text(2));
                bounded(self.objects.len(), row)?;
            }
            // Balances of assets and debts, and the program's own budget: read so that a damaged file is noticed.
            "#IB" | "#UB" => drop((row.account(1)?, row.amount(2)?)),
            "#OIB" | "#OUB" => drop((row.account(1)?, row.objects(2)?, row.amount(3)?)),
            "#PBUDGET" => drop((row.month(1)?, row.account(2)?, row.objects(3)?, row.amount(4)?)),
            "#RES" => {
                let (account, amount) = (row.account(1)?, row.amount(2)?);
                if row.text(0) == "0" {
                    self.amounts.year(row.line, account, amount)?;
                }
            }
            "#PSALDO" => {
                let (month, account, objects, amount) =
                    (row.month(1)?, row.account(2)?, row.objects(3)?, row.amount(4)?);
                if row.text(0) == "0" {
                    self.amounts.month(row.line, account, month, objects, amount)?;
                }
            }
            "#VER" => return self.begin(row),
            "#TRANS" => {
                let Some(voucher) = &mut self.voucher else {
                    return Err(row.error("Raden hör inte till någon verifikation: före den ska #VER stå."));
                };
                let (account, objects, amount) = (row.account(0)?, row.objects(1)?, row.amount(2)?);
                // A date may follow. Anything else there is the rest of an amount with a space in it.
                if !row.text(3).is_empty() {
                    row.date(3)?;
                }
                voucher.sum = voucher.sum.checked_add(amount.ore()).ok_or_else(|| row.error(TOO_MUCH))?;
                self.amounts.day(row.line, account, voucher.date, objects, amount)?;
            }
            // Rows added to a voucher and rows taken out of it. After an added row comes the same as a #TRANS, for
            // readers that do not know the label, and that one is counted. A removed row is not booked any more.
            "#RTRANS" | "#BTRANS" => {}
            _ => {}
        }
        Ok(())
    }

    fn account(&mut self, row: &Row<'_>) -> Result<&mut Account, SieError> {
        let number = row.account(0)?;
        bounded(self.ledger.accounts.len(), row)?;
        Ok(self.ledger.accounts.entry(number).or_default())
    }

    fn begin(&mut self, row: &Row<'_>) -> Result<(), SieError> {
        self.end_of_voucher()?;
        let date = row.date(2)?;
        let is_open = row.fields.last() == Some(&Field::Open);
        self.voucher = Some(Voucher { line: row.line, date, is_open, sum: 0 });
        Ok(())
    }

    fn open(&mut self, line: usize) -> Result<(), SieError> {
        match &mut self.voucher {
            Some(voucher) if !voucher.is_open => {
                voucher.is_open = true;
                Ok(())
            }
            _ => Err(SieError::at(line, format!("Klammern {{ hör inte till någon verifikation. {ASK_AGAIN}"))),
        }
    }

    fn close(&mut self, line: usize) -> Result<(), SieError> {
        match self.voucher.take() {
            Some(voucher) if voucher.is_open => {
                if voucher.sum != 0 {
                    let (first, count) = self.unbalanced.unwrap_or((voucher.line, 0));
                    self.unbalanced = Some((first, count + 1));
                }
                Ok(())
            }
            _ => Err(SieError::at(line, format!("Klammern }} hör inte till någon verifikation. {ASK_AGAIN}"))),
        }
    }

    fn end_of_voucher(&mut self) -> Result<(), SieError> {
        match self.voucher.take() {
            Some(voucher) if voucher.is_open => Err(SieError::at(
                voucher.line,
                format!("Verifikationen avslutas inte med }}. Filen kan ha blivit avklippt. {ASK_AGAIN}"),
            )),
            _ => Ok(()),
        }
    }

    pub(super) fn finish(mut self) -> Result<Ledger, SieError> {
        self.end_of_voucher()?;
        if !self.is_sie {
            return Err(SieError::of_file("Filen är tom. Välj filen som ekonomisystemet exporterade."));
        }
        let object = |((dimension, code), name)| Object { dimension, code, name };
        self.ledger.objects = self.objects.into_iter().map(object).collect();
        if let Some((line, count)) = self.unbalanced {
            self.ledger.notes.push(match count {
                1 => format!("Verifikationen på rad {line} går inte jämnt ut: debet och kredit skiljer sig."),
                _ => format!("{count} verifikationer går inte jämnt ut. Den första står på rad {line}."),
            });
        }
        self.amounts.into_ledger(self.ledger)
    }
}

const KNOWN: [&str; 22] = [
    "#PROGRAM",
    "#GEN",
    "#FNAMN",
    "#ORGNR",
    "#SIETYP",
    "#OMFATTN",
    "#RAR",
    "#KONTO",
    "#KTYP",
    "#DIM",
    "#UNDERDIM",
    "#OBJEKT",
    "#IB",
    "#UB",
    "#OIB",
    "#OUB",
    "#RES",
    "#PSALDO",
    "#PBUDGET",
    "#VER",
    "#TRANS",
    "{",
];

pub(super) const TOO_MUCH: &str = "Beloppen blir tillsammans större än programmet räknar med.";

fn is_known(label: &str) -> bool {
    KNOWN.iter().any(|known| label.eq_ignore_ascii_case(known))
}

fn not_sie(line: &str) -> &'static str {
    match line.trim_start().starts_with('<') {
        true => "Det här är inte en SIE 4-fil. Om den är av typen SIE 5: exportera som SIE 4 i stället.",
        false => "Det här är inte en SIE-fil: den börjar inte med en etikett, som #FLAGGA. Exportera som SIE 4.",
    }
}

fn bounded(count: usize, row: &Row<'_>) -> Result<(), SieError> {
    match count > MAX_ROWS {
        true => Err(row.error(&format!("Filen har mer än {MAX_ROWS} av samma slag. Exportera ett år i taget."))),
        false => Ok(()),
    }
}

impl Row<'_> {
    fn error(&self, reason: &str) -> SieError {
        SieError::at(self.line, reason)
    }

    /// A field as text; empty if it is not there.
    fn text(&self, at: usize) -> String {
        match self.fields.get(at) {
            Some(Field::Text(text)) => text.trim().to_owned(),
            _ => String::new(),
        }
    }

    /// All texts from a field on: names that some programs forget to quote.
    fn rest(&self, from: usize) -> String {
        let texts = self.fields.iter().skip(from).map_while(|field| match field {
            Field::Text(text) => Some(text.trim()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" ").trim().to_owned()
    }

    fn account(&self, at: usize) -> Result<AccountNumber, SieError> {
        let text = self.text(at);
        text.parse().map_err(|_| self.error(&format!("{} är inget kontonummer. {ASK_AGAIN}", shown(&text))))
    }

    fn dimension(&self, at: usize) -> Result<u32, SieError> {
        let text = self.text(at);
        text.parse().map_err(|_| self.error(&format!("{} är inget dimensionsnummer. {ASK_AGAIN}", shown(&text))))
    }

    fn optional_date(&self, at: usize) -> Option<IsoDate> {
        date(&self.text(at))
    }

    fn date(&self, at: usize) -> Result<IsoDate, SieError> {
        let text = self.text(at);
        date(&text).ok_or_else(|| {
            self.error(&format!("{} är inget datum av formen ÅÅÅÅMMDD, som 20210131. {ASK_AGAIN}", shown(&text)))
        })
    }

    /// A period `YYYYMM` as the last day of its month.
    fn month(&self, at: usize) -> Result<IsoDate, SieError> {
        let text = self.text(at);
        let last = || (text.len() == 6).then(|| (28..=31).rev().find_map(|day| date(&format!("{text}{day}"))))?;
        last().ok_or_else(|| {
            self.error(&format!("{} är ingen period av formen ÅÅÅÅMM, som 202101. {ASK_AGAIN}", shown(&text)))
        })
    }

    /// An amount to the öre, exactly.
    fn amount(&self, at: usize) -> Result<Money, SieError> {
        let text = self.text(at);
        let Some(ore) = ore(&text) else {
            let told = "är inget belopp med decimalpunkt och högst två decimaler, som -1234.50.";
            return Err(self.error(&format!("{} {told} {ASK_AGAIN}", shown(&text))));
        };
        Money::in_range(ore)
            .ok_or_else(|| self.error(&format!("{} är ett för stort belopp. {ASK_AGAIN}", shown(&text))))
    }

    /// A list of objects: dimension and code by turns.
    fn objects(&self, at: usize) -> Result<BTreeMap<u32, String>, SieError> {
        let Some(Field::Objects(texts)) = self.fields.get(at) else {
            return Err(self.error(&format!("Objektlistan saknas: där ska stå {{}} eller {{1 \"10\"}}. {ASK_AGAIN}")));
        };
        let wrong =
            || self.error(&format!("Objektlistan ska ha dimension och objekt parvis, som {{1 \"10\"}}. {ASK_AGAIN}"));
        let (pairs, []) = texts.as_chunks::<2>() else { return Err(wrong()) };
        let mut objects = BTreeMap::new();
        for [dimension, code] in pairs {
            let dimension = dimension.parse().map_err(|_| wrong())?;
            if objects.insert(dimension, code.trim().to_owned()).is_some() {
                return Err(self.error(&format!("Objektlistan nämner dimension {dimension} två gånger. {ASK_AGAIN}")));
            }
        }
        Ok(objects)
    }
}

fn date(text: &str) -> Option<IsoDate> {
    if text.len() != 8 || !text.is_ascii() {
        return None;
    }
    format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok()
}

/// `-1234.5` as öre; none for anything that is not exactly so many öre. What is beyond an `i64` stays at its end.
fn ore(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(decimals) || decimals.len() > 2 || whole.len() + decimals.len() == 0 {
        return None;
    }
    let ore: i64 = format!("{whole}{decimals:0<2}").parse().unwrap_or(i64::MAX);
    Some(if negative { -ore } else { ore })
}

/// A text of the file in Swedish quotation marks, cut to what fits in a sentence.
fn shown(text: &str) -> String {
    match text.char_indices().nth(30) {
        Some((end, _)) => format!("”{}…”", &text[..end]),
        None => format!("”{text}”"),
    }
}
