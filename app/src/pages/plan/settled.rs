//! What waits until nobody types: pictures are drawn anew as a whole, and all figures checked, which a key must not have
//! to wait for.

use crate::workspace::rows::set_if_new;
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

/// Whether somebody is busy, or was a moment ago: true at once, false when it has been still for a moment.
pub fn busy_lately(busy: Memo<bool>) -> Signal<bool> {
    let rests = RwSignal::new(true);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_get_value().flatten() {
            timer.clear();
        }
    };
    Effect::new(move |_| {
        let is_busy = busy.get();
        stop();
        if is_busy {
            set_if_new(rests, false);
        } else if !rests.get_untracked() {
            let rest = move || {
                // Gone with the page, if it is.
                let _ = rests.try_set(true);
            };
            timer.set_value(set_timeout_with_handle(rest, QUIET).ok());
        }
    });
    on_cleanup(stop);
    Signal::derive(move || busy.get() || !rests.get())
}
