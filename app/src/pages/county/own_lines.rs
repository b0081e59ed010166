//! What the associations' own plans say of the same money as their contributions, for those plans that the user may
//! read.

use super::desk::Desk;
use crate::boot::OwnPlan;
use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;

/// Each such line beside the contribution, which moves with each edit.
#[component]
pub fn OwnLines(
    /// The page's shared state.
    desk: Desk,
    /// The lines of the plans that the user may read.
    plans: Vec<OwnPlan>,
) -> impl IntoView {
    let rows: Vec<_> = plans.into_iter().map(|plan| view! { <OwnLineView desk plan /> }).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <ul class="findings" aria-label="Bidragen mot förbundens egna budgetar" data-testid="own-lines">
                {rows}
            </ul>
        }
    })
}

#[component]
fn OwnLineView(desk: Desk, plan: OwnPlan) -> impl IntoView {
    let OwnPlan { association, address, line } = plan;
    let row = Memo::new(move |_| {
        let contribution = desk.workspace.contribution(&association)?;
        Some(contribution.with(|view| (view.contribution.name.clone(), view.contribution.amount)))
    });
    move || {
        let (name, contribution) = row.get()?;
        let agrees = line.agrees_with(contribution);
        let (class, icon) = if agrees { ("finding good", Icon::Check) } else { ("finding", Icon::Warning) };
        Some(view! {
            <li class=class>
                <IconView icon />
                <div>
                    <p class="finding-title">{name.clone()}</p>
                    <p>
                        {line.beside(contribution)} " "
                        <a href=address.clone() rel="external">
                            {format!("Gå till budgeten {}", line.year)}
                        </a>
                    </p>
                </div>
            </li>
        })
    }
}
