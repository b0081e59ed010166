//! Connections that do nothing: what does one cost?

use serde_json::json;
use tokio::task::JoinSet;

use crate::{
    client::{Client, Failure},
    options::Options,
};

/// How many knock at the same time: fewer than a relay lets wait.
const AT_A_TIME: u64 = 50;

/// Opens the connections, says so in one line, and keeps them until its input ends.
pub async fn run(options: Options) -> Result<serde_json::Value, Failure> {
    let wanted = options.number("connections")?;
    let mut kept = Vec::new();
    for first in (0..wanted).step_by(AT_A_TIME as usize) {
        let mut opening = JoinSet::new();
        for index in first..wanted.min(first + AT_A_TIME) {
            let options = options.clone();
            opening.spawn(async move { Client::connect(&options, format!("idle-{index}")).await });
        }
        while let Some(client) = opening.join_next().await {
            kept.push(client??);
        }
    }
    {
        use std::io::Write;
        let mut out = std::io::stdout();
        writeln!(out, "{}", json!({ "connected": kept.len() }))?;
        out.flush()?;
    }
    // Each answers the relay's pings, or it would be taken for gone.
    let mut alive = JoinSet::new();
    for mut client in kept {
        alive.spawn(async move { while client.next().await.is_ok() {} });
    }
    tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink())).await??;
    let held = alive.len();
    alive.shutdown().await;
    Ok(json!({ "held": held }))
}
