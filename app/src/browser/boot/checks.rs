//! Checking all plans without a network: those that lie on this device, with what was never sent.

use super::super::account;
use super::super::store::Store;
use super::super::store::records::DocumentRecord;
use crate::boot::{Checked, CheckedDocument, ChecksPage, CountyLink, DocumentInfo};
use crate::document::{Kind, county, plan};
use automerge::AutoCommit;

/// The page of all checks.
pub async fn checks(store: &Store, records: &[DocumentRecord]) -> ChecksPage {
    let mut documents = Vec::new();
    let infos: Vec<&DocumentInfo> = records.iter().map(|record| &record.info).collect();
    for info in infos.iter().filter(|info| info.has_checks()) {
        documents.push(check(store, &infos, (*info).clone()).await);
    }
    ChecksPage { documents, of_device: true }
}

async fn check(store: &Store, all: &[&DocumentInfo], info: DocumentInfo) -> CheckedDocument {
    let Ok((doc, _)) = account::read_document(store, info.id).await else {
        return CheckedDocument { document: info, checked: Checked::Unreadable };
    };
    if Kind::County.is_in(&doc) {
        CheckedDocument::of_county(info, &county::read(&doc))
    } else if Kind::Plan.is_in(&doc) {
        let county = county_link(store, all, &info).await;
        CheckedDocument::of_plan(info, &plan::read(&doc), county.as_ref())
    } else {
        CheckedDocument { document: info, checked: Checked::NotHere }
    }
}

/// What the county plan of the same year says of a plan's association, if it lies here too.
async fn county_link(store: &Store, all: &[&DocumentInfo], info: &DocumentInfo) -> Option<CountyLink> {
    let county = info.county_beside(all.iter().copied())?;
    let (doc, _): (AutoCommit, _) = account::read_document(store, county.id).await.ok()?;
    Kind::County.is_in(&doc).then(|| CountyLink::of(&county::read(&doc), info.association.as_deref()?)).flatten()
}
