//! Sign-ups on the public form at a steady rate, some of them sent twice as by a double click. Afterwards every personal
//! link is opened: each person must have a place or a number of their own in the queue.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use reqwest::{Client, StatusCode, header, redirect::Policy};
use serde_json::json;
use tokio::task::JoinSet;

use crate::{client::Failure, options::Options};

/// Every so manieth form is sent twice at the same time.
const TWICE_EVERY: u64 = 10;
/// An idle connection is given up before the relay does so, or a form could meet the relay's farewell on its way.
const IDLE: Duration = Duration::from_secs(5);
/// How many personal links are opened at a time.
const AT_A_TIME: usize = 8;

/// Signs people up for the occasion at the address, and says how long that took.
pub async fn run(options: Options) -> Result<serde_json::Value, Failure> {
    let (rate, seconds) = (options.number("per-minute")?, options.number("seconds")?);
    let form = options.url.clone();
    let base = form.split("/anmalan").next().unwrap_or_default().to_owned();
    let client = Client::builder().redirect(Policy::none()).pool_idle_timeout(IDLE).build()?;
    let wanted = rate * seconds / 60;
    let started = Instant::now();
    let mut sending = JoinSet::new();
    for n in 0..wanted {
        tokio::time::sleep_until((started + Duration::from_millis(n * 60_000 / rate)).into()).await;
        for _ in 0..if n % TWICE_EVERY == 0 { 2 } else { 1 } {
            sending.spawn(send(client.clone(), form.clone(), n));
        }
    }
    let (mut times, mut refused, mut links) = (Vec::new(), 0_u64, BTreeSet::new());
    while let Some(sent) = sending.join_next().await {
        let (took, link) = sent??;
        times.push(took);
        match link {
            Some(link) => {
                links.insert(link);
            }
            None => refused += 1,
        }
    }
    let took = started.elapsed();
    times.sort_unstable();
    let at = |percent: usize| times.get((times.len().saturating_sub(1)) * percent / 100).copied().unwrap_or_default();
    let (places, queue) = standings(&client, &base, &links).await?;
    let in_turn = queue.len() as u64 + places == links.len() as u64 && queue.iter().copied().eq(1..=queue.len() as u64);
    Ok(json!({
        "wanted": wanted, "sent": times.len(), "refused": refused, "links": links.len(),
        "lost": wanted.saturating_sub(links.len() as u64), "doubled": (links.len() as u64).saturating_sub(wanted),
        "places": places, "queued": queue.len(), "queue_in_turn": in_turn,
        "p50": at(50), "p95": at(95), "p99": at(99), "max": at(100), "seconds": took.as_secs(),
    }))
}

/// Sends the form of person number `n`: how many microseconds the answer took, and the personal link.
async fn send(client: Client, form: String, n: u64) -> Result<(u64, Option<String>), Failure> {
    let body = format!("nyckel={n:064x}&namn=Deltagare+{n}&epost=deltagare{n}%40exempel.se&part=municipality");
    let started = Instant::now();
    let request = client.post(form).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
    let answer = request.send().await?;
    let took = u64::try_from(started.elapsed().as_micros())?;
    let location = answer.headers().get(header::LOCATION).and_then(|location| location.to_str().ok());
    let link = location.filter(|_| answer.status() == StatusCode::SEE_OTHER);
    Ok((took, link.and_then(|link| link.split('?').next()).map(str::to_owned)))
}

/// How many have a place, and the numbers in the queue of the others, each once.
async fn standings(client: &Client, base: &str, links: &BTreeSet<String>) -> Result<(u64, BTreeSet<u64>), Failure> {
    let (mut places, mut queue) = (0, BTreeSet::new());
    let all: Vec<&String> = links.iter().collect();
    for some in all.chunks(AT_A_TIME) {
        let mut reading = JoinSet::new();
        for link in some {
            let request = client.get(format!("{base}{link}"));
            reading.spawn(async move { request.send().await?.text().await });
        }
        while let Some(page) = reading.join_next().await {
            let page = page??;
            if page.contains("data-decision=\"confirmed\"") {
                places += 1;
            }
            let number = page.split("Du är nummer ").nth(1).and_then(|rest| rest.split(' ').next());
            queue.extend(number.and_then(|number| number.parse::<u64>().ok()));
        }
    }
    Ok((places, queue))
}
