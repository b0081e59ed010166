//! The county plan beside an association's plan, as it is changed in another tab of this browser.

#[cfg(feature = "hydrate")]
pub use browser::follow;
#[cfg(not(feature = "hydrate"))]
pub use server::follow;

#[cfg(not(feature = "hydrate"))]
mod server {
    use crate::boot::DocumentInfo;
    use crate::domain::check::CountyContribution;
    use leptos::prelude::RwSignal;

    /// The server draws what it was given.
    pub fn follow(_plan: DocumentInfo, _contributions: RwSignal<Vec<CountyContribution>>) {}
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::boot::{CountyLink, DocumentInfo, use_boot};
    use crate::browser::county_beside::{Following, listen};
    use crate::domain::check::CountyContribution;
    use leptos::prelude::*;

    /// Keeps what the county plan says of the plan's association as it is, for as long as the page is there.
    pub fn follow(plan: DocumentInfo, contributions: RwSignal<Vec<CountyContribution>>) {
        let boot = use_boot();
        let county = plan.county_beside(boot.documents.iter()).map(|county| county.id);
        let Some((user, county)) = boot.user.map(|user| user.id).zip(county) else { return };
        let line = StoredValue::new_local(None::<Following>);
        Effect::new(move |_| {
            let (info, association) = (plan.clone(), plan.association.clone().unwrap_or_default());
            let heard = move |link: Option<CountyLink>| {
                let said = link.into_iter().filter_map(|link| link.of_document(&info)).collect();
                // A page that has gone meanwhile is told nothing.
                contributions.try_set(said);
            };
            line.set_value(listen(user, county, association, heard));
        });
    }
}
