//! What a route draws: its page where the address gave one, and else the way in or the way on.

use super::{NotFoundPage, SignInRoute};
use crate::boot::{PageData, use_boot};
use leptos::prelude::*;

/// The page that `of` finds in what the address was answered with.
pub fn drawn<T, V: IntoView + 'static>(
    of: impl FnOnce(PageData) -> Option<T>,
    view: impl FnOnce(T) -> V,
) -> impl IntoView {
    let page = use_boot().page;
    // Without a network nobody may be signed in on this device: the form says what to do.
    if matches!(page, PageData::SignIn(_)) {
        return view! { <SignInRoute /> }.into_any();
    }
    match of(page) {
        Some(page) => view(page).into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}
