//! Somebody signs up, changes what they said, cancels, or answers an offer. Each is done inside the document, where what
//! came before is seen, and nothing is answered before it is stored.

use std::collections::BTreeMap;

use app::{
    document::{
        CommandError,
        occasion::{self, NewRegistration, OccasionCommand, OccasionView, PersonField},
    },
    domain::{
        Decision, Occasion, Prerequisite, Registration, Sensitive,
        ids::{DocumentId, RegistrationId},
    },
};
use automerge::AutoCommit;
use sqlx::SqliteConnection;

use super::{
    CourseError, Courses, apply,
    form::Sent,
    ledger,
    places::{self, today},
    token::{FormKey, Token},
};

/// What came of a form to sign up.
pub enum SignedUp {
    /// There is a registration, and this is its person's link to it.
    Registered(Token),
    /// Somebody of the same name and address has signed up already, with another form.
    Twice,
    /// One cannot sign up: the time is over, or has not come.
    Closed,
}

/// What somebody with a personal link wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// *Avboka*.
    Cancel,
    /// *Avstå* from an offer: from nothing else, whatever another page still shows.
    Decline,
    /// *Tacka ja* to an offer.
    Accept,
}

/// What the document said to a form.
enum Answer {
    Written(Box<(Occasion, Registration)>),
    Twice,
    Closed,
}

