//! What the browser loads: the functions of [`samplan_exchange::browser`]. Nothing runs by itself.

use samplan_exchange as _;

fn main() {}
