//! Backing up and restoring, from the terminal.
//!
//! A backup is one whole database, made while the relay runs, with the erasure log beside it. It holds personal data, so
//! it goes after [`KEPT_DAYS`]: each new backup removes what is older. What was erased after a backup was made is erased
//! anew when it is restored, before the relay listens: see [`crate::erasure`].

mod files;

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};

use crate::{
    clock,
    erasure::log::ErasureLog,
    storage::{Database, FILE_NAME, OpenError},
};
use files::{copy, flush_folder, remove, removed_expired, stamp};

/// *Säkerhetskopior*: how long they are kept. Personal data that was erased is gone from all of them after so long.
pub const KEPT_DAYS: i64 = 35;

/// Help for the terminal.
pub const HELP: &str = "\
samplan: säkerhetskopiera och återställa

  samplan backup --to MAPP      medan reläet är igång; kopior äldre än 35 dagar tas bort
  samplan restore --from FIL    när reläet är stoppat; den nuvarande databasen sparas bredvid FIL

Till båda hör --data MAPP (eller SAMPLAN_DATA; annars ./data).";

/// A thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Makes a backup in a folder.
    Backup {
        /// The folder; made if it is missing.
        to: PathBuf,
    },
    /// Puts a backup in place of the database.
    Restore {
        /// The backup.
        from: PathBuf,
    },
}

