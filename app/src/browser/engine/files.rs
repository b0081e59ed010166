//! Handing the plan over as a file, and merging one: all that is needed in a room without a network.

use super::{Doing, Engine};
use crate::boot::DocumentInfo;
use crate::browser::clock::now_ms;
use crate::browser::download;
use crate::document::file::{self, FileError};
use crate::limits::Limits;
use crate::workspace::NoticeKind;
use crate::workspace::status::Connection;
use automerge::AutoCommit;

impl Engine {
    /// Offers the plan as a file.
    pub fn export_file(&self) {
        self.offer("");
    }

    /// Offers the plan with what the server never got. Where the user may no longer read it, the copy then goes.
    pub fn export_my_changes(&self) {
        let is_forbidden = self.0.line.borrow().connection(self.0.started_ms) == Connection::Forbidden;
        if self.offer("-mina-andringar") && is_forbidden {
            let engine = self.clone();
            leptos::task::spawn_local(async move { engine.remove_copy().await });
        }
    }

    fn offer(&self, ending: &str) -> bool {
        self.with_desk(|desk| offer_file(&self.0.document, desk.doc_mut(), ending)) == Some(true)
    }

    /// Merges a file that was handed over. A notice tells what came of it.
    pub fn merge_file(&self, bytes: Vec<u8>) {
        let id = self.document_id();
        let merged = self.with_desk(|desk| {
            let merged = file::merge(desk.doc_mut(), id, &bytes, &Limits::default())?;
            Ok::<_, FileError>((merged.new_changes, desk.merged(now_ms())))
        });
        match merged {
            Some(Ok((changes, turn))) => {
                self.take(turn, Doing::Others);
                self.0.state.notify(NoticeKind::FileMerged { changes });
            }
            Some(Err(error)) => self.0.state.notify(NoticeKind::FileRefused { reason: error.to_string() }),
            None => {}
        }
    }
}

/// Offers a plan as a file. False if the browser would not.
pub fn offer_file(info: &DocumentInfo, doc: &mut AutoCommit, ending: &str) -> bool {
    let name = format!("{}{ending}.{}", info.file_stem(), file::EXTENSION);
    download::offer(&name, file::MEDIA_TYPE, &file::write(doc, info.id))
}
