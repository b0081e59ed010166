//! Looks for somebody who was erased, in every byte of every file.

use std::{collections::HashSet, fs, path::Path};

use app::domain::ids::DocumentId;

use super::Server;

/// What is in the canary's name and address, and in no other word.
const CANARY: &[u8] = b"zvxqwysso";

/// Pieces of what is stored of a document, which may be compressed: none of them may be anywhere afterwards.
pub struct Traces(HashSet<[u8; TRACE]>);

/// So many bytes in a row are no coincidence.
pub const TRACE: usize = 24;

impl Traces {
    /// Of a document as it is stored now.
    pub async fn of(server: &Server, document: DocumentId) -> Self {
        // Columns of zeros are no traces of anybody.
        let is_telling = |piece: &[u8; TRACE]| piece.iter().collect::<HashSet<_>>().len() > TRACE / 2;
        let traces: HashSet<_> = pieces(server, document).await.into_iter().filter(is_telling).collect();
        assert!(traces.len() > 100, "or the test shows nothing");
        Self(traces)
    }

    /// Apart from what stood in the files before there was any such document, such as names of associations.
    pub fn apart_from_before(self, before: &HashSet<[u8; TRACE]>) -> Self {
        Self(self.0.difference(before).copied().collect())
    }

    /// Apart from what is in the document that took its place: the others, in the same words.
    pub async fn apart_from(self, server: &Server, new: DocumentId) -> Self {
        let kept = pieces(server, new).await;
        let traces: HashSet<_> = self.0.difference(&kept).copied().collect();
        assert!(traces.len() > 100, "or the test shows nothing");
        Self(traces)
    }

    /// The files under a folder that hold any of them, or the canary's name or address as it is written.
    pub fn in_files(&self, folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(self.in_files(&path));
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let is_traced = bytes.windows(TRACE).any(|piece| self.0.contains(piece));
            if is_traced || bytes.windows(CANARY.len()).any(|word| word.eq_ignore_ascii_case(CANARY)) {
                found.push(path.display().to_string());
            }
        }
        found.sort();
        found
    }
}

/// All that stands in the files of a folder.
pub fn pieces_in(folder: &Path) -> HashSet<[u8; TRACE]> {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.flat_map(|bytes| bytes.windows(TRACE).map(|piece| piece.try_into().unwrap()).collect::<Vec<_>>()).collect()
}

async fn pieces(server: &Server, document: DocumentId) -> HashSet<[u8; TRACE]> {
    let rows: Vec<(Vec<u8>,)> = sqlx::query_as(
        "SELECT bytes FROM snapshots WHERE document_id = ?1 UNION ALL SELECT bytes FROM changes WHERE document_id = ?1",
    )
    .bind(document.as_bytes().as_slice())
    .fetch_all(server.relay.state().database.pool())
    .await
    .unwrap();
    rows.iter().flat_map(|(bytes,)| bytes.windows(TRACE)).map(|piece| piece.try_into().unwrap()).collect()
}
