//! A plan with many lines and a long history, written through the relay as its user would have written it.
//!
//! [`app::document::county::sample`] makes such plans out of nothing; here the author of each change must be who is signed in,
//! or the relay refuses it, and the plan must be the one that the relay has opened.

mod budget;
mod county;

use app::{
    document::{self, Command, EditContext, any},
    domain::{
        Money,
        ids::{DocumentId, UserId},
    },
};
use automerge::{AutoCommit, ReadDoc, sync};
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::{
    client::{Client, Failure},
    edits::Editor,
    options::Options,
};

/// Changes of one actor, as one browser tab makes them in a day.
const SITTING: u64 = 2_000;

/// Changes sent at once: below a message's limits for bytes and operations.
const SENT_AT_ONCE: u64 = 5_000;

/// Fills the document: what it holds then.
pub async fn run(options: Options) -> Result<serde_json::Value, Failure> {
    let document: DocumentId =
        options.text("documents").ok_or("--documents is missing")?.parse().map_err(|_| "not a document id")?;
    let user: UserId = options.text("user").ok_or("--user is missing")?.parse().map_err(|_| "not a user id")?;
    let (lines, changes) = (options.number("lines")?, options.number("changes")?);
    let client = Client::connect(&options, "fill".into()).await?;
    let mut editor = Editor::new(client, document, AutoCommit::new(), sync::State::new());
    editor.catch_up().await?;

    let mut random = StdRng::seed_from_u64(1);
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let mut context = EditContext { now_ms: i64::try_from(now.as_millis())? - 86_400_000 };
    let mut writer: Box<dyn Writer> = match options.text("kind") {
        None | Some("county") => Box::new(county::CountyWriter::new(lines)),
        Some("plan") => Box::new(budget::BudgetWriter::new(lines, options.number("year")?, changes)?),
        Some(_) => return Err("--kind must be county or plan".into()),
    };
    for made in 0..changes {
        if made % SITTING == 0 {
            document::write_as(&mut editor.copy, random.random(), Some(user));
        }
        context.now_ms += 100;
        let command = writer.next(made, &mut random);
        any::edit(&mut editor.copy, &command, &context)?;
        if made % SENT_AT_ONCE == SENT_AT_ONCE - 1 {
            editor.catch_up().await?;
        }
    }
    editor.catch_up().await?;
    let saved = editor.copy.save().len();
    Ok(json!({ "lines": lines, "changes": editor.copy.stats().num_changes, "saved": saved }))
}

/// What is written, change by change.
trait Writer {
    /// The next change; `made` is how many there have been.
    fn next(&mut self, made: u64, random: &mut StdRng) -> Command;
}

/// An amount as budgets have them.
fn some_amount(random: &mut StdRng) -> Money {
    Money::from_ore(random.random_range(1..900_i64) * 50_000)
}
