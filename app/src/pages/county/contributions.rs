//! *Bidrag*: what each association pays in.

use super::SUMS;
use super::desk::Desk;
use super::own_lines::OwnLines;
use crate::boot::OwnPlan;
use crate::components::grid::GridTable;
use crate::components::icon::{Icon, IconView};
use leptos::prelude::*;

/// The contributions, their sum, and what the source printed as their sum where that is another.
#[component]
pub fn Contributions(
    /// The page's shared state.
    desk: Desk,
    /// What the associations' own plans say of the same money.
    own_plans: Vec<OwnPlan>,
) -> impl IntoView {
    let workspace = desk.workspace;
    let sum = move || workspace.balance().get().contributions.format(desk.unit.get());
    let whole = move || if workspace.balance().get().contributions.ore() > 0 { "100,0\u{a0}%" } else { "–" };
    let sums = move || {
        view! {
            <tfoot role="rowgroup">
                <tr role="row" class="sum" id=SUMS[1]>
                    <td role="gridcell" class="handle"></td>
                    <th role="rowheader" scope="row">
                        "Summa bidrag"
                    </th>
                    <td role="gridcell" class="amount number" data-label="Summa bidrag">
                        {sum}
                    </td>
                    <td role="gridcell" class="share number">
                        {whole}
                    </td>
                </tr>
            </tfoot>
        }
    };
    view! {
        <section class="plan-section" aria-labelledby="bidrag-rubrik">
            <h2 id="bidrag-rubrik">"Bidrag"</h2>
            <GridTable
                grid=desk.contributions
                caption="Bidrag: vad varje förbund betalar in."
                has_amounts=true
                sums
            />
            <StatedSums desk />
            <OwnLines desk plans=own_plans />
        </section>
    }
}

/// *Kontrollräkning*: sums that the source prints and that its own rows do not come to.
#[component]
fn StatedSums(desk: Desk) -> impl IntoView {
    let findings = Memo::new(move |_| {
        let stated = desk.workspace.header().with(|header| header.stated);
        let balance = desk.workspace.balance().get();
        let finding = |what: &str, stated, worked_out| {
            let (stated, worked_out) = (desk.amount(stated), desk.amount(worked_out));
            format!("I underlaget står {what} till {stated}, men raderna blir {worked_out}.")
        };
        let items = balance.stated_items_off_by(&stated).and(stated.items);
        let contributions = balance.stated_contributions_off_by(&stated).and(stated.contributions);
        [
            items.map(|stated| finding("summan av posterna", stated, balance.items)),
            contributions.map(|stated| finding("summan av bidragen", stated, balance.contributions)),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
    });
    move || {
        findings
            .get()
            .into_iter()
            .map(|text| {
                view! {
                    <p class="finding">
                        <IconView icon=Icon::Warning />
                        <span>{text}</span>
                    </p>
                }
            })
            .collect_view()
    }
}
