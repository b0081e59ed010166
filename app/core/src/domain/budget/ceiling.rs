//! The rate of the equity ceiling, as people write it and as it is kept.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// *Tak för eget kapital*: how much an association should have saved at most, as a share of the year's income.
///
/// Kept in hundredths of a percent. The national council recommends a rate that falls with the size of the yearly
/// funding, so that it is a setting of each association.
///
/// ```
/// use samplan_core::domain::CeilingRate;
///
/// let rate: CeilingRate = "12,5 %".parse()?;
/// assert_eq!((rate.hundredths(), rate.to_string().as_str()), (1_250, "12,5"));
/// # Ok::<(), samplan_core::domain::CeilingError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CeilingRate(u16);

/// Says which rates there are. Shown beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Skriv en procentsats mellan 0 och 100 med högst två decimaler, till exempel 20 eller 12,5.")]
pub struct CeilingError;

impl CeilingRate {
    /// The rate of so many hundredths of a percent; none above 100 %.
    pub fn from_hundredths(hundredths: u16) -> Option<Self> {
        (hundredths <= 10_000).then_some(Self(hundredths))
    }

    /// Hundredths of a percent: 2000 for 20 %.
    pub fn hundredths(self) -> u16 {
        self.0
    }
}

impl Default for CeilingRate {
    /// 20 %, as the plan of 2021 uses: 2 662 tkr of 13 310 tkr.
    fn default() -> Self {
        Self(2_000)
    }
}

impl FromStr for CeilingRate {
    type Err = CeilingError;

    fn from_str(text: &str) -> Result<Self, CeilingError> {
        let text = text.trim();
        let text = text.strip_suffix('%').map_or(text, str::trim_end);
        let (whole, decimals) = text.split_once([',', '.']).unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || whole.len() > 3 || decimals.len() > 2 {
            return Err(CeilingError);
        }
        let number = |text: &str| text.parse::<u16>().map_err(|_| CeilingError);
        let hundredths = number(whole)?
            .checked_mul(100)
            .and_then(|whole| whole.checked_add(number(&format!("{decimals:0<2}")).ok()?))
            .ok_or(CeilingError)?;
        Self::from_hundredths(hundredths).ok_or(CeilingError)
    }
}

impl fmt::Display for CeilingRate {
    /// In percent, without the sign: "12,5".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, decimals) = (self.0 / 100, self.0 % 100);
        match decimals {
            0 => write!(f, "{whole}"),
            tens if tens % 10 == 0 => write!(f, "{whole},{}", tens / 10),
            both => write!(f, "{whole},{both:02}"),
        }
    }
}
