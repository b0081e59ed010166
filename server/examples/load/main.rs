//! Load on a relay that speaks the automerge-repo websocket protocol: ours and the JavaScript one alike, so that their
//! figures can be set side by side. `tools/bench.mjs` starts the relays, signs in, runs this and reads the processes'
//! time and memory; this prints one line of JSON.
//!
//! ```text
//! load edits URL --documents ID,… --clients N --rate CHANGES_PER_SECOND --seconds N [--pid RELAY] [--cookie C] [--origin O]
//! load fill  URL --documents ID --user ID --lines N --changes N [--kind plan --year Y] [--cookie C] [--origin O]
//! load signups URL/anmalan/ID --per-minute N --seconds N
//! load idle  URL --connections N [--cookie C] [--origin O]     prints a line when all are there, ends with its input
//! ```
//!
//! The clients are automerge's own sync protocol on a real document each, not the session of `app::sync`: what is
//! measured must not be its own witness. Times are whole microseconds.

mod client;
mod edits;
mod fill;
mod idle;
mod options;
mod signups;

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let options = options::Options::read(std::env::args().skip(1))?;
    let report = match options.command.as_str() {
        "edits" => runtime.block_on(edits::run(options))?,
        "fill" => runtime.block_on(fill::run(options))?,
        "signups" => runtime.block_on(signups::run(options))?,
        "idle" => runtime.block_on(idle::run(options))?,
        other => return Err(format!("no such command: {other}").into()),
    };
    writeln!(std::io::stdout(), "{report}")?;
    Ok(())
}