impl Courses {
    /// Whether a form has made its registration already.
    pub async fn is_known(&self, registration: RegistrationId) -> Result<bool, sqlx::Error> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT 1 FROM places WHERE registration_id = ?")
            .bind(registration.as_bytes().as_slice())
            .fetch_optional(self.database.pool())
            .await?;
        Ok(row.is_some())
    }

    /// Signs somebody up for a published occasion.
    pub async fn sign_up(
        &self,
        document: DocumentId,
        facts: &Occasion,
        key: &FormKey,
        sent: Sent,
        now_ms: i64,
    ) -> Result<SignedUp, CourseError> {
        let Sent { mut fields, needs } = sent;
        if fields.prerequisite == Prerequisite::Stated && self.has_completed(document, facts, &fields.email).await? {
            fields.prerequisite = Prerequisite::Found;
        }
        let id = key.registration(document, &fields.email);
        let token = key.token(document, &fields.email);
        let offer_ms = self.offer_ms();
        // First of all: a place is decided and told also where this is cut short, and whoever has it does not send again.
        self.keep_needs(document, id, &needs).await?;
        let live = self.hub.open(document).await?;
        let views = self.views.clone();
        let work = move |doc: &mut AutoCommit| {
            let mut view = views.take(document, doc);
            let answer = register(doc, &mut view, (id, fields), now_ms, offer_ms)?;
            views.keep(document, doc, view);
            Ok::<_, CommandError>(answer)
        };
        let (facts, registration) = match live.write(work).await?? {
            Answer::Written(written) => *written,
            Answer::Twice => {
                self.drop_needs(id, &needs).await?;
                return Ok(SignedUp::Twice);
            }
            Answer::Closed => {
                self.drop_needs(id, &needs).await?;
                return Ok(SignedUp::Closed);
            }
        };
        self.record_one(document, &facts, &registration, &token, now_ms).await?;
        Ok(SignedUp::Registered(token))
    }

    /// Whose link this is.
    pub async fn holder(&self, token: &Token) -> Result<Option<(DocumentId, RegistrationId)>, sqlx::Error> {
        let row: Option<(Vec<u8>, Vec<u8>)> = sqlx::query_as(
            "SELECT p.document_id, p.registration_id FROM place_links l
             JOIN places p ON p.registration_id = l.registration_id WHERE l.token_hash = ?",
        )
        .bind(token.hash().as_slice())
        .fetch_optional(self.database.pool())
        .await?;
        let holder = |(document, registration): (Vec<u8>, Vec<u8>)| {
            Ok((crate::storage::document_id(&document)?, ledger::registration_id(&registration)?))
        };
        row.map(holder).transpose()
    }

    /// Does what somebody wishes, if it can be done still; whether it was.
    pub async fn fulfil(
        &self,
        document: DocumentId,
        id: RegistrationId,
        wish: Wish,
        now_ms: i64,
    ) -> Result<bool, CourseError> {
        let live = self.hub.open(document).await?;
        let done = live.write(move |doc| answer(doc, id, wish, now_ms)).await??;
        self.reconcile(document, now_ms).await?;
        Ok(done)
    }

    /// Writes what somebody has changed in their registration.
    pub async fn change(
        &self,
        document: DocumentId,
        id: RegistrationId,
        sent: Sent,
        now_ms: i64,
    ) -> Result<(), CourseError> {
        let Sent { fields, needs } = sent;
        let live = self.hub.open(document).await?;
        live.write(move |doc| apply(doc, changes(id, fields), now_ms)).await??;
        let mut transaction = self.database.pool().begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM sensitive WHERE registration_id = ?")
            .bind(id.as_bytes().as_slice())
            .execute(&mut *transaction)
            .await?;
        insert_needs(&mut transaction, document, id, &needs).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Diet, allergies and access needs of somebody who has signed up.
    pub async fn needs(&self, id: RegistrationId) -> Result<BTreeMap<Sensitive, String>, sqlx::Error> {
        let row: Option<(String, String, String)> =
            sqlx::query_as("SELECT diet, allergy, access FROM sensitive WHERE registration_id = ?")
                .bind(id.as_bytes().as_slice())
                .fetch_optional(self.database.pool())
                .await?;
        let (diet, allergy, access) = row.unwrap_or_default();
        let all = [(Sensitive::Diet, diet), (Sensitive::Allergy, allergy), (Sensitive::Access, access)];
        Ok(all.into_iter().filter(|(_, need)| !need.is_empty()).collect())
    }

    async fn keep_needs(
        &self,
        document: DocumentId,
        id: RegistrationId,
        needs: &BTreeMap<Sensitive, String>,
    ) -> Result<(), sqlx::Error> {
        if needs.is_empty() {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        let mut transaction = self.database.pool().begin_with("BEGIN IMMEDIATE").await?;
        insert_needs(&mut transaction, document, id, needs).await?;
        transaction.commit().await
    }

    /// Forgets what was kept for a registration that did not come about.
    async fn drop_needs(&self, id: RegistrationId, needs: &BTreeMap<Sensitive, String>) -> Result<(), sqlx::Error> {
        if !needs.is_empty() {
            let _turn = self.turn.lock().await;
            let gone = sqlx::query("DELETE FROM sensitive WHERE registration_id = ?").bind(id.as_bytes().as_slice());
            gone.execute(self.database.pool()).await?;
        }
        Ok(())
    }
}

async fn insert_needs(
    connection: &mut SqliteConnection,
    document: DocumentId,
    id: RegistrationId,
    needs: &BTreeMap<Sensitive, String>,
) -> Result<(), sqlx::Error> {
    if needs.is_empty() {
        return Ok(());
    }
    let need = |kind: Sensitive| needs.get(&kind).cloned().unwrap_or_default();
    sqlx::query(
        "INSERT OR IGNORE INTO sensitive (registration_id, document_id, diet, allergy, access) VALUES (?, ?, ?, ?, ?)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(document.as_bytes().as_slice())
    .bind(need(Sensitive::Diet))
    .bind(need(Sensitive::Allergy))
    .bind(need(Sensitive::Access))
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts a registration into the document with its decision, as one change, and into `view`, which is what the document
/// says; or finds that it is there.
fn register(
    doc: &mut AutoCommit,
    view: &mut OccasionView,
    (id, fields): (RegistrationId, NewRegistration),
    now_ms: i64,
    offer_ms: i64,
) -> Result<Answer, CommandError> {
    if let Some(registration) = view.registration(id) {
        return Ok(Answer::Written(Box::new((view.facts.clone(), registration.clone()))));
    }
    let takes = today(now_ms).is_some_and(|day| view.facts.sign_up(day, view.taken()).takes_registrations());
    if !view.facts.is_published || !takes {
        return Ok(Answer::Closed);
    }
    let is_same = |one: &Registration| {
        one.email.trim().eq_ignore_ascii_case(&fields.email)
            && one.name.trim().to_lowercase() == fields.name.to_lowercase()
            && one.is_live()
    };
    if view.registrations.iter().any(is_same) {
        return Ok(Answer::Twice);
    }
    view.insert(drafted(id, &fields));
    let mut commands = vec![OccasionCommand::Register { id, fields: Box::new(fields) }];
    commands.extend(places::settle(view, &BTreeMap::new(), now_ms, offer_ms));
    for command in &commands {
        note(view, command);
    }
    apply(doc, commands, now_ms)?;
    let registration = view.registration(id).cloned();
    Ok(registration.map_or(Answer::Closed, |one| Answer::Written(Box::new((view.facts.clone(), one)))))
}

fn drafted(id: RegistrationId, fields: &NewRegistration) -> Registration {
    let NewRegistration { name, email, employer, party, role, sex, answers, prerequisite, source, registered_at } =
        fields.clone();
    Registration {
        id,
        name,
        email,
        employer,
        party,
        role,
        sex,
        answers,
        prerequisite,
        source,
        registered_at,
        decision: Decision::Preliminary,
        arrival: None,
        offered_until: None,
        attendance: BTreeMap::new(),
    }
}

/// Brings a decision into the view as the document will have it.
fn note(view: &mut OccasionView, command: &OccasionCommand) {
    if let OccasionCommand::Decide { id, decision, arrival, offered_until_ms } = command
        && let Some(registration) = view.registrations.iter_mut().find(|one| one.id == *id)
    {
        registration.decision = decision.clone();
        registration.arrival = Some(*arrival);
        registration.offered_until = *offered_until_ms;
    }
}

fn answer(doc: &mut AutoCommit, id: RegistrationId, wish: Wish, now_ms: i64) -> Result<bool, CommandError> {
    let view = occasion::read(doc);
    let Some(registration) = view.registration(id) else { return Ok(false) };
    let is_over = today(now_ms).is_some_and(|day| view.facts.is_over(day));
    let command = match wish {
        Wish::Cancel if registration.is_live() && !is_over => OccasionCommand::Cancel { id },
        Wish::Decline if stands(registration, now_ms) => OccasionCommand::Cancel { id },
        Wish::Accept if stands(registration, now_ms) && !view.facts.is_called_off => OccasionCommand::Decide {
            id,
            decision: Decision::Confirmed,
            arrival: registration.arrival.unwrap_or_default(),
            offered_until_ms: None,
        },
        _ => return Ok(false),
    };
    apply(doc, vec![command], now_ms)?;
    Ok(true)
}

/// Whether a place is offered, and may still be taken.
pub fn stands(registration: &Registration, now_ms: i64) -> bool {
    registration.decision == Decision::Offered && registration.offered_until.is_some_and(|until| now_ms < until)
}

fn changes(id: RegistrationId, fields: NewRegistration) -> Vec<OccasionCommand> {
    let person = [
        (PersonField::Name, fields.name),
        (PersonField::Email, fields.email),
        (PersonField::Employer, fields.employer),
        (PersonField::Role, fields.role),
    ];
    let mut commands: Vec<_> =
        person.into_iter().map(|(field, value)| OccasionCommand::SetPerson { id, field, value }).collect();
    commands.push(OccasionCommand::SetParty { id, party: fields.party });
    commands.push(OccasionCommand::SetSex { id, sex: fields.sex });
    let answers = fields.answers.into_iter();
    commands.extend(answers.map(|(question, value)| OccasionCommand::SetAnswer { id, question, value }));
    commands
}
