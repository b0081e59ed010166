//! There is nothing here, or nothing that this user may see: the two look alike on purpose.

use crate::boot::use_boot;
use leptos::prelude::*;
use leptos_meta::Title;

/// The page for an address that leads nowhere.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let way_on = if use_boot().user.is_some() {
        view! {
            <a href="/" rel="external">
                "Till dina planer"
            </a>
        }
        .into_any()
    } else {
        view! {
            "Är du inte inloggad? "
            <a href="/logga-in" rel="external">
                "Logga in"
            </a>
            " och försök igen."
        }
        .into_any()
    };
    view! {
        <Title text="Sidan finns inte – Samplan" />
        <div class="page prose">
            <h1>"Sidan finns inte"</h1>
            <p>
                "Det finns ingen sida på den adressen, eller så har du inte behörighet till den. Kontrollera att adressen är rätt skriven."
            </p>
            <p>{way_on}</p>
        </div>
    }
}
