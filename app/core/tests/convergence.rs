//! Simulated histories: two to six peers, wires that lose, double and swap messages, partitions, crashes, full disks.
//! At rest all have the same document, nothing that was acknowledged is lost, and the relay has never said that it
//! has what its disk lacks.
//!
//! A history depends on its seed alone. A failing one is printed, and `SAMPLAN_SEED=<seed> cargo test -p samplan-app
//! --test convergence` runs it again and no other. `SAMPLAN_HISTORIES` sets how many are run in all.
#![expect(clippy::unwrap_used, reason = "a panic is a failed test")]

#[path = "support/node.rs"]
mod node;
#[path = "support/random.rs"]
mod random;
#[path = "support/world.rs"]
mod world;

use world::{Topology, World};

/// Histories in all, over the tests below.
const HISTORIES: u64 = 10_000;

fn run(seed: u64, topology: Topology) {
    let mut world = World::new(seed, topology);
    world.run(40 + (seed % 100) as usize);
    world.settle();
    world.check();
}

/// Runs one part in four of the histories, so that the parts share the machine's cores.
fn run_part(part: u64) {
    let only = std::env::var("SAMPLAN_SEED").ok().map(|seed| seed.parse::<u64>().expect("SAMPLAN_SEED is a number"));
    let histories = std::env::var("SAMPLAN_HISTORIES").ok().and_then(|count| count.parse().ok()).unwrap_or(HISTORIES);
    for seed in (0..histories).filter(|seed| seed % 4 == part) {
        let seed = match only {
            Some(only) if only % 4 != part => return,
            Some(only) => only,
            None => seed,
        };
        // Three in four go through a relay, as the product does.
        let topology = if part == 3 { Topology::Direct } else { Topology::Relay };
        let outcome = std::panic::catch_unwind(|| run(seed, topology));
        if let Err(panic) = outcome {
            eprintln!("history failed; run it again with SAMPLAN_SEED={seed}");
            std::panic::resume_unwind(panic);
        }
        if only.is_some() {
            return;
        }
    }
}

#[test]
fn histories_through_a_relay_converge_and_lose_nothing_first_part() {
    run_part(0);
}

#[test]
fn histories_through_a_relay_converge_and_lose_nothing_second_part() {
    run_part(1);
}

#[test]
fn histories_through_a_relay_converge_and_lose_nothing_third_part() {
    run_part(2);
}

#[test]
fn histories_between_peers_with_no_relay_converge_and_lose_nothing() {
    run_part(3);
}