/// Why it was not done; shown on the terminal.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Not a command, or one without what it needs.
    #[error("{0}\n\n{HELP}")]
    Usage(String),
    /// There is nothing to back up.
    #[error("det finns ingen databas i {0} (no database)")]
    NoDatabase(String),
    /// A relay has the folder.
    #[error("reläet är igång på {0} (in use). Stoppa det först.")]
    InUse(String),
    /// The file is no whole database of ours.
    #[error("{0} är ingen hel säkerhetskopia (not a whole backup). Ingenting är ändrat.")]
    NotWhole(String),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// SQLite failed.
    #[error("databasen gick inte att kopiera (database): {0}")]
    Database(#[from] rusqlite::Error),
    /// The disk failed.
    #[error("filen gick inte att skriva eller läsa (file): {0}")]
    File(#[from] std::io::Error),
}

/// The command that the arguments ask for, with the data folder; none where they ask for something else.
///
/// # Errors
/// What is missing, with the help.
pub fn read(
    arguments: &[String],
    lookup: impl Fn(&str) -> Option<String>,
) -> Result<Option<(Command, PathBuf)>, BackupError> {
    let (what, flag, rest) = match arguments.split_first() {
        Some((what, rest)) if what == "backup" => (what.as_str(), "--to", rest),
        Some((what, rest)) if what == "restore" => (what.as_str(), "--from", rest),
        _ => return Ok(None),
    };
    let (mut place, mut data) = (None, None);
    let mut rest = rest.iter();
    while let Some(argument) = rest.next() {
        let slot = match argument.as_str() {
            name if name == flag => &mut place,
            "--data" => &mut data,
            other => return Err(BackupError::Usage(format!("{other} hör inte hit."))),
        };
        *slot = Some(rest.next().ok_or_else(|| BackupError::Usage(format!("{argument} saknar värde.")))?.clone());
    }
    let place = PathBuf::from(place.ok_or_else(|| BackupError::Usage(format!("{flag} behövs.")))?);
    let data = data.or_else(|| lookup("SAMPLAN_DATA").filter(|value| !value.is_empty()));
    let command = if what == "backup" { Command::Backup { to: place } } else { Command::Restore { from: place } };
    Ok(Some((command, data.unwrap_or_else(|| "./data".to_owned()).into())))
}

/// Does it; what there is to say.
///
/// # Errors
/// A Swedish sentence that says why it was not done.
pub fn run(command: &Command, data: &Path) -> Result<String, BackupError> {
    match command {
        Command::Backup { to } => {
            let (path, removed) = backup(data, to, clock::now_ms())?;
            let gone = if removed > 0 {
                format!("\nBorttagna kopior äldre än {KEPT_DAYS} dagar: {removed}.")
            } else {
                String::new()
            };
            Ok(format!("Säkerhetskopian är klar: {}{gone}", path.display()))
        }
        Command::Restore { from } => {
            let aside = restore(data, from, clock::now_ms())?;
            let aside =
                aside.map(|path| format!("\nDatabasen som fanns ligger i {}.", path.display())).unwrap_or_default();
            Ok(format!(
                "Återställt från {}.{aside}\nDet som har raderats sedan kopian gjordes raderas igen när reläet startar.",
                from.display()
            ))
        }
    }
}

/// Makes a backup in `to` of the database in `data`, which a relay may be writing to; and removes those that are too
/// old. Where the backup lies, and how many were removed.
///
/// # Errors
/// [`BackupError`], with no backup made and none removed.
pub fn backup(data: &Path, to: &Path, now_ms: i64) -> Result<(PathBuf, usize), BackupError> {
    fs::create_dir_all(to)?;
    let path = to.join(format!("samplan-{}.sqlite", stamp(now_ms)));
    copy_database(&data.join(FILE_NAME), &path)?;
    // After the database: what the log tells is at most more than the database has, never less.
    ErasureLog::in_folder(to).take_in(&ErasureLog::in_folder(data))?;
    Ok((path, removed_expired(to, now_ms, KEPT_DAYS)?))
}

/// Puts the backup `from` in place of the database in `data`. What was there is put beside the backup, as one more
/// backup, so that it goes in time like all others; where.
///
/// # Errors
/// [`BackupError`]. Until the backup has been found whole, nothing is changed.
pub fn restore(data: &Path, from: &Path, now_ms: i64) -> Result<Option<PathBuf>, BackupError> {
    let Some(_lock) = Database::lock(data)? else { return Err(BackupError::InUse(data.display().to_string())) };
    if !is_whole(from) {
        return Err(BackupError::NotWhole(from.display().to_string()));
    }
    let folder = from.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let current = data.join(FILE_NAME);
    let aside = if current.exists() { Some(put_aside(&current, folder, now_ms)?) } else { None };
    let (log, beside) = (ErasureLog::in_folder(data), ErasureLog::in_folder(folder));
    log.take_in(&beside)?;
    beside.take_in(&log)?;

    let coming = data.join(format!("{FILE_NAME}.coming"));
    copy(from, &coming)?;
    // The log of the old database must not be read into the new one.
    for ending in ["-wal", "-shm"] {
        remove(&data.join(format!("{FILE_NAME}{ending}")))?;
    }
    fs::rename(&coming, &current)?;
    flush_folder(data)?;
    Ok(aside)
}

/// The database that is replaced, as one more backup. One that SQLite cannot read is kept as it lies.
fn put_aside(current: &Path, folder: &Path, now_ms: i64) -> Result<PathBuf, BackupError> {
    let path = folder.join(format!("samplan-{}-replaced.sqlite", stamp(now_ms)));
    if copy_database(current, &path).is_ok() {
        return Ok(path);
    }
    copy(current, &path)?;
    let log = PathBuf::from(format!("{}-wal", current.display()));
    if log.exists() {
        copy(&log, &PathBuf::from(format!("{}-wal", path.display())))?;
    }
    Ok(path)
}

/// Copies a database in one moment of it, without pages that hold what was deleted, and makes sure that it is whole.
fn copy_database(from: &Path, to: &Path) -> Result<(), BackupError> {
    if !from.exists() {
        return Err(BackupError::NoDatabase(from.display().to_string()));
    }
    let partial = PathBuf::from(format!("{}.partial", to.display()));
    remove(&partial)?;
    let connection = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.execute("VACUUM INTO ?1", [partial.display().to_string()])?;
    drop(connection);
    if !is_whole(&partial) {
        remove(&partial)?;
        return Err(BackupError::NotWhole(from.display().to_string()));
    }
    fs::File::open(&partial)?.sync_all()?;
    fs::rename(&partial, to)?;
    if let Some(folder) = to.parent() {
        flush_folder(folder)?;
    }
    Ok(())
}

/// Whether a file is a whole database of ours.
fn is_whole(path: &Path) -> bool {
    let checked = || -> Result<bool, rusqlite::Error> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let said: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        let ours: i64 =
            connection
                .query_row("SELECT COUNT(*) FROM sqlite_master WHERE name = 'documents'", [], |row| row.get(0))?;
        Ok(said == "ok" && ours == 1)
    };
    checked().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<Option<(Command, PathBuf)>, BackupError> {
        let arguments: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        read(&arguments, |_| None)
    }

    #[test]
    fn a_backup_needs_a_folder_and_a_restore_a_file() {
        let (command, data) = asked("backup --to b --data d").expect("read").expect("one");
        assert_eq!((command, data), (Command::Backup { to: "b".into() }, "d".into()));
        let (command, data) = asked("restore --from b/x.sqlite").expect("read").expect("one");
        assert_eq!((command, data), (Command::Restore { from: "b/x.sqlite".into() }, "./data".into()));
        assert!(asked("--demo").expect("read").is_none());
        for (line, part) in [("backup", "--to"), ("restore --to b", "--to hör inte hit"), ("backup --to", "saknar")] {
            let error = asked(line).expect_err(line).to_string();
            assert!(error.contains(part), "{line}: {error}");
        }
    }
}
