//! A world of machines and the wires between them, driven by one source of randomness.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use automerge::{ChangeHash, ReadDoc};
use samplan_core::sync::replica::{Event, Options, PeerKey, Rights};

use crate::node::{Node, carry_out, first_change};
use crate::random::Random;

/// Who is wired to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topology {
    /// Everybody to one relay.
    Relay,
    /// Each to the next, with nobody in the middle.
    Direct,
}

/// A wire between two machines. A connection keeps order; the faults are what a broken proxy could do.
struct Wire {
    ends: [usize; 2],
    /// What is under way to each end.
    to: [VecDeque<Arc<[u8]>>; 2],
    /// The number of the connection, which names the peer at both ends; none while it is cut.
    connection: Option<u64>,
}

/// All machines and wires of one history.
pub struct World {
    random: Random,
    topology: Topology,
    nodes: Vec<Node>,
    wires: Vec<Wire>,
    connections: u64,
    /// What the relay has said that it has.
    promised: BTreeSet<ChangeHash>,
    rights_change: bool,
}

impl World {
    /// A world of two to six machines, not counting the relay.
    pub fn new(seed: u64, topology: Topology) -> Self {
        let mut random = Random::new(seed);
        let people = 2 + random.below(5);
        let with_first = |begins: bool| if begins { vec![first_change()] } else { Vec::new() };
        let mut nodes = Vec::new();
        let mut wires = Vec::new();
        // Now and then somebody begins with nothing at all, as JavaScript clients do.
        let bare = random.chance(20);
        for index in 0..people + usize::from(topology == Topology::Relay) {
            let is_relay = topology == Topology::Relay && index == 0;
            let options = if is_relay { Options::relay() } else { Options::client() };
            let begins = !bare || index == 1;
            nodes.push(Node::new(&mut random, options, with_first(begins)));
            let ends = match topology {
                Topology::Relay => [0, index],
                Topology::Direct => [index.saturating_sub(1), index],
            };
            if index > 0 {
                wires.push(Wire { ends, to: Default::default(), connection: None });
            }
        }
        let rights_change = random.chance(20);
        Self { random, topology, nodes, wires, connections: 0, promised: BTreeSet::new(), rights_change }
    }

    /// Lets `steps` things happen, faults among them.
    pub fn run(&mut self, steps: usize) {
        for wire in 0..self.wires.len() {
            self.connect(wire);
        }
        for _ in 0..steps {
            self.step();
        }
    }

    fn step(&mut self) {
        let node = self.random.below(self.nodes.len());
        let wire = self.random.below(self.wires.len());
        match self.random.below(100) {
            0..18 if !self.is_relay(node) => self.edit(node),
            0..70 => self.deliver(wire),
            70..88 => self.write(node),
            88..90 => self.fail_write(node),
            90..93 => self.cut(wire),
            93..97 => self.connect(wire),
            97 => self.crash(node),
            98 if self.rights_change => self.change_rights(wire),
            _ => self.disturb(wire),
        }
    }

    /// Heals everything and runs until nothing is under way.
    pub fn settle(&mut self) {
        for wire in 0..self.wires.len() {
            self.cut(wire);
            self.connect(wire);
        }
        for round in 0.. {
            assert!(round < 10_000, "the world does not come to rest");
            let mut busy = false;
            for node in 0..self.nodes.len() {
                while !self.nodes[node].writes.is_empty() {
                    busy = true;
                    self.write(node);
                }
                // A disk that was full is asked again.
                self.handle(node, Event::Tick { now_ms: 0 });
                busy |= !self.nodes[node].writes.is_empty();
            }
            for wire in 0..self.wires.len() {
                busy |= self.wires[wire].connection.is_none();
                self.connect(wire);
                while self.wires[wire].to.iter().any(|queue| !queue.is_empty()) {
                    busy = true;
                    self.deliver(wire);
                }
            }
            if !busy {
                return;
            }
        }
    }

    /// What must hold at rest.
    pub fn check(&mut self) {
        let saved_here = self.nodes.iter().flat_map(|node| node.saved_here.iter().copied()).collect::<BTreeSet<_>>();
        let heads = self.nodes[0].replica.doc_mut().get_heads();
        let state = self.nodes[0].replica.doc_mut().document().hydrate(None);
        for (index, node) in self.nodes.iter_mut().enumerate() {
            let doc = node.replica.doc_mut();
            assert_eq!(doc.get_heads(), heads, "node {index} has other heads");
            assert_eq!(doc.document().hydrate(None), state, "node {index} has another state");
            assert_eq!(doc.document().stats().num_changes as usize, node.disk.len(), "node {index} has another disk");
            let lost = saved_here.difference(&node.on_disk).chain(self.promised.difference(&node.on_disk));
            assert_eq!(lost.count(), 0, "node {index} lost what was saved");
            if self.topology == Topology::Relay && index > 0 {
                assert_eq!(node.replica.waiting(&heads), 0);
            }
        }
    }

