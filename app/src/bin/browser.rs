//! What the browser loads. The library exports [`samplan_app::hydrate`], which the page calls; nothing runs by itself.

use samplan_app as _;

fn main() {}
