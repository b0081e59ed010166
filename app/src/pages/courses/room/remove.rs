//! *Ta bort tillfället*: one that was opened by mistake, while nobody has signed up. For good, on the server, which knows
//! whether anybody has; therefore it is asked first, and needs a network.

use super::{Room, RoomDialog};
use crate::boot::courses::REMOVE;
use crate::components::dialog::Dialog;
use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;

/// The button, where there is nobody to lose.
#[component]
pub fn RemoveButton(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let is_empty = Memo::new(move |_| room.workspace.registrations().with(Vec::is_empty));
    move || {
        is_empty.get().then(|| {
            view! {
                <button
                    type="button"
                    class="button quiet"
                    on:click=move |_| room.dialog.set(Some(RoomDialog::Remove))
                >
                    <IconView icon=Icon::Remove />
                    "Ta bort tillfället"
                </button>
            }
        })
    }
}

/// What happens, asked before it does.
#[component]
pub fn RemoveDialog(
    /// The page's shared state.
    room: Room,
) -> impl IntoView {
    let is_open = Memo::new(move |_| room.dialog.get() == Some(RoomDialog::Remove));
    move || is_open.get().then(|| view! { <RemovePanel room /> })
}

#[component]
fn RemovePanel(room: Room) -> impl IntoView {
    let close = Callback::new(move |()| room.dialog.set(None));
    let address = room.workspace.document().address().unwrap_or_default();
    let is_offline = RwSignal::new(false);
    let send = move |event: leptos::ev::SubmitEvent| {
        if !window().navigator().on_line() {
            event.prevent_default();
            is_offline.set(true);
        }
    };
    let told = move || {
        is_offline.get().then(|| {
            view! {
                <p class="error-text" role="alert">
                    <IconView icon=Icon::Error />
                    <span>"Du är offline. Ta bort tillfället när du är uppkopplad."</span>
                </p>
            }
        })
    };
    view! {
        <Dialog title=Signal::stored("Ta bort tillfället?".to_owned()) on_close=close>
            <form class="form" method="post" action=format!("{address}{REMOVE}") on:submit=send>
                <p>
                    "Ingen har anmält sig. Tillfället försvinner för alla, även från sidan för anmälan. "
                    <strong>"Det går inte att ångra."</strong>
                </p>
                {told}
                <div class="panel-actions">
                    <button type="button" class="button" on:click=move |_| close.run(())>
                        "Behåll"
                    </button>
                    <button type="submit" class="button primary">
                        "Ta bort tillfället"
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