    fn is_relay(&self, node: usize) -> bool {
        self.topology == Topology::Relay && node == 0
    }

    fn edit(&mut self, node: usize) {
        self.nodes[node].edit(&mut self.random);
        self.handle(node, Event::LocalChange);
    }

    fn write(&mut self, node: usize) {
        if let Some(ticket) = self.nodes[node].write() {
            self.handle(node, Event::Stored { ticket });
        }
    }

    fn fail_write(&mut self, node: usize) {
        // All that is under way fails: what a full disk does. None of it must be half there.
        let tickets = self.nodes[node].writes.drain(..).map(|write| write.ticket).collect::<Vec<_>>();
        for ticket in tickets {
            self.handle(node, Event::StoreFailed { ticket });
        }
    }

    fn deliver(&mut self, wire: usize) {
        let to = self.random.below(2);
        let to = if self.wires[wire].to[to].is_empty() { 1 - to } else { to };
        let (Some(connection), Some(data)) = (self.wires[wire].connection, self.wires[wire].to[to].pop_front()) else {
            return;
        };
        let node = self.wires[wire].ends[to];
        self.handle(node, Event::Message { peer: PeerKey(connection), data: data.to_vec() });
    }

    fn connect(&mut self, wire: usize) {
        if self.wires[wire].connection.is_some() {
            return;
        }
        self.connections += 1;
        let peer = PeerKey(self.connections);
        self.wires[wire].connection = Some(self.connections);
        let ends = self.wires[wire].ends;
        for end in 0..2 {
            // The relay knows who its clients are; clients take the relay's word, and each other's.
            let user = self.is_relay(ends[end]).then(|| self.nodes[ends[1 - end]].user);
            self.handle(ends[end], Event::PeerJoined { peer, rights: Rights::Write, user });
        }
    }

    fn cut(&mut self, wire: usize) {
        let Some(connection) = self.wires[wire].connection.take() else { return };
        self.wires[wire].to.iter_mut().for_each(VecDeque::clear);
        for node in self.wires[wire].ends {
            self.handle(node, Event::PeerLeft { peer: PeerKey(connection) });
        }
    }

    fn crash(&mut self, node: usize) {
        for wire in 0..self.wires.len() {
            if self.wires[wire].ends.contains(&node) {
                self.cut(wire);
            }
        }
        self.nodes[node].restart(&mut self.random);
    }

    /// Loses, doubles or swaps messages.
    fn disturb(&mut self, wire: usize) {
        let to = self.random.below(2);
        let queue = &mut self.wires[wire].to[to];
        let (first, second) = (self.random.below(queue.len()), self.random.below(queue.len()));
        match self.random.below(3) {
            _ if queue.is_empty() => {}
            0 => drop(queue.remove(first)),
            1 => queue.push_back(queue[first].clone()),
            _ => queue.swap(first, second),
        }
    }

    fn change_rights(&mut self, wire: usize) {
        let (Some(connection), Topology::Relay) = (self.wires[wire].connection, self.topology) else { return };
        let rights = [Rights::Read, Rights::Write, Rights::None][self.random.below(3)];
        self.handle(0, Event::RightsChanged { peer: PeerKey(connection), rights });
    }

    fn handle(&mut self, node: usize, event: Event) {
        let effects = self.nodes[node].replica.handle(event);
        let mut outcome = carry_out(&mut self.nodes[node], effects);
        while std::mem::take(&mut outcome.reload) {
            // What was under way when the document was thrown away comes to nothing.
            self.nodes[node].writes.clear();
            let doc = self.nodes[node].read(&mut self.random);
            let effects = self.nodes[node].replica.reloaded(doc);
            let more = carry_out(&mut self.nodes[node], effects);
            outcome.sends.extend(more.sends);
            outcome.closes.extend(more.closes);
            outcome.reload = more.reload;
        }
        for heads in outcome.has {
            if self.topology == Topology::Relay {
                let lacking = heads.iter().find(|head| !self.nodes[0].on_disk.contains(head));
                assert_eq!(lacking, None, "the relay says that it has what its disk lacks");
                self.promised.extend(heads);
            }
        }
        for (peer, data) in outcome.sends {
            if let Some(wire) = self.wires.iter_mut().find(|wire| wire.connection == Some(peer)) {
                let to = usize::from(wire.ends[0] == node);
                wire.to[to].push_back(data);
            }
        }
        for peer in outcome.closes {
            if let Some(wire) = self.wires.iter().position(|wire| wire.connection == Some(peer)) {
                self.cut(wire);
            }
        }
    }
}
