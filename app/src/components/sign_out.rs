//! Signing out: a plain form, which without scripts ends the session. With them, the copies on this device go too,
//! after a warning if there are edits that the server never got. Works without a network.

mod device;

pub use device::unsent_changes;

use super::dialog::Dialog;
use super::icon::{Icon, IconView};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The button that signs out.
#[component]
pub fn SignOut() -> impl IntoView {
    let unsent = RwSignal::new(0_usize);
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            match device::unsent_changes().await {
                0 => leave().await,
                count => unsent.set(count),
            }
        });
    };
    view! {
        <form method="post" action="/logga-ut" on:submit=on_submit>
            <button type="submit" class="button">
                "Logga ut"
            </button>
        </form>
        {move || (unsent.get() > 0).then(|| view! { <Warning unsent /> })}
    }
}

async fn leave() {
    device::sign_out().await;
    // Fails only while the page is being left already.
    let _ = window().location().assign("/logga-in");
}

/// What would be lost. The way out that loses nothing is the one that stands out.
#[component]
fn Warning(unsent: RwSignal<usize>) -> impl IntoView {
    let text = move || match unsent.get() {
        1 => "1 ändring finns bara på den här datorn. Om du loggar ut nu tas den bort.".to_owned(),
        count => format!("{count} ändringar finns bara på den här datorn. Om du loggar ut nu tas de bort."),
    };
    let title = Signal::stored("Alla ändringar är inte skickade".to_owned());
    view! {
        <Dialog title on_close=Callback::new(move |()| unsent.set(0))>
            <p>{text}</p>
            <div>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| spawn_local(async { device::download_unsent().await })
                >
                    <IconView icon=Icon::Download />
                    "Ladda ned mina ändringar"
                </button>
            </div>
            <div class="panel-actions">
                <button type="button" class="button danger" on:click=move |_| spawn_local(leave())>
                    "Ja, logga ut och ta bort"
                </button>
                <button type="button" class="button primary" on:click=move |_| unsent.set(0)>
                    "Nej, behåll"
                </button>
            </div>
        </Dialog>
    }
}
