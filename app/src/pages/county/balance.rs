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
    let difference = move || {
        let difference = balance.get().difference();
        let sign = if difference.is_negative() || difference.is_zero() { "" } else { "+" };
        format!("{sign}{}", difference.format(desk.unit.get()))
    };
    let unit = move || view! { <span class="unit-sign">"\u{a0}" {desk.unit.get().sign()}</span> };
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
                    <dd class="number">
                        <span data-testid="sum-items">{items}</span>
                        {unit}
                    </dd>
                </div>
                <div>
                    <dt>"Summa bidrag"</dt>
                    <dd class="number">
                        <span data-testid="sum-contributions">{contributions}</span>
                        {unit}
                    </dd>
                </div>
                <div class="difference">
                    <dt>"Skillnad"</dt>
                    <dd class="number">
                        <span data-testid="difference">{difference}</span>
                        {unit}
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
