//! Files and the names of backups, which say when each was made.

use std::{fs, io, path::Path};

use time::{Date, Month, OffsetDateTime};

const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A moment as it stands in a name: `2026-11-22T131500Z`.
pub fn stamp(now_ms: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(now_ms.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (hour, minute, second) = at.to_hms();
    format!("{:04}-{:02}-{:02}T{hour:02}{minute:02}{second:02}Z", at.year(), u8::from(at.month()), at.day())
}

/// When the backup of this name was made, in seconds since 1970; none for other files.
fn made_at(name: &str) -> Option<i64> {
    let rest = name.strip_prefix("samplan-")?;
    let (date, rest) = rest.split_once('T')?;
    let (time, ending) = rest.split_once('Z')?;
    if !ending.contains(".sqlite") || time.len() != 6 {
        return None;
    }
    let mut parts = date.splitn(3, '-');
    let mut next = || parts.next()?.parse::<u16>().ok();
    let (year, month, day) = (next()?, u8::try_from(next()?).ok()?, u8::try_from(next()?).ok()?);
    let date = Date::from_calendar_date(i32::from(year), Month::try_from(month).ok()?, day).ok()?;
    let part = |range: std::ops::Range<usize>| time.get(range)?.parse::<u8>().ok();
    Some(date.with_hms(part(0..2)?, part(2..4)?, part(4..6)?).ok()?.assume_utc().unix_timestamp())
}

/// Removes the backups in a folder that are older than so many days; how many there were. Other files are left alone.
pub fn removed_expired(folder: &Path, now_ms: i64, days: i64) -> io::Result<usize> {
    let oldest = now_ms.div_euclid(1000) - days * DAY_SECONDS;
    let mut count = 0;
    for file in fs::read_dir(folder)? {
        let file = file?;
        if made_at(&file.file_name().to_string_lossy()).is_some_and(|made| made < oldest) {
            fs::remove_file(file.path())?;
            count += 1;
        }
    }
    Ok(count)
}

/// Copies a file; when this returns, the disk has it.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to)?;
    fs::File::open(to)?.sync_all()
}

/// Removes a file, if it is there.
pub fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes sure that the names in a folder are on the disk.
pub fn flush_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_when_the_backup_was_made() {
        for at in [0, 1_616_716_800, 1_795_353_299] {
            assert_eq!(made_at(&format!("samplan-{}.sqlite", stamp(at * 1000))), Some(at));
            assert_eq!(made_at(&format!("samplan-{}-replaced.sqlite-wal", stamp(at * 1000))), Some(at));
        }
        assert_eq!(stamp(1_616_716_800_000), "2021-03-26T000000Z");
    }

    #[test]
    fn other_files_have_no_such_name() {
        for name in [
            "samplan.sqlite",
            "erasures.log",
            "samplan-2021-13-01T000000Z.sqlite",
            "samplan-x.sqlite",
            "samplan-2021-03-26T000000Z.txt",
            "samplan-2021-03-26T00Z.sqlite",
        ] {
            assert_eq!(made_at(name), None, "{name}");
        }
    }
}
