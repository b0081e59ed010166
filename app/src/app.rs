//! The root component, its routes, and the document around them.

use crate::boot::{BOOT_ELEMENT, use_boot};
use crate::components::announce::Announcer;
use crate::components::frame::{LiveRegions, SiteFooter, SiteHeader};
use crate::pages::{
    AccessibilityPage, CertificatesRoute, ChecksRoute, CountyRoute, CourseRoute, CoursesRoute, HistoryRoute, HomePage,
    ImportRoute, NotFoundPage, PlanRoute, SignInRoute, VersionsRoute,
};
use leptos::prelude::*;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;
use serde::Deserialize;

/// Where the built files of this release lie: the content of `assets.json`, provided as context by the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The module which loads the other two and starts the app.
    pub start: String,
    /// The JavaScript around the wasm.
    pub js: String,
    /// The app itself.
    pub wasm: String,
    /// The hash of the build.
    pub build: String,
}

/// The whole HTML document around a page. Reads [`Assets`] and [`crate::boot::Boot`] from the context.
pub fn shell() -> impl IntoView {
    let assets = use_context::<Assets>().unwrap_or_default();
    // A page without its data still renders; the browser then starts from an empty value.
    let boot = use_boot().to_script().unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang="sv">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#FFFFFF" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#15181D" media="(prefers-color-scheme: dark)" />
                <link rel="stylesheet" href=assets.css />
                <link rel="icon" href="/icon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icon-192.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <link rel="modulepreload" href=assets.js />
                <script type="application/json" id=BOOT_ELEMENT inner_html=boot></script>
                <script type="module" src=assets.start></script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The document that the service worker keeps for starting without a network: the same head, and no content.
/// Nobody's data is in it and it carries no nonce, so that it can be cached.
pub fn offline_shell(assets: &Assets) -> String {
    let Assets { css, start, .. } = assets;
    format!(
        r##"<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" content="#FFFFFF" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#15181D" media="(prefers-color-scheme: dark)">
<title>Samplan</title>
<link rel="stylesheet" href="{css}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="apple-touch-icon" href="/icon-192.png">
<link rel="manifest" href="/manifest.webmanifest">
<script type="module" src="{start}"></script>
</head>
<body data-render="csr">
<main class="page starting"><p class="late">Samplan startar…</p></main>
</body>
</html>
"##
    )
}

/// The root component. Expects a [`crate::boot::Boot`] in the context.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Announcer::provide();
    view! {
        <Router>
            <a class="skip-link" href="#innehall" rel="external">
                "Hoppa till innehållet"
            </a>
            <SiteHeader />
            <main id="innehall" tabindex="-1">
                <Routes fallback=NotFoundPage>
                    <Route path=path!("/") view=HomePage />
                    <Route path=path!("/lan/:year") view=CountyRoute />
                    <Route path=path!("/budget/:association/:year") view=PlanRoute />
                    <Route path=path!("/budget/:association/:year/versioner") view=VersionsRoute />
                    <Route path=path!("/budget/:association/:year/las-in") view=ImportRoute />
                    <Route path=path!("/budget/:association/:year/historik") view=HistoryRoute />
                    <Route path=path!("/kontroll") view=ChecksRoute />
                    <Route path=path!("/kurser") view=CoursesRoute />
                    <Route path=path!("/kurser/:document") view=CourseRoute />
                    <Route path=path!("/kurser/:document/historik") view=HistoryRoute />
                    <Route path=path!("/kurser/:document/intyg") view=CertificatesRoute />
                    <Route path=path!("/logga-in") view=SignInRoute />
                    <Route path=path!("/tillganglighet") view=AccessibilityPage />
                </Routes>
            </main>
            <SiteFooter />
            <LiveRegions />
        </Router>
    }
}

/// Starts the app in the browser: takes over a page from the server, or fills the emptied offline shell.
#[cfg(feature = "hydrate")]
pub fn start() {
    use crate::boot::Boot;
    let root = |boot: Boot| {
        move || {
            provide_context(boot.clone());
            view! { <App /> }
        }
    };
    let Some(body) = document().body() else { return };
    if body.get_attribute("data-render").as_deref() == Some("csr") {
        // leptos has no executor before it mounts something.
        wasm_bindgen_futures::spawn_local(async move {
            let boot = crate::browser::boot::load().await;
            body.set_inner_html("");
            leptos::mount::mount_to_body(root(boot));
        });
        return;
    }
    let boot = document()
        .get_element_by_id(BOOT_ELEMENT)
        .and_then(|element| element.text_content())
        .and_then(|text| Boot::from_script(&text).ok())
        .unwrap_or_default();
    leptos::mount::hydrate_body(root(boot.clone()));
    leptos::task::spawn_local(crate::browser::boot::remember(boot));
}
