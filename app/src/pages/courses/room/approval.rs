//! *Godkänn förkunskaper*: yes at once, no after it has been asked once more, since a letter follows.

use super::Room;
use crate::components::icon::{Icon, IconView};
use crate::document::OccasionCommand;
use crate::domain::{Prerequisite, RegistrationId};
use leptos::prelude::*;

/// The two answers to somebody whose prerequisites wait for one.
#[component]
pub fn Approval(
    /// The page's shared state.
    room: Room,
    /// Who.
    id: RegistrationId,
    /// What they are called.
    name: String,
    /// What comes after an answer.
    #[prop(optional)]
    done: Option<Callback<()>>,
) -> impl IntoView {
    let asks = RwSignal::new(false);
    let answer = move |prerequisite| {
        move |_| {
            if room.run(OccasionCommand::SetPrerequisite { id, prerequisite })
                && let Some(done) = done
            {
                done.run(());
            }
        }
    };
    move || {
        if asks.get() {
            view! {
                <div class="banner warning needs-script">
                    <IconView icon=Icon::Warning />
                    <p>{format!("{name} får inte någon plats, och ett brev om det går iväg. Det går inte att ångra.")}</p>
                    <span class="button-row">
                        <button type="button" class="button" on:click=answer(Prerequisite::Refused)>
                            "Ja, neka"
                        </button>
                        <button type="button" class="button" on:click=move |_| asks.set(false)>
                            "Nej, vänta"
                        </button>
                    </span>
                </div>
            }
            .into_any()
        } else {
            view! {
                <span class="button-row needs-script">
                    <button
                        type="button"
                        class="button"
                        aria-label=format!("Godkänn förkunskaper för {name}")
                        on:click=answer(Prerequisite::Approved)
                    >
                        "Godkänn"
                    </button>
                    <button
                        type="button"
                        class="button"
                        aria-label=format!("Neka {name}, som inte har förkunskaperna")
                        on:click=move |_| asks.set(true)
                    >
                        "Neka"
                    </button>
                </span>
            }
            .into_any()
        }
    }
}
