//! What the page of every document has: tools, people, notices, amounts that wait for someone to pick, removed rows.

pub mod cell_history;
pub mod changes;
pub mod conflict;
pub mod notices;
pub mod people;
pub mod reading;
pub mod removed;
pub mod toolbar;
pub mod tools;
pub mod workbook;

pub use cell_history::{CellHistory, CellHistoryDialog};
pub use changes::ChangeList;
pub use conflict::ConflictCard;
pub use notices::Notices;
pub use people::PeopleHere;
pub use reading::ReadingNote;
pub use removed::{Gone, RemovedRows};
pub use toolbar::Toolbar;
pub use tools::{Message, Tools};
pub use workbook::SaveWorkbook;
