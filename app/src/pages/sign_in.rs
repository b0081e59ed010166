//! Signing in: a plain form that works without scripts.

use crate::boot::{PageData, SignInPage, use_boot};
use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;
use leptos_meta::Title;

/// The sign-in page.
#[component]
pub fn SignInRoute() -> impl IntoView {
    let boot = use_boot();
    let is_signed_in = boot.user.is_some();
    let page = match boot.page {
        PageData::SignIn(page) => page,
        _ => SignInPage::default(),
    };
    let notice = page.notice.clone().map(|notice| {
        let way_on = is_signed_in.then(|| {
            view! {
                " "
                <a href="/" rel="external">
                    "Till dina planer"
                </a>
            }
        });
        view! {
            <div class="notice warning" role="status" data-testid="sign-in-notice">
                <IconView icon=Icon::Offline />
                <p class="notice-body">{notice} {way_on}</p>
            </div>
        }
    });
    let title = if page.error.is_some() { "Fel: Logga in – Samplan" } else { "Logga in – Samplan" };
    view! {
        <Title text=title />
        <div class="page sign-in">
            <h1>"Logga in"</h1>
            {notice}
            <SignInForm page />
        </div>
    }
}

#[component]
fn SignInForm(page: SignInPage) -> impl IntoView {
    let SignInPage { error, next, email, .. } = page;
    let described = error.is_some().then_some("sign-in-error");
    let invalid = error.is_some().then_some("true");
    view! {
        <form class="form" method="post" action="/logga-in">
            {next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
            {error
                .map(|error| {
                    view! {
                        <p class="error-text" id="sign-in-error" role="alert">
                            <IconView icon=Icon::Error />
                            <span>{error}</span>
                        </p>
                    }
                })}
            <div class="field">
                <label for="email">"E-postadress"</label>
                <input
                    id="email"
                    name="email"
                    type="email"
                    autocomplete="username"
                    required
                    value=email
                    aria-describedby=described
                    aria-invalid=invalid
                />
            </div>
            <div class="field">
                <label for="password">"Lösenord"</label>
                <input
                    id="password"
                    name="password"
                    type="password"
                    autocomplete="current-password"
                    required
                    aria-describedby=described
                    aria-invalid=invalid
                />
            </div>
            <div>
                <button type="submit" class="button primary">
                    "Logga in"
                </button>
            </div>
        </form>
    }
}
