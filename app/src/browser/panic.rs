//! When the program breaks: the console is told why, and the user that what is stored is safe.

use std::panic;

/// Installs the hook. Call once, before anything else.
pub fn install() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        super::updates::tell_panic();
    }));
}
