//! Which key does what: the key contract of every grid, as one table. Knows no screen and changes nothing itself.

use super::place::Motion;

/// A key as it was pressed.
#[derive(Clone, Copy, Debug, Default)]
pub struct KeyPress<'a> {
    /// The DOM's `key`: `"ArrowUp"`, `"a"`, `"F2"` …
    pub key: &'a str,
    /// Control, or Command on a Mac.
    pub control: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// Whether an input method is composing a character, when no key is ours.
    pub composing: bool,
}

/// What an open editor was opened by, which decides what the arrows do in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditMode {
    /// By typing over the old value: the arrows commit and move on.
    Replace,
    /// By a dead key or an input method, which composes a character in it. It looks empty, but until something has come
    /// of the composition the old value stands: a dead key alone must not empty a cell.
    Compose,
    /// By Enter, F2 or a double click: the arrows move the caret.
    Revise,
}

/// What a key asks of the grid while no editor is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Move the cursor.
    Move(Motion),
    /// Move the selection's free corner.
    Extend(Motion),
    /// Open the editor on the old value.
    Edit,
    /// Open the editor on what was typed.
    Replace(String),
    /// Open the editor, empty, for a character that is being composed: the key itself goes on to it.
    Compose,
    /// Let go of the selection.
    ClearSelection,
    /// Select the whole row.
    SelectRow,
    /// Select the whole column.
    SelectColumn,
    /// Select everything.
    SelectAll,
    /// Empty the selected cells.
    Clear,
    /// Fill the selection from its first row.
    FillDown,
    /// Take back my last edit.
    Undo,
    /// Do it again.
    Redo,
    /// Add a row below.
    RowBelow,
    /// Add a row above.
    RowAbove,
    /// Remove the row.
    RemoveRow,
    /// Move the row up.
    RowUp,
    /// Move the row down.
    RowDown,
    /// Open the menu with every action.
    Menu,
}

/// What a key asks of an open editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditorAction {
    /// Keep what was typed and move the cursor, if at all.
    Commit(Option<Motion>),
    /// Forget what was typed.
    Discard,
    /// Put a line break at the caret.
    LineBreak,
}

/// What `press` does in a grid without an open editor; nothing if the key belongs to the browser.
pub fn moving(press: KeyPress<'_>) -> Option<Action> {
    if press.composing {
        return None;
    }
    if press.alt && !press.control {
        return match press.key {
            "ArrowUp" => Some(Action::RowUp),
            "ArrowDown" => Some(Action::RowDown),
            // On a Mac, Option makes dead keys.
            "Dead" => Some(Action::Compose),
            _ => None,
        };
    }
    if let Some(motion) = motion(press) {
        return Some(if press.shift { Action::Extend(motion) } else { Action::Move(motion) });
    }
    match (press.key, press.control, press.shift) {
        ("Enter", false, false) | ("F2", false, false) => Some(Action::Edit),
        ("Enter", true, false) => Some(Action::RowBelow),
        ("Enter", true, true) => Some(Action::RowAbove),
        ("Escape", false, _) => Some(Action::ClearSelection),
        (" ", false, true) => Some(Action::SelectRow),
        (" ", true, false) => Some(Action::SelectColumn),
        ("a" | "A", true, false) => Some(Action::SelectAll),
        ("Delete" | "Backspace", false, false) => Some(Action::Clear),
        ("Delete", true, false) => Some(Action::RemoveRow),
        ("d" | "D", true, false) => Some(Action::FillDown),
        ("z" | "Z", true, false) => Some(Action::Undo),
        ("y" | "Y", true, false) | ("z" | "Z", true, true) => Some(Action::Redo),
        ("F10", false, true) | ("ContextMenu", false, false) => Some(Action::Menu),
        // A dead key (´ ¨ ~), and a key that an input method has taken. AltGr makes dead keys too.
        ("Dead" | "Process", false, _) => Some(Action::Compose),
        ("Dead", true, _) if press.alt => Some(Action::Compose),
        (key, false, _) if is_character(key) => Some(Action::Replace(key.to_owned())),
        // AltGr gives characters such as @ and reports itself as Control with Alt.
        (key, true, _) if press.alt && is_character(key) => Some(Action::Replace(key.to_owned())),
        _ => None,
    }
}

/// What `press` does in an open editor; nothing if it belongs to the input.
pub fn editing(press: KeyPress<'_>, mode: EditMode) -> Option<EditorAction> {
    use EditorAction::{Commit, Discard, LineBreak};
    if press.composing {
        return None;
    }
    match (press.key, press.control, press.shift, press.alt) {
        ("Enter", false, false, true) => Some(LineBreak),
        ("Enter", false, false, false) => Some(Commit(Some(Motion::Down))),
        ("Enter", false, true, false) => Some(Commit(Some(Motion::Up))),
        ("Tab", false, false, false) => Some(Commit(Some(Motion::Next))),
        ("Tab", false, true, false) => Some(Commit(Some(Motion::Previous))),
        ("F2", false, false, false) => Some(Commit(None)),
        ("Escape", ..) => Some(Discard),
        (_, false, false, false) if mode != EditMode::Revise => arrow(press.key).map(|motion| Commit(Some(motion))),
        _ => None,
    }
}

fn arrow(key: &str) -> Option<Motion> {
    match key {
        "ArrowUp" => Some(Motion::Up),
        "ArrowDown" => Some(Motion::Down),
        "ArrowLeft" => Some(Motion::Left),
        "ArrowRight" => Some(Motion::Right),
        _ => None,
    }
}

