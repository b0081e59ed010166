//! *Åtaganden enligt avsiktsförklaring*: what the associations have promised each other, on one and three years' sight.

use super::desk::Desk;
use crate::components::grid::{Grid, GridTable};
use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;

/// The commitments, one table for each horizon.
#[component]
pub fn Commitments(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    view! {
        <section class="plan-section" aria-labelledby="atagande-rubrik">
            <h2 id="atagande-rubrik">"Åtaganden enligt avsiktsförklaring"</h2>
            <div class="pair">
                <Within
                    grid=desk.one_year
                    title="På 1 års sikt"
                    caption="Åtaganden på 1 års sikt."
                    button="Lägg till åtagande på 1 års sikt"
                />
                <Within
                    grid=desk.three_years
                    title="På 3 års sikt"
                    caption="Åtaganden på 3 års sikt."
                    button="Lägg till åtagande på 3 års sikt"
                />
            </div>
        </section>
    }
}

#[component]
fn Within(grid: Grid, title: &'static str, caption: &'static str, button: &'static str) -> impl IntoView {
    let is_empty = Memo::new(move |_| grid.rows.with(Vec::is_empty));
    view! {
        <div>
            <h3>{title}</h3>
            {move || {
                if is_empty.get() {
                    view! { <p class="empty">"Inga åtaganden än."</p> }.into_any()
                } else {
                    view! { <GridTable grid caption /> }.into_any()
                }
            }}
            {move || {
                grid.can_write()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button needs-script"
                                aria-label=button
                                on:click=move |_| grid.add_row_last()
                            >
                                <IconView icon=Icon::Plus />
                                "Lägg till åtagande"
                            </button>
                        }
                    })
            }}
        </div>
    }
}
