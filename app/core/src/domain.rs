//! What Samplan is about: money, items, contributions, and the rules between them.
//!
//! Pure values and functions: no clock, no randomness, no IO, and no knowledge of documents, networks or pages.
//! Identifiers are English; each type opens with the Swedish word its users say.

pub mod budget;
pub mod check;
pub mod county;
pub mod course;
pub mod date;
pub mod demo;
pub mod equity;
pub mod equivalents;
pub mod export;
pub mod ids;
pub mod law;
pub mod ledger;
pub mod money;
pub mod outcome;
pub mod picture;
pub mod ratio;
pub mod scale;
pub mod sheet;
pub mod split;
pub mod stated;
pub mod version;
mod words;
pub mod year;

pub use budget::{
    Amounts, Budget, BudgetLine, CeilingError, CeilingRate, Income, LineRole, NextYear, PartyKind, Section,
};
pub use check::{Figure, Finding, FindingKind, Place, Spot};
pub use county::{Balance, BalanceState, Commitment, Contribution, CountyItem, Horizon, StatedTotals};
pub use course::{
    ClockTime, Course, Decision, Occasion, OccasionDay, Organiser, Party, Prerequisite, PublicOccasion, Question,
    Registration, Sensitive, Sex, SignUp, Source,
};
pub use date::IsoDate;
pub use equity::EquityYear;
pub use equivalents::{Benefit, EquivalentRow, PopulationGroup};
pub use ids::{
    AssociationId, CourseId, DocumentId, EquivalentId, IdError, IncomeId, ItemId, LineId, OutcomeId, QuestionId,
    RegistrationId, SectionId, UserId, VersionId,
};
pub use law::{LawComparison, LawPart, LawShares};
pub use money::{AmountError, AmountUnit, Money};
pub use outcome::{ForecastProposal, LineStanding, Outcome, OutcomeChange, OutcomeIncome, OutcomeLine};
pub use ratio::Ratio;
pub use scale::Scale;
pub use split::{Split, SplitKey, SplitProblem, split, split_by_weights};
pub use stated::{Precision, Stated, StatedError, StatedFigures, StatedKey, StatedKeyError, StatedUnit};
pub use version::{Deciding, NewVersion, Standing, VersionStatus};
pub use year::{Year, YearError};
