//! Courses: the catalogues and occasions at hand, a catalogue to write in, the room of an occasion, and certificates.

mod catalogue;
mod certificates;
mod new_occasion;
mod overview;
mod parts;
mod room;

use super::{NotFoundPage, SignInRoute};
use crate::boot::{PageData, use_boot};
use leptos::prelude::*;

/// The page at `/kurser`.
#[component]
pub fn CoursesRoute() -> impl IntoView {
    match use_boot().page {
        PageData::Courses(page) => view! { <overview::Overview page=*page /> }.into_any(),
        // Without a network nobody may be signed in on this device: the form says what to do.
        PageData::SignIn(_) => view! { <SignInRoute /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The page of a catalogue or of an occasion, at `/kurser/{id}`.
#[component]
pub fn CourseRoute() -> impl IntoView {
    match use_boot().page {
        PageData::Catalogue(page) => view! { <catalogue::CatalogueView page=*page /> }.into_any(),
        PageData::Occasion(page) => view! { <room::RoomView page=*page /> }.into_any(),
        PageData::SignIn(_) => view! { <SignInRoute /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}

/// The page at `/kurser/{id}/intyg`.
#[component]
pub fn CertificatesRoute() -> impl IntoView {
    match use_boot().page {
        PageData::Occasion(page) => view! { <certificates::Certificates page=*page /> }.into_any(),
        PageData::SignIn(_) => view! { <SignInRoute /> }.into_any(),
        _ => view! { <NotFoundPage /> }.into_any(),
    }
}
