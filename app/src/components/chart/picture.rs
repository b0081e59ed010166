//! The frame of a drawing, and what those hear of it who do not see it.

use super::Words;
use leptos::prelude::*;

/// The drawing. It is as wide as there is room.
#[component]
pub fn Picture(
    /// For those who do not see it.
    words: Words,
    /// How high it is, in pixels.
    height: i32,
    /// What is drawn.
    children: Children,
) -> impl IntoView {
    let Words { id, title, description } = words;
    let (title_id, description_id) = (format!("{id}-titel"), format!("{id}-beskrivning"));
    let (labelled, described) = (title_id.clone(), description_id.clone());
    view! {
        <svg
            role="img"
            class="chart-picture"
            width="100%"
            height=height.to_string()
            aria-labelledby=labelled
            aria-describedby=described
        >
            <title id=title_id>{title}</title>
            <desc id=description_id>{description}</desc>
            {children()}
        </svg>
    }
}
