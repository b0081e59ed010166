//! Signing up for courses: places are given in order of arrival, once each, and nothing that is answered is lost.

mod erased;
mod limits;
mod line;
mod personal;
pub mod support;
mod together;
mod told;
