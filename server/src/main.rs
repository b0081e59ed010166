//! The relay's command line.

use std::io::{IsTerminal, Write};

use anyhow::Context;
use samplan_server::{
    Relay,
    accounts::demo::ACCOUNTS,
    admin, backup, bind,
    config::{Config, ConfigError},
};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let lookup = |name: &str| std::env::var(name).ok();
    let runtime = || tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no runtime");
    match admin::read(&arguments, lookup) {
        Ok(None) => {}
        Ok(Some((command, data))) => match runtime()?.block_on(admin::run(command, data)) {
            Ok(said) => return say(&said),
            Err(error) => fail(&error),
        },
        Err(error) => fail(&error),
    }
    match backup::read(&arguments, lookup) {
        Ok(None) => {}
        Ok(Some((command, data))) => match backup::run(&command, &data) {
            Ok(said) => return say(&said),
            Err(error) => fail(&error),
        },
        Err(error) => fail(&error),
    }
    let config = match Config::read(arguments, lookup) {
        Ok(config) => config,
        Err(help @ ConfigError::Help) => return say(&help.to_string()),
        Err(error) => fail(&error),
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,samplan_server=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
    runtime()?.block_on(serve(config))
}

async fn serve(config: Config) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate()).context("no signals")?;
    let listener = match bind(&config).await {
        Ok(listener) => listener,
        Err(error) => fail(&error),
    };
    let relay = match Relay::start(config, listener).await {
        Ok(relay) => relay,
        Err(error) => fail(&error),
    };
    say(&greeting(&relay))?;
    tokio::select! {
        _ = terminate.recv() => {}
        interrupted = tokio::signal::ctrl_c() => interrupted.context("no signals")?,
    }
    relay.stop().await;
    Ok(())
}

fn greeting(relay: &Relay) -> String {
    let mut lines = vec![format!("Samplan är igång: {}", relay.origins().first().map_or("", String::as_str))];
    if let Some(password) = relay.demo_password() {
        lines.push("Logga in med något av demokontona:".to_owned());
        lines.extend(ACCOUNTS.iter().map(|(email, ..)| format!("  {email}")));
        lines.push(format!("Lösenord för alla: {password}"));
    }
    lines.push("Avsluta med Ctrl+C.".to_owned());
    lines.join("\n")
}

fn say(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{text}").context("nobody listens to what is said")
}

/// Ends with a sentence for the terminal instead of a chain of causes.
fn fail(error: &dyn std::fmt::Display) -> ! {
    let _ = writeln!(std::io::stderr(), "samplan: {error}");
    std::process::exit(1)
}