fn motion(press: KeyPress<'_>) -> Option<Motion> {
    match (press.key, press.control) {
        (key, false) if arrow(key).is_some() => arrow(key),
        // As spreadsheets do: with Control to the end of the row or the column.
        ("ArrowLeft", true) => Some(Motion::RowStart),
        ("ArrowRight", true) => Some(Motion::RowEnd),
        ("Home", false) => Some(Motion::RowStart),
        ("End", false) => Some(Motion::RowEnd),
        ("Home", true) => Some(Motion::TableStart),
        ("End", true) => Some(Motion::TableEnd),
        ("PageUp", false) => Some(Motion::PageUp),
        ("PageDown", false) => Some(Motion::PageDown),
        _ => None,
    }
}

fn is_character(key: &str) -> bool {
    let mut characters = key.chars();
    matches!((characters.next(), characters.next()), (Some(character), None) if !character.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(chord: &str) -> KeyPress<'_> {
        let mut press = KeyPress::default();
        let mut rest = chord;
        while let Some((modifier, key)) = rest.split_once('+').filter(|(_, key)| !key.is_empty()) {
            match modifier {
                "Ctrl" => press.control = true,
                "Shift" => press.shift = true,
                "Alt" => press.alt = true,
                other => panic!("no such modifier: {other}"),
            }
            rest = key;
        }
        press.key = rest;
        press
    }

    fn check(chord: &str, expected: Option<Action>) {
        assert_eq!(moving(press(chord)), expected, "{chord}");
    }

    #[test]
    fn every_key_of_the_contract_has_its_action() {
        check("ArrowUp", Some(Action::Move(Motion::Up)));
        check("Shift+ArrowDown", Some(Action::Extend(Motion::Down)));
        check("Home", Some(Action::Move(Motion::RowStart)));
        check("Ctrl+End", Some(Action::Move(Motion::TableEnd)));
        check("PageDown", Some(Action::Move(Motion::PageDown)));
        check("Enter", Some(Action::Edit));
        check("F2", Some(Action::Edit));
        check("Escape", Some(Action::ClearSelection));
        check("Shift+ ", Some(Action::SelectRow));
        check("Ctrl+ ", Some(Action::SelectColumn));
        check("Ctrl+a", Some(Action::SelectAll));
        check("Delete", Some(Action::Clear));
        check("Ctrl+Delete", Some(Action::RemoveRow));
        check("Ctrl+d", Some(Action::FillDown));
        check("Ctrl+z", Some(Action::Undo));
        check("Ctrl+y", Some(Action::Redo));
        check("Ctrl+Shift+Z", Some(Action::Redo));
        check("Ctrl+Enter", Some(Action::RowBelow));
        check("Ctrl+Shift+Enter", Some(Action::RowAbove));
        check("Alt+ArrowUp", Some(Action::RowUp));
        check("Alt+ArrowDown", Some(Action::RowDown));
        check("Shift+F10", Some(Action::Menu));
    }

    #[test]
    fn a_character_replaces_whatever_modifier_it_took_to_write_it() {
        check("5", Some(Action::Replace("5".into())));
        check("Shift+Å", Some(Action::Replace("Å".into())));
        check(" ", Some(Action::Replace(" ".into())));
        check("Ctrl+Alt+@", Some(Action::Replace("@".into())));
    }

    #[test]
    fn a_dead_key_and_an_input_method_open_the_editor_for_what_comes() {
        for chord in ["Dead", "Shift+Dead", "Alt+Dead", "Ctrl+Alt+Dead", "Process"] {
            check(chord, Some(Action::Compose));
        }
        check("Ctrl+Process", None);
    }

    #[test]
    fn keys_of_the_browser_are_left_to_it() {
        for chord in ["Tab", "Shift+Tab", "Ctrl+c", "Ctrl+v", "Ctrl+x", "Ctrl+f", "F5", "Ctrl+r", "Shift", "Alt+a"] {
            check(chord, None);
        }
    }

    #[test]
    fn nothing_is_taken_from_an_input_method_that_composes() {
        let press = KeyPress { key: "Enter", composing: true, ..KeyPress::default() };
        assert_eq!(moving(press), None);
        assert_eq!(editing(press, EditMode::Replace), None);
    }

    fn check_editing(chord: &str, mode: EditMode, expected: Option<EditorAction>) {
        assert_eq!(editing(press(chord), mode), expected, "{chord} {mode:?}");
    }

    #[test]
    fn enter_and_tab_commit_and_move() {
        use EditorAction::Commit;
        for mode in [EditMode::Replace, EditMode::Revise] {
            check_editing("Enter", mode, Some(Commit(Some(Motion::Down))));
            check_editing("Shift+Enter", mode, Some(Commit(Some(Motion::Up))));
            check_editing("Tab", mode, Some(Commit(Some(Motion::Next))));
            check_editing("Shift+Tab", mode, Some(Commit(Some(Motion::Previous))));
            check_editing("F2", mode, Some(Commit(None)));
            check_editing("Escape", mode, Some(EditorAction::Discard));
            check_editing("Alt+Enter", mode, Some(EditorAction::LineBreak));
            check_editing("Ctrl+z", mode, None);
            check_editing("a", mode, None);
        }
    }

    #[test]
    fn arrows_commit_after_typing_over_and_move_the_caret_otherwise() {
        check_editing("ArrowLeft", EditMode::Replace, Some(EditorAction::Commit(Some(Motion::Left))));
        check_editing("ArrowLeft", EditMode::Compose, Some(EditorAction::Commit(Some(Motion::Left))));
        check_editing("ArrowLeft", EditMode::Revise, None);
        check_editing("Shift+ArrowLeft", EditMode::Replace, None);
        check_editing("Home", EditMode::Replace, None);
    }
}
