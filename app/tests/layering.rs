//! The shape of the code, held by tests: which way dependencies point, what the core must not know, how long a file may
//! be, and that it says what it is for. `ARCHITECTURE.md` tells why.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Files that may be longer than [`LONGEST`], each with its reason. Better split than added to.
const LONGER: &[(&str, &str)] = &[];

/// Lines after which a file is split.
const LONGEST: usize = 400;

/// Where our Rust lies.
const OURS: [&str; 10] = [
    "app/core/examples",
    "app/core/src",
    "app/core/tests",
    "app/exchange/src",
    "app/exchange/tests",
    "app/src",
    "app/tests",
    "server/examples",
    "server/src",
    "server/tests",
];

/// Where the modules of [`ORDER`] lie.
const MODULES: [&str; 2] = ["app/core/src", "app/src"];

/// All modules of the core, then those of the app; each may use those before it.
const ORDER: [&str; 9] =
    ["domain", "limits", "sync", "document", "boot", "workspace", "browser", "components", "pages"];

/// The one file that may look ahead: what the workspace asks of the platform it runs on, with a twin for the server.
const SEAM: &str = "app/src/workspace/platform.rs";

struct Source {
    /// Relative to the workspace, with `/`.
    path: String,
    text: String,
}

impl Source {
    /// The lines of code with their numbers: without comments, and without the unit tests at the end.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
            .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
    }

    /// Whether it belongs to a module of the core or the app.
    fn is_in(&self, module: &str) -> bool {
        MODULES.iter().any(|folder| {
            self.path == format!("{folder}/{module}.rs") || self.path.starts_with(&format!("{folder}/{module}/"))
        })
    }
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("app lies in the workspace").to_owned()
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn sources(folders: &[&str]) -> Vec<Source> {
    let root = workspace();
    let mut paths = Vec::new();
    for folder in folders {
        collect(&root.join(folder), &mut paths);
    }
    paths.sort();
    assert!(!paths.is_empty(), "no sources in {folders:?}");
    paths
        .into_iter()
        .map(|path| Source {
            text: fs::read_to_string(&path).expect("a source can be read"),
            path: path.strip_prefix(&root).expect("it lies in the workspace").to_string_lossy().replace('\\', "/"),
        })
        .collect()
}

/// Whether a line names `word` as a whole word.
fn names(line: &str, word: &str) -> bool {
    let is_part = |character: Option<char>| character.is_some_and(|it| it.is_alphanumeric() || it == '_');
    line.match_indices(word).any(|(start, _)| {
        !is_part(line[..start].chars().next_back()) && !is_part(line[start + word.len()..].chars().next())
    })
}

/// Fails with every line that names one of `words`, and with `reason`.
fn refuse<'a>(sources: impl IntoIterator<Item = &'a Source>, words: &[&str], reason: &str) {
    let found: Vec<_> = sources
        .into_iter()
        .flat_map(|source| {
            source
                .code()
                .filter(|(_, line)| words.iter().any(|word| names(line, word)))
                .map(|(number, line)| format!("{}:{number}: {}", source.path, line.trim()))
        })
        .collect();
    assert!(found.is_empty(), "{reason}\n{}", found.join("\n"));
}

#[test]
fn the_core_knows_neither_framework_nor_browser_nor_runtime() {
    refuse(
        &sources(&["app/core/src"]),
        &["leptos", "web_sys", "js_sys", "wasm_bindgen", "tokio", "axum", "sqlx", "feature"],
        "the core runs the same in browser, relay and simulation:",
    );
}

#[test]
fn dependencies_point_from_pages_to_domain() {
    let all = sources(&MODULES);
    for (index, module) in ORDER.iter().enumerate() {
        let later: Vec<_> = ORDER[index + 1..].iter().map(|later| format!("crate::{later}")).collect();
        let words: Vec<_> = later.iter().map(String::as_str).collect();
        let own = all.iter().filter(|source| source.is_in(module) && source.path != SEAM);
        refuse(own, &words, &format!("{module} comes before these:"));
    }
}

#[test]
fn no_clock_is_read_where_it_would_trap_in_the_browser() {
    refuse(
        &sources(&MODULES),
        &["SystemTime::now", "Instant::now"],
        "these panic on wasm32-unknown-unknown; the time comes as an argument:",
    );
}

#[test]
fn features_choose_whole_modules_only() {
    let mut found = Vec::new();
    for source in sources(&MODULES) {
        let lines: Vec<_> = source.code().collect();
        for (index, (number, line)) in lines.iter().enumerate() {
            let is_feature_cfg = names(line, "cfg") && names(line, "feature");
            let chosen = lines[index..]
                .iter()
                .map(|(_, line)| line.trim())
                .find(|line| !line.is_empty() && !line.starts_with("#["))
                .unwrap_or_default();
            let is_module = ["mod ", "pub mod ", "pub(crate) mod "].iter().any(|start| chosen.starts_with(start));
            // Twins share a file: `browser` and `server` are modules in it, and one of them is taken.
            let is_twin = ["pub use browser::", "pub use server::"].iter().any(|start| chosen.starts_with(start));
            let is_entry = ["pub fn hydrate()", "pub fn start()"].iter().any(|start| chosen.starts_with(start));
            if is_feature_cfg && !is_module && !is_twin && !is_entry {
                found.push(format!("{}:{number}: {} above {chosen}", source.path, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "feature cfgs stand on mod lines and on the entry points:\n{}", found.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> = sources(&OURS)
        .into_iter()
        .filter(|source| !source.text.trim_start().starts_with("//!"))
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "these do not open with //!: {silent:#?}");
}

#[test]
fn files_stay_short_enough_to_be_read_at_once() {
    let all = sources(&OURS);
    let lines_of = |source: &Source| source.text.lines().count();
    let long: Vec<_> = all
        .iter()
        .filter(|source| lines_of(source) > LONGEST && !LONGER.iter().any(|(known, _)| *known == source.path))
        .map(|source| (&source.path, lines_of(source)))
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines; split them, or give a reason in LONGER: {long:#?}");

    for (path, reason) in LONGER {
        let is_long = all.iter().any(|source| source.path == *path && lines_of(source) > LONGEST);
        assert!(is_long, "{path} is short or gone: take it off the list");
        assert!(!reason.is_empty(), "{path} needs a reason");
    }
}

#[test]
fn no_lint_is_set_aside_without_a_reason() {
    let found: Vec<_> = sources(&OURS)
        .iter()
        .flat_map(|source| {
            let lines: Vec<_> = source.text.lines().collect();
            (0..lines.len())
                .filter(|&index| ["#[expect(", "#![expect("].iter().any(|it| lines[index].trim_start().starts_with(it)))
                .filter(|&index| !lines[index..].iter().take(6).any(|line| line.contains("reason")))
                .map(|index| format!("{}:{}", source.path, index + 1))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(found.is_empty(), "#[expect] without a reason: {found:#?}");
}
