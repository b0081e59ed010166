//! *Insatser*: what is to be done, and what it costs.

use super::SUMS;
use super::desk::Desk;
use crate::components::grid::GridTable;
use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;

/// The items and their sum.
#[component]
pub fn Items(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let workspace = desk.workspace;
    let sum = move || workspace.balance().get().items.format(desk.unit.get());
    let sums = move || {
        view! {
            <tfoot role="rowgroup">
                <tr role="row" class="sum" id=SUMS[0]>
                    <td role="gridcell" class="handle" aria-colindex="1"></td>
                    <th role="rowheader" scope="row" colspan="4" aria-colindex="2">
                        "Summa poster"
                    </th>
                    <td role="gridcell" class="amount number" aria-colindex="6" data-label="Summa poster">
                        {sum}
                    </td>
                    <td role="gridcell" colspan="2" aria-colindex="7"></td>
                </tr>
            </tfoot>
        }
    };
    view! {
        <section class="plan-section" aria-labelledby="insatser-rubrik">
            <h2 id="insatser-rubrik">"Insatser"</h2>
            <GridTable
                grid=desk.items
                caption="Insatser: vad som ska göras, för vem och till vilken kostnad."
                has_amounts=true
                sums
            />
            {move || {
                workspace
                    .items()
                    .with(Vec::is_empty)
                    .then(|| view! { <p class="empty">"Planen har inga insatser än. Lägg till en rad, eller klistra in från Excel."</p> })
            }}
            {move || {
                workspace
                    .can_write()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button needs-script"
                                on:click=move |_| desk.items.add_row_last()
                            >
                                <IconView icon=Icon::Plus />
                                "Lägg till rad"
                            </button>
                        }
                    })
            }}
        </section>
    }
}
