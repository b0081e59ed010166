//! What several pages use. A component takes data in and hands events out; none does IO.

pub mod announce;
pub mod chart;
pub mod clock;
pub mod county_beside;
pub mod course_figures;
pub mod dialog;
pub mod document;
pub mod exchange;
pub mod field;
pub mod frame;
pub mod grid;
pub mod icon;
pub mod initials;
pub mod sign_out;
pub mod status_line;
pub mod unbroken;
pub mod unit;
