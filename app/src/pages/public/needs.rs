//! `/kurser/{occasion}/behov`: diet, allergies and access needs of those who come, for whoever runs the course. Shown by the
//! server alone and never kept on a device.

use leptos::prelude::*;

use super::{Around, draw};

/// *Behov* of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedsRow {
    /// *Namn*.
    pub name: String,
    /// What it is called, and what was told.
    pub needs: Vec<(&'static str, String)>,
}

/// The page.
pub struct NeedsPage {
    /// What stands around it.
    pub around: Around,
    /// *Rubrik* of the occasion.
    pub title: String,
    /// Its room.
    pub room: String,
    /// Those who come and have told something, by name.
    pub rows: Vec<NeedsRow>,
}

impl NeedsPage {
    /// The page as HTML.
    pub fn draw(self) -> String {
        let Self { around, title, room, rows } = self;
        draw(around, move || {
            let table = if rows.is_empty() {
                view! {
                    <div class="empty public-empty">
                        <p class="empty-title">"Ingen har uppgett några behov"</p>
                        <p>"Frågorna ställs i anmälan om du har valt det för tillfället."</p>
                    </div>
                }
                .into_any()
            } else {
                list(rows)
            };
            view! {
                <div class="page public">
                    <div class="public-header">
                        <p>
                            <a href=room>"Till tillfället"</a>
                        </p>
                        <h1>{format!("Särskilda behov: {title}")}</h1>
                        <p class="muted">
                            "Känsliga uppgifter. De visas bara här, sparas inte på datorn och tas bort först av allt."
                        </p>
                    </div>
                    {table}
                </div>
            }
            .into_any()
        })
    }
}

fn list(rows: Vec<NeedsRow>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let needs: Vec<_> =
                row.needs.into_iter().map(|(what, told)| view! { <p>{format!("{what}: {told}")}</p> }).collect();
            view! {
                <tr>
                    <th scope="row">{row.name}</th>
                    <td>{needs}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="scroll">
            <table class="plain">
                <thead>
                    <tr>
                        <th scope="col">"Namn"</th>
                        <th scope="col">"Behov"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
