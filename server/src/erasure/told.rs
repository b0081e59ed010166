//! What clients are told of what was erased, and what they bring of it that was never sent.
//!
//! A device names documents it has and is no longer told of. It already knows their ids, so that nothing is said that
//! could be guessed; where the rest of one went on is told only to those who may read it.

use std::collections::BTreeSet;

use app::{
    boot::{Became, CarriedOver, DocumentRights},
    document::{Command, EditContext, OccasionCommand},
    domain::ids::{DocumentId, RegistrationId, UserId},
};
use automerge::AutoCommit;
use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
};

use crate::{accounts::AuthSession, api::ApiError, clock, relay::OpenError, state::AppState};

/// As many documents as a device is likely to have.
const MOST_DOCUMENTS: usize = 1_000;
/// What somebody writes on a course day, many times over. Devices send a thousand at a time.
const MOST_COMMANDS: usize = 5_000;

/// `POST /api/erased`: which of these documents were erased, and what became of them.
pub async fn erased(
    State(state): State<AppState>,
    auth: AuthSession,
    body: Result<Json<Vec<DocumentId>>, JsonRejection>,
) -> Result<Json<Vec<Became>>, ApiError> {
    let account = auth.user.ok_or(ApiError::SIGNED_OUT)?;
    let Json(documents) = body.map_err(|_| ApiError::INVALID_BODY)?;
    let mut told = Vec::new();
    for document in documents.into_iter().take(MOST_DOCUMENTS) {
        let Some(became) = state.database.became_of(document).await? else { continue };
        let replaced_by = match became.replaced_by {
            Some(new) => state.database.readable_document(account.id, new).await?.map(|info| info.id),
            None => None,
        };
        let registrations = if replaced_by.is_some() { became.registrations } else { Vec::new() };
        told.push(Became { id: document, replaced_by, registrations });
    }
    Ok(Json(told))
}

/// `POST /api/documents/{id}/carried`: does to the document that took the place of this one what was written into an old
/// copy and never sent. What does not fit any more, or is about somebody who was erased, is left out.
pub async fn carried(
    State(state): State<AppState>,
    auth: AuthSession,
    Path(id): Path<String>,
    body: Result<Json<Vec<OccasionCommand>>, JsonRejection>,
) -> Result<Json<CarriedOver>, ApiError> {
    let account = auth.user.ok_or(ApiError::SIGNED_OUT)?;
    let id: DocumentId = id.parse().map_err(|_| ApiError::NOT_FOUND)?;
    let Json(commands) = body.map_err(|_| ApiError::INVALID_BODY)?;
    if commands.len() > MOST_COMMANDS {
        return Err(ApiError::INVALID_BODY);
    }
    let became = state.database.became_of(id).await?.ok_or(ApiError::NOT_FOUND)?;
    let new = became.replaced_by.ok_or(ApiError::NOT_FOUND)?;
    let info = state.database.readable_document(account.id, new).await?;
    info.filter(|info| info.rights == DocumentRights::Write).ok_or(ApiError::NOT_FOUND)?;
    let gone: BTreeSet<RegistrationId> = became.registrations.into_iter().collect();
    let wanted = commands.into_iter().filter(|command| is_for_people(command, &gone));
    let wanted: Vec<Command> = wanted.map(Command::from).collect();
    let context = EditContext { now_ms: clock::now_ms() };
    let open = state.hub.open(new).await.map_err(|error| match error {
        OpenError::Missing => ApiError::NOT_FOUND,
        error => ApiError::internal(&error),
    })?;
    let author = account.id;
    let work = move |doc: &mut AutoCommit| {
        // Who wrote it stays who wrote it: they are the one who brings it.
        as_author(doc, author, |doc| {
            let fits = |command: &&Command| app::document::any::edit(doc, command, &context).is_ok();
            wanted.iter().filter(fits).count()
        })
    };
    let done = open.write(work).await.map_err(|error| ApiError::internal(&error))?;
    state.database.audit(Some(account.id), "edits_carried_over", &new.to_string()).await;
    Ok(Json(CarriedOver { done }))
}

/// Writes in somebody's name, under an actor of its own, and leaves the document in the name it was in.
fn as_author<T>(doc: &mut AutoCommit, author: UserId, work: impl FnOnce(&mut AutoCommit) -> T) -> T {
    let (before, actor) = (doc.get_author().cloned(), doc.get_actor().clone());
    app::document::write_as(doc, rand::random(), Some(author));
    let done = work(doc);
    doc.set_author(before);
    doc.set_actor(actor);
    done
}

/// Whether somebody may bring this: nothing of those who were erased, and nothing that is the relay's to decide.
fn is_for_people(command: &OccasionCommand, gone: &BTreeSet<RegistrationId>) -> bool {
    match command {
        OccasionCommand::Decide { .. } => false,
        OccasionCommand::Batch { commands, .. } => commands.iter().all(|command| is_for_people(command, gone)),
        OccasionCommand::Register { id, .. }
        | OccasionCommand::SetPerson { id, .. }
        | OccasionCommand::SetParty { id, .. }
        | OccasionCommand::SetSex { id, .. }
        | OccasionCommand::SetAnswer { id, .. }
        | OccasionCommand::SetPrerequisite { id, .. }
        | OccasionCommand::SetAttendance { id, .. }
        | OccasionCommand::Cancel { id } => !gone.contains(id),
        _ => true,
    }
}
