//! A signal that waits until nobody types: pictures are drawn anew as a whole, which a key must not have to wait for.

use leptos::prelude::*;
use std::time::Duration;

/// Short enough to be felt as at once after a key, and longer than it takes from one key to the next.
const QUIET: Duration = Duration::from_millis(200);

/// Follows `source` when it has been still for a moment. The server draws what it was given.
pub fn settled<T>(source: Signal<T>) -> Signal<T>
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    // No memo can wait, so this is a signal of its own.
    let shown = RwSignal::new(source.get_untracked());
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
    };
    Effect::new(move |_| {
        source.track();
        stop();
        let show = move || {
            if let Some(now) = source.try_get_untracked()
                && shown.try_with_untracked(|shown| *shown != now) == Some(true)
            {
                shown.set(now);
            }
        };
        timer.set_value(set_timeout_with_handle(show, QUIET).ok());
    });
    on_cleanup(stop);
    shown.into()
}
