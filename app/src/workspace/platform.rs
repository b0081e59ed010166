//! The workspace's twin halves: the browser has an engine, the server has none.

#[cfg(feature = "hydrate")]
pub use browser::{EngineLink, random_bytes, update_now};
#[cfg(not(feature = "hydrate"))]
pub use server::{EngineLink, random_bytes, update_now};

#[cfg(not(feature = "hydrate"))]
mod server {
    use crate::document::history::{Asked, History};
    use crate::document::{Command, CommandError};
    use crate::workspace::CellRef;
    use crate::workspace::Workspace;

    /// Nothing to link to: the server only draws what it was given.
    #[derive(Clone, Copy)]
    pub struct EngineLink;

    impl EngineLink {
        pub fn new() -> Self {
            Self
        }
        pub fn start(self, _workspace: Workspace) {}
        pub fn edit(self, _command: Command) -> Result<(), CommandError> {
            Ok(())
        }
        pub fn undo(self) {}
        pub fn redo(self) {}
        pub fn history(self, _asked: &Asked) -> Option<History> {
            None
        }
        pub fn set_my_cell(self, _cell: Option<CellRef>) {}
        pub fn export_file(self) {}
        pub fn export_my_changes(self) {}
        pub fn merge_file(self, _bytes: Vec<u8>) {}
    }

    /// Ids are only made by users, and users are in browsers.
    pub fn random_bytes() -> [u8; 16] {
        [0; 16]
    }

    pub fn update_now() {}
}

#[cfg(feature = "hydrate")]
mod browser {
    use crate::browser::engine::Engine;
    use crate::document::history::{Asked, History};
    use crate::document::{Command, CommandError};
    use crate::workspace::CellRef;
    use crate::workspace::Workspace;
    use leptos::prelude::*;

    pub use crate::browser::clock::random_bytes;
    pub use crate::browser::updates::update_now;

    /// Where the engine is, once the page is hydrated.
    #[derive(Clone, Copy)]
    pub struct EngineLink(StoredValue<Option<Engine>, LocalStorage>);

    impl EngineLink {
        pub fn new() -> Self {
            Self(StoredValue::new_local(None))
        }

        /// Starts the engine after hydration, and stops it when the page goes.
        pub fn start(self, workspace: Workspace) {
            Effect::new(move |_| self.0.set_value(Some(Engine::start(workspace))));
            on_cleanup(move || {
                self.with(Engine::stop);
            });
        }

        pub fn edit(self, command: Command) -> Result<(), CommandError> {
            self.with(|engine| engine.edit(command)).unwrap_or(Err(CommandError::NotAPlan))
        }

        pub fn undo(self) {
            self.with(Engine::undo);
        }

        pub fn redo(self) {
            self.with(Engine::redo);
        }

        pub fn history(self, asked: &Asked) -> Option<History> {
            self.with(|engine| engine.history(asked)).flatten()
        }

        pub fn set_my_cell(self, cell: Option<CellRef>) {
            self.with(|engine| engine.set_my_cell(cell));
        }

        pub fn export_file(self) {
            self.with(Engine::export_file);
        }

        pub fn export_my_changes(self) {
            self.with(Engine::export_my_changes);
        }

        pub fn merge_file(self, bytes: Vec<u8>) {
            self.with(|engine| engine.merge_file(bytes));
        }

        fn with<T>(self, act: impl FnOnce(&Engine) -> T) -> Option<T> {
            let engine = self.0.try_get_value().flatten()?;
            Some(act(&engine))
        }
    }
}
