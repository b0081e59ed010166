//! The list of occasions for other web sites: HTML without frame and style, with links that lead back here.

use leptos::prelude::*;

use super::words::{capitalised, days, places};
use super::{SIGN_UP, without_marks};
use crate::domain::course::PublicOccasion;

/// The list as a fragment; `origin` is where links lead.
pub fn fragment(occasions: &[PublicOccasion], origin: &str) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        if occasions.is_empty() {
            return view! { <p class="samplan-inga">"Inga kurser är öppna just nu."</p> }.into_any().to_html();
        }
        let items: Vec<_> = occasions.iter().map(|occasion| item(occasion, origin)).collect();
        view! { <ul class="samplan-kurser">{items}</ul> }.into_any().to_html()
    });
    owner.cleanup();
    without_marks(&html)
}

fn item(occasion: &PublicOccasion, origin: &str) -> AnyView {
    let place = if occasion.place.is_empty() && occasion.is_online { "På distans" } else { occasion.place.as_str() };
    let place = (!place.is_empty()).then(|| {
        let place = place.to_owned();
        view! {
            ", "
            <span class="samplan-plats">{place}</span>
        }
    });
    view! {
        <li>
            <a href=format!("{origin}{SIGN_UP}/{}", occasion.document)>{occasion.title.clone()}</a>
            <br />
            <span class="samplan-dagar">{capitalised(&days(&occasion.days))}</span>
            {place}
            <br />
            <span class="samplan-platser">{places(occasion).0}</span>
        </li>
    }
    .into_any()
}
