//! Plain pages: drawn by the server alone, with the site's style and frame and without its program. Whoever signs up for
//! a course downloads no wasm and needs no JavaScript; nothing here may depend on either.
//!
//! What a page shows is handed in. Every form is a form, and every filter a link or a form.

pub mod embedded;
pub mod erasure;
pub mod evaluation;
pub mod field;
pub mod letters;
pub mod list;
pub mod manage;
pub mod needs;
pub mod occasion;
pub mod sign_up;
pub mod statistics;
pub mod words;

use leptos::prelude::*;

use crate::components::frame::SiteMenu;
use crate::components::icon::Mark;

/// What stands around a plain page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// What the page is called, before the name of the site.
    pub title: String,
    /// The style sheet.
    pub css: String,
    /// Who is signed in: full name. Nobody on the public pages.
    pub account: Option<String>,
}

/// Where the public list of occasions is.
pub const SIGN_UP: &str = "/anmalan";

/// The whole HTML document of a plain page around `body`, which is drawn at once and waits for nothing.
pub fn draw(around: Around, body: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    let html = owner.with(|| page(around, body()).to_html());
    owner.cleanup();
    without_marks(&html)
}

/// HTML without the marks by which the program would find its place: nobody looks for them here, and in a title or a field
/// of several lines they would be read as text. What people wrote is escaped and holds none.
fn without_marks(html: &str) -> String {
    html.replace("<!>", "")
}

fn page(around: Around, body: AnyView) -> impl IntoView {
    let Around { title, css, account } = around;
    let (home, menu) = match &account {
        Some(_) => ("/", view! { <SiteMenu /> }.into_any()),
        None => {
            let menu = view! {
                <nav class="site-menu" aria-label="Sidor">
                    <a href=SIGN_UP>"Kurser och träffar"</a>
                </nav>
            };
            (SIGN_UP, menu.into_any())
        }
    };
    let account = account.map(|name| {
        view! {
            <div class="account">
                <span class="account-name">{name}</span>
            </div>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="sv">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#FFFFFF" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#15181D" media="(prefers-color-scheme: dark)" />
                <title>{format!("{title} – Samplan")}</title>
                <link rel="stylesheet" href=css />
                <link rel="icon" href="/icon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icon-192.png" />
            </head>
            <body>
                <a class="skip-link" href="#innehall">
                    "Hoppa till innehållet"
                </a>
                <header class="site-header">
                    <div class="page">
                        <a class="wordmark" href=home>
                            <Mark />
                            "Samplan"
                        </a>
                        {menu}
                        {account}
                    </div>
                </header>
                <main id="innehall" tabindex="-1">
                    {body}
                </main>
                <footer class="site-footer">
                    <div class="page">
                        <span>"Samplan – kurser och planer hos samordningsförbunden"</span>
                        <a href="/tillganglighet">"Tillgänglighet"</a>
                    </div>
                </footer>
            </body>
        </html>
    }
}

/// A page of one heading and a few sentences, such as one for what is not there.
pub fn message(heading: &str, text: &str, way_on: (&str, &str)) -> AnyView {
    let (address, label) = (way_on.0.to_owned(), way_on.1.to_owned());
    view! {
        <div class="page prose">
            <h1>{heading.to_owned()}</h1>
            <p>{text.to_owned()}</p>
            <p>
                <a href=address>{label}</a>
            </p>
        </div>
    }
    .into_any()
}
