//! The real relay on port 0, and clients that speak to it as any other would.
//!
//! One program for all of these tests, since linking costs more than running. `support` starts relays and has the
//! clients; each other module is about one promise.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

mod accounts;
mod admin;
mod course_counts;
mod course_history;
mod courses;
mod crash;
mod disk;
mod documents;
mod erasure;
mod erasure_damaged;
mod evaluation;
mod faults;
mod feeds;
mod hostile;
mod letters;
mod mail;
mod mail_tls;
mod new_occasion;
mod permission;
mod storage;
mod support;
mod sync;
