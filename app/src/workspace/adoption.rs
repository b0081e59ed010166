//! Whose undo stack a tab goes on with.
//!
//! Pure. A tab keeps its stack over reloads under its own id, which lives as long as the tab. After a restart of the
//! browser there are stacks whose tabs are gone; the user who opens the plan again goes on with the newest of them.

/// A stack found on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The tab that wrote it.
    pub tab: String,
    /// When it was last written, in milliseconds since 1970.
    pub at_ms: i64,
    /// Whether that tab is open right now.
    pub is_alive: bool,
}

/// A stack older than this is left alone: nobody remembers what it would take back.
pub const TOO_OLD_MS: i64 = 30 * 24 * 60 * 60 * 1000;

/// The stack that the tab called `own` goes on with: its own, or else the newest whose tab is gone. Stacks of open
/// tabs are never taken.
pub fn choose<'a>(own: &str, found: &'a [Found], now_ms: i64) -> Option<&'a Found> {
    if let Some(mine) = found.iter().find(|stack| stack.tab == own) {
        return Some(mine);
    }
    found
        .iter()
        .filter(|stack| !stack.is_alive && now_ms.saturating_sub(stack.at_ms) < TOO_OLD_MS)
        .max_by_key(|stack| stack.at_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stack(tab: &str, at_ms: i64, is_alive: bool) -> Found {
        Found { tab: tab.to_owned(), at_ms, is_alive }
    }

    #[track_caller]
    fn check(found: &[Found], expected: Option<&str>) {
        let chosen = choose("own", found, TOO_OLD_MS).map(|stack| stack.tab.as_str());
        assert_eq!(chosen, expected, "{found:?}");
    }

    #[test]
    fn a_tab_goes_on_with_its_own_stack() {
        check(&[stack("gone", 9, false), stack("own", 1, true)], Some("own"));
    }

    #[test]
    fn after_a_restart_the_newest_orphan_is_adopted() {
        check(&[stack("a", 5, false), stack("b", 7, false), stack("c", 9, true)], Some("b"));
    }

    #[test]
    fn stacks_of_open_tabs_and_of_last_month_are_left_alone() {
        check(&[stack("a", 5, true), stack("b", 0, false)], None);
        check(&[], None);
    }
}
