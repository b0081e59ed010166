//! The erasure log: a file beside the database, of ids and dates alone.
//!
//! It outlives the database: after a restore it tells what was erased since the backup was made. One line for each
//! erasure, appended and flushed to the disk; a line that a crash cut short is passed over, since the database that
//! it was written after has the same, and writes it again.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use app::domain::{
    date::swedish_day,
    ids::{DocumentId, RegistrationId},
};

/// The log's name, in the data folder and in a folder of backups.
pub const FILE_NAME: &str = "erasures.log";

/// One erasure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day, as 2026-11-22. Told to people; decides nothing.
    pub day: String,
    /// What is no more.
    pub document: DocumentId,
    /// Where what was left of it went on; none where nothing was left.
    pub replaced_by: Option<DocumentId>,
    /// Whose registrations were left out.
    pub registrations: Vec<RegistrationId>,
}

impl Entry {
    /// An erasure of this moment.
    pub fn new(
        at_ms: i64,
        document: DocumentId,
        replaced_by: Option<DocumentId>,
        registrations: Vec<RegistrationId>,
    ) -> Self {
        Self { day: swedish_day(at_ms), document, replaced_by, registrations }
    }

    fn line(&self) -> String {
        let mut line = format!("{} erased={}", self.day, self.document);
        if let Some(replaced_by) = self.replaced_by {
            line.push_str(&format!(" replaced-by={replaced_by}"));
        }
        if !self.registrations.is_empty() {
            let ids: Vec<_> = self.registrations.iter().map(ToString::to_string).collect();
            line.push_str(&format!(" registrations={}", ids.join(",")));
        }
        line.push('\n');
        line
    }

    /// The other way; none for a line that is not whole. What a later version adds is passed over.
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let day = words.next()?.to_owned();
        let (mut document, mut replaced_by, mut registrations) = (None, None, Vec::new());
        for word in words {
            match word.split_once('=')? {
                ("erased", id) => document = Some(id.parse().ok()?),
                ("replaced-by", id) => replaced_by = Some(id.parse().ok()?),
                ("registrations", ids) => {
                    registrations = ids.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
                }
                _ => {}
            }
        }
        Some(Self { day, document: document?, replaced_by, registrations })
    }
}

/// The log of a folder. Reads and writes block: call it where that may be.
#[derive(Clone, Debug)]
pub struct ErasureLog {
    path: PathBuf,
}

impl ErasureLog {
    /// The log of this folder; the file is made with its first line.
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join(FILE_NAME) }
    }

    /// All of it, in order; nothing where there is none yet.
    ///
    /// # Errors
    /// If the file is there and cannot be read.
    pub fn read(&self) -> io::Result<Vec<Entry>> {
        match std::fs::read(&self.path) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).lines().filter_map(Entry::read).collect()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    /// Adds entries; when this returns, the disk has them.
    ///
    /// # Errors
    /// If the file cannot be written. Some of the entries may be in it then.
    pub fn append(&self, entries: &[Entry]) -> io::Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let is_new = !self.path.exists();
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(&self.path)?;
        // One write, so that two programs do not write into each other's lines.
        let mut text = if ends_in_mid_line(&mut file)? { "\n".to_owned() } else { String::new() };
        text.extend(entries.iter().map(Entry::line));
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        if is_new && let Some(folder) = self.path.parent() {
            // A name that is not on the disk yet could be lost with all that stands under it.
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    /// Adds what `other` knows and this does not.
    ///
    /// # Errors
    /// If either cannot be read, or this one not be written.
    pub fn take_in(&self, other: &Self) -> io::Result<()> {
        let known = self.read()?;
        let news: Vec<_> = other.read()?.into_iter().filter(|entry| !known.contains(entry)).collect();
        self.append(&news)
    }
}

/// Whether the last line was cut short by a crash.
fn ends_in_mid_line(file: &mut File) -> io::Result<bool> {
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0_u8];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: u8, registrations: &[u8]) -> Entry {
        let registrations = registrations.iter().map(|number| RegistrationId::from_random([*number; 16])).collect();
        let replaced_by = Some(DocumentId::from_random([number + 100; 16]));
        Entry::new(1_616_716_800_000, DocumentId::from_random([number; 16]), replaced_by, registrations)
    }

    fn log() -> (PathBuf, ErasureLog) {
        let folder = std::env::temp_dir().join(format!("samplan-log-{:016x}", rand::random::<u64>()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let log = ErasureLog::in_folder(&folder);
        (folder, log)
    }

    #[test]
    fn what_was_appended_is_read_in_order() {
        let (folder, log) = log();
        assert_eq!(log.read().expect("reads"), []);
        log.append(&[entry(1, &[7, 8])]).expect("appends");
        let whole = Entry { replaced_by: None, ..entry(2, &[]) };
        log.append(&[whole.clone(), entry(3, &[9])]).expect("appends");
        assert_eq!(log.read().expect("reads"), [entry(1, &[7, 8]), whole, entry(3, &[9])]);
        std::fs::remove_dir_all(folder).expect("removes");
    }

    #[test]
    fn a_line_cut_short_by_a_crash_spoils_no_other() {
        let (folder, log) = log();
        log.append(&[entry(1, &[])]).expect("appends");
        let line = entry(2, &[5]).line();
        let mut file = OpenOptions::new().append(true).open(folder.join(FILE_NAME)).expect("opens");
        file.write_all(&line.as_bytes()[..line.len() / 2]).expect("writes");
        log.append(&[entry(3, &[])]).expect("appends");
        assert_eq!(log.read().expect("reads"), [entry(1, &[]), entry(3, &[])]);
        std::fs::remove_dir_all(folder).expect("removes");
    }

    #[test]
    fn two_logs_are_taken_together_without_doubles() {
        let ((first, one), (second, two)) = (log(), log());
        one.append(&[entry(1, &[]), entry(2, &[])]).expect("appends");
        two.append(&[entry(2, &[]), entry(3, &[])]).expect("appends");
        one.take_in(&two).expect("takes in");
        assert_eq!(one.read().expect("reads"), [entry(1, &[]), entry(2, &[]), entry(3, &[])]);
        for folder in [first, second] {
            std::fs::remove_dir_all(folder).expect("removes");
        }
    }
}
