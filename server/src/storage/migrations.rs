//! The steps that bring the schema up to date, in their order. A step that has been released never changes.
//!
//! They are listed here rather than read by `sqlx`'s macro, which would have SQLite and `sqlx` compiled once more, for the
//! compiler's own use.

use std::{borrow::Cow, future::Future, pin::Pin};

use sqlx::{
    error::BoxDynError,
    migrate::{Migration, MigrationSource, MigrationType},
};

/// The steps: what each is called, which begins with its number, and what it does.
const STEPS: [(&str, &str); 8] = [
    ("0001_first", include_str!("../../migrations/0001_first.sql")),
    ("0002_plans", include_str!("../../migrations/0002_plans.sql")),
    ("0003_decisions", include_str!("../../migrations/0003_decisions.sql")),
    ("0004_courses", include_str!("../../migrations/0004_courses.sql")),
    ("0005_mail", include_str!("../../migrations/0005_mail.sql")),
    ("0006_erasure", include_str!("../../migrations/0006_erasure.sql")),
    ("0007_course_lines", include_str!("../../migrations/0007_course_lines.sql")),
    ("0008_quiet_time", include_str!("../../migrations/0008_quiet_time.sql")),
];

/// All steps, for `sqlx`.
#[derive(Debug)]
pub struct Migrations;

impl MigrationSource<'static> for Migrations {
    fn resolve(self) -> Pin<Box<dyn Future<Output = Result<Vec<Migration>, BoxDynError>> + Send>> {
        let step = |(number, (name, sql)): (i64, (&'static str, &'static str))| {
            Migration::new(number, Cow::Borrowed(name), MigrationType::Simple, Cow::Borrowed(sql), false)
        };
        let steps: Vec<_> = (1..).zip(STEPS).map(step).collect();
        Box::pin(async { Ok(steps) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_a_step_and_bears_its_number() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let files = std::fs::read_dir(folder).expect("the folder is there");
        let mut names: Vec<_> =
            files.map(|file| file.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        let steps: Vec<_> = STEPS.iter().map(|(name, _)| format!("{name}.sql")).collect();
        assert_eq!(names, steps, "list the new step in STEPS");
        for (number, name) in (1..).zip(&names) {
            assert!(name.starts_with(&format!("{number:04}_")), "{name} is number {number}");
        }
    }
}
