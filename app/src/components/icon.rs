//! The few icons there are, drawn for this app. Decoration beside words: hidden from screen readers.

use leptos::prelude::*;

/// An icon, named by what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Done, saved, in balance.
    Check,
    /// Something to look at.
    Warning,
    /// Something is wrong.
    Error,
    /// Without a network.
    Offline,
    /// On its way.
    Sending,
    /// For reading only.
    Lock,
    /// Take back.
    Undo,
    /// Do again.
    Redo,
    /// Add.
    Plus,
    /// Remove.
    Remove,
    /// Print.
    Print,
    /// Take out as a file.
    Download,
    /// Bring in a file.
    Upload,
    /// More actions.
    More,
    /// Close.
    Close,
    /// A plan.
    Plan,
    /// Onwards.
    Forward,
    /// Change.
    Edit,
    /// A spreadsheet.
    Sheet,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Check => "M4 10.5l4 4 8-9",
            Self::Warning => "M10 3 1.8 17h16.4L10 3Zm0 5v4.5m0 2.2v.3",
            Self::Error => "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 4v5m0 2.7v.3",
            Self::Offline => "M2 2l16 16M4.5 9A9 9 0 0 1 8 7m4 .2A9 9 0 0 1 15.5 9M7 12.2a5 5 0 0 1 4-1M10 15.7v.3",
            Self::Sending => "M10 16V5m-4.5 4L10 4.5 14.5 9",
            Self::Lock => "M4.5 9h11v8h-11V9Zm2.5 0V6.5a3 3 0 0 1 6 0V9",
            Self::Undo => "M7 4 3 8l4 4M3.5 8H12a4.5 4.5 0 0 1 0 9H8",
            Self::Redo => "M13 4l4 4-4 4m3.5-4H8a4.5 4.5 0 0 0 0 9h4",
            Self::Plus => "M10 4v12M4 10h12",
            Self::Remove => "M3.5 5.5h13M8 5.5v-2h4v2M5.5 5.5l.8 11h7.4l.8-11M8.5 8.5v5m3-5v5",
            Self::Print => "M5.5 7V2.5h9V7M5.5 14H3V7h14v7h-2.5m-9-2.5h9v6h-9v-6Z",
            Self::Download => "M10 3v9.5m-4-4 4 4 4-4M3.5 16.5h13",
            Self::Upload => "M10 12.5V3m-4 4 4-4 4 4M3.5 16.5h13",
            Self::More => "M10 4.5v.1m0 5.4v.1m0 5.300v.1",
            Self::Close => "M5 5l10 10M15 5 5 15",
            Self::Plan => "M4 2.5h12v15H4v-15Zm3 4h6m-6 3.5h6m-6 3.5h3",
            Self::Forward => "M7.5 4.5 13 10l-5.5 5.5",
            Self::Sheet => "M3 3.500h14v13H3v-13Zm0 4.300h14M3 12.200h14M8 7.800v8.700",
            Self::Edit => "M3.5 16.5l1-4.2L13 3.800l3.2 3.2-8.500 8.500-4.2 1Zm7.2-10.400 3.2 3.2",
        }
    }
}

/// Draws an [`Icon`] in the colour of the text around it.
#[component]
pub fn IconView(
    /// Which one.
    icon: Icon,
) -> impl IntoView {
    let width = if icon == Icon::More { "3" } else { "1.75" };
    view! {
        <svg
            class="icon"
            viewBox="0 0 20 20"
            aria-hidden="true"
            fill="none"
            stroke="currentColor"
            stroke-width=width
            stroke-linecap="round"
            stroke-linejoin="round"
        >
            <path d=icon.path() />
        </svg>
    }
}

/// The mark of Samplan: three bars, one from each association, and the double rule of a sum under them.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg viewBox="0 0 32 32" aria-hidden="true" class="mark">
            <rect width="32" height="32" rx="7" fill="var(--accent)" />
            <g stroke="var(--bg)" stroke-linecap="round">
                <path stroke-width="3" d="M8 8.5h9M8 13.5h16M8 18.5h12.5" />
                <path stroke-width="1.5" d="M7 23h18M7 26h18" />
            </g>
        </svg>
    }
}
