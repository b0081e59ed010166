//! What stands around every page: the header with who is signed in, the footer, and the live regions.

pub use super::announce::LiveRegions;
use super::icon::Mark;
use crate::boot::{CHECKS, COURSES, SignedIn, use_boot};
use crate::components::sign_out::SignOut;
use leptos::prelude::*;

/// The header of every page.
#[component]
pub fn SiteHeader() -> impl IntoView {
    let user = use_boot().user;
    let menu = user.is_some().then(|| view! { <SiteMenu /> });
    let account = user.map(|user| view! { <Account user /> });
    view! {
        <header class="site-header">
            <div class="page">
                <a class="wordmark" href="/" rel="external">
                    <Mark />
                    "Samplan"
                </a>
                {menu}
                {account}
            </div>
        </header>
    }
}

/// The ways of whoever is signed in, from every page.
#[component]
pub fn SiteMenu() -> impl IntoView {
    view! {
        <nav class="site-menu" aria-label="Huvudmeny">
            <a href="/" rel="external">
                "Planer"
            </a>
            <a href=CHECKS rel="external">
                "Kontroll"
            </a>
            <a href=COURSES rel="external">
                "Kurser"
            </a>
        </nav>
    }
}

#[component]
fn Account(user: SignedIn) -> impl IntoView {
    let associations: Vec<_> = user.associations.iter().map(|membership| membership.name.clone()).collect();
    view! {
        <div class="account">
            <span class="account-name">
                {user.name} <small>{associations.join(", ")}</small>
            </span>
            <SignOut />
        </div>
    }
}

/// The footer of every page.
#[component]
pub fn SiteFooter() -> impl IntoView {
    view! {
        <footer class="site-footer">
            <div class="page">
                <span>"Samplan – planera och budgetera tillsammans, med och utan nät"</span>
                <a href="/tillganglighet" rel="external">
                    "Tillgänglighet"
                </a>
            </div>
        </footer>
    }
}
