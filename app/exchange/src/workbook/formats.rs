//! How the cells of a workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use samplan_core::domain::{AmountUnit, Money};

/// Öre of the smallest unit that a figure of so many decimals shows, for thousands of kronor.
const THOUSANDS: [i64; 5] = [100_000, 10_000, 1_000, 100, 10];

pub(super) struct Formats {
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) heading: Format,
    pub(super) year: Format,
    pub(super) section: Format,
    pub(super) name: Format,
    pub(super) note: Format,
    pub(super) amount: Format,
    pub(super) sum_name: Format,
    pub(super) sum: Format,
    pub(super) percent: Format,
}

impl Formats {
    /// The formats for figures with so many decimals.
    pub(super) fn new(decimals: usize) -> Self {
        let figure = number_format(decimals);
        let bold = || Format::new().set_bold();
        let ruled = |format: Format| format.set_border_top(FormatBorder::Thin);
        Self {
            title: bold().set_font_size(16),
            subtitle: Format::new().set_font_color(Color::RGB(0x55_5B_65)),
            heading: bold().set_border_bottom(FormatBorder::Medium).set_text_wrap(),
            year: bold().set_border_bottom(FormatBorder::Medium).set_align(FormatAlign::Right),
            section: bold().set_font_size(12),
            name: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            note: Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_color(Color::RGB(0x55_5B_65)),
            amount: Format::new().set_num_format(&figure).set_align(FormatAlign::Top),
            sum_name: ruled(bold()),
            sum: ruled(bold()).set_num_format(&figure),
            percent: Format::new().set_num_format("0.## %"),
        }
    }
}

/// Groups of three and a decimal comma where the program is set to Swedish, and a real minus sign everywhere.
fn number_format(decimals: usize) -> String {
    let figure = match decimals {
        0 => "#,##0".to_owned(),
        decimals => format!("#,##0.{}", "0".repeat(decimals)),
    };
    format!("{figure};\"\u{2212}\"{figure}")
}

/// How many decimals show all of these amounts exactly.
pub(super) fn decimals(amounts: impl Iterator<Item = Money>, unit: AmountUnit) -> usize {
    let needed = |amount: Money| match unit {
        AmountUnit::Kronor if amount.ore() % 100 == 0 => 0,
        AmountUnit::Kronor => 2,
        AmountUnit::TusenKronor => {
            THOUSANDS.iter().position(|step| amount.ore() % step == 0).unwrap_or(THOUSANDS.len())
        }
    };
    amounts.map(needed).max().unwrap_or_default()
}
