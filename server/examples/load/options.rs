//! The command line of the load generator.

use std::collections::BTreeMap;

/// What is to be done, and to whom.
#[derive(Clone)]
pub struct Options {
    /// The first word.
    pub command: String,
    /// Where the websocket is.
    pub url: String,
    named: BTreeMap<String, String>,
}

impl Options {
    /// `command url --name value …`.
    pub fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let command = arguments.next().ok_or("a command is missing: edits, fill, signups or idle")?;
        let url = arguments.next().ok_or("the address of the websocket is missing")?;
        let mut named = BTreeMap::new();
        while let Some(name) = arguments.next() {
            let name = name.strip_prefix("--").ok_or_else(|| format!("not an option: {name}"))?.to_owned();
            let value = arguments.next().ok_or_else(|| format!("--{name} has no value"))?;
            named.insert(name, value);
        }
        Ok(Self { command, url, named })
    }

    /// A text, if it was given.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.named.get(name).map(String::as_str)
    }

    /// A number that must be given.
    pub fn number(&self, name: &str) -> Result<u64, String> {
        self.text(name).and_then(|text| text.parse().ok()).ok_or_else(|| format!("--{name} must be a number"))
    }
}
