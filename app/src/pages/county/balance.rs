//! Costs against contributions: the two sums and the difference, which move with each key.

use super::desk::Desk;
use crate::components::icon::{Icon, IconView};
use crate::domain::county::BalanceState;
use leptos::prelude::*;

/// The balance of the plan.
#[component]
pub fn BalanceView(
    /// The page's shared state.
    desk: Desk,
) -> impl IntoView {
    let balance = desk.workspace.balance();
    let items = move || balance.get().items.format(desk.unit.get());
    let contributions = move || balance.get().contributions.format(desk.unit.get());
    let difference = move || balance.get().difference().format(desk.unit.get());
    let state = Memo::new(move |_| balance.get().state());
    let class = move || match state.get() {
        BalanceState::Balanced => "balance good",
        BalanceState::Surplus(_) | BalanceState::Shortfall(_) => "balance warning",
    };
    let icon = move || {
        let icon = if state.get() == BalanceState::Balanced { Icon::Check } else { Icon::Warning };
        view! { <IconView icon /> }
    };
    view! {
        <section class=class aria-labelledby="balans-rubrik" data-testid="balance">
            <h2 id="balans-rubrik" class="visually-hidden">
                "Balans"
            </h2>
            <dl>
                <div>
                    <dt>"Summa poster"</dt>
                    <dd class="number" data-testid="sum-items">
                        {items}
                    </dd>
                </div>
                <div>
                    <dt>"Summa bidrag"</dt>
                    <dd class="number" data-testid="sum-contributions">
                        {contributions}
                    </dd>
                </div>
                <div class="difference">
                    <dt>"Skillnad"</dt>
                    <dd class="number" data-testid="difference">
                        {difference}
                    </dd>
                </div>
            </dl>
            <p class="verdict">{icon} <span>{move || verdict(desk, state.get())}</span></p>
        </section>
    }
}

/// The balance in a sentence.
fn verdict(desk: Desk, state: BalanceState) -> String {
    match state {
        BalanceState::Balanced => "Bidragen täcker posterna precis.".to_owned(),
        BalanceState::Surplus(amount) => format!("Bidragen är {} högre än posterna.", desk.amount(amount)),
        BalanceState::Shortfall(amount) => format!("Bidragen är {} lägre än posterna.", desk.amount(amount)),
    }
}
