//! Words for screen readers: two live regions that are there from the start, and a handle to speak through them.

use leptos::prelude::*;

/// Speaks to screen readers. Found in the context of every page.
#[derive(Clone, Copy, Debug)]
pub struct Announcer {
    polite: RwSignal<String>,
    assertive: RwSignal<String>,
}

impl Announcer {
    /// Puts a new announcer into the context.
    pub fn provide() -> Self {
        let announcer = Self { polite: RwSignal::new(String::new()), assertive: RwSignal::new(String::new()) };
        provide_context(announcer);
        announcer
    }

    /// The announcer of this page; a silent one outside the app.
    pub fn from_context() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Says something when the reader pauses.
    pub fn say(self, words: impl Into<String>) {
        set(self.polite, words.into());
    }

    /// Says something at once: conflicts, and what touches the row that the user is in.
    pub fn interrupt(self, words: impl Into<String>) {
        set(self.assertive, words.into());
    }
}

/// The same words twice must still be a change of the region, or nothing is read out.
fn set(region: RwSignal<String>, words: String) {
    region.update(|current| *current = if *current == words { format!("{words}\u{a0}") } else { words });
}

/// The two regions. They stand last in the page and are empty at first.
#[component]
pub fn LiveRegions() -> impl IntoView {
    let Announcer { polite, assertive } = Announcer::from_context();
    view! {
        <div class="visually-hidden" role="status" aria-live="polite">
            {move || polite.get()}
        </div>
        <div class="visually-hidden" role="alert" aria-live="assertive">
            {move || assertive.get()}
        </div>
    }
}
