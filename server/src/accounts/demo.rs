//! Demonstration data: a county, its associations, six accounts, a county plan, two plans of one
//! association, and the courses of both. Only with the demo flag.

mod courses;

use app::{
    document::{CommandError, EditContext, county, plan},
    domain::ids::{DocumentId, UserId},
};
use automerge::AutoCommit;
use rand::{Rng, distr::Alphanumeric};

use super::passwords::Passwords;
use crate::{
    clock,
    config::Demo,
    storage::{Database, content::NewContent, documents::Kind},
};

/// The county and its budget year in the demonstration.
const COUNTY: (&str, &str) = ("vastmanland", "Västmanlands län");
const YEAR: i32 = 2021;

/// Id, name, and whether it belongs to the county.
const ASSOCIATIONS: [(&str, &str, bool); 4] = [
    ("vasteras", "Samordningsförbundet Västerås", true),
    ("norra", "Norra Västmanlands samordningsförbund", true),
    ("malardalen", "Samordningsförbundet Västra Mälardalen", true),
    ("annat", "Samordningsförbundet Annat län", false),
];

/// Who has written the plans of the first association, and decided them.
const AUTHOR: &str = "redaktor@vasteras.example";

/// E-mail address, name, association, role, and whether its holder may decide, and run courses.
pub const ACCOUNTS: [(&str, &str, &str, &str, bool, bool); 6] = [
    (AUTHOR, "Redaktör Västerås", "vasteras", "editor", true, true),
    ("handlaggare@vasteras.example", "Handläggare Västerås", "vasteras", "editor", false, false),
    ("redaktor@norra.example", "Redaktör Norra", "norra", "editor", true, true),
    ("redaktor@malardalen.example", "Redaktör Mälardalen", "malardalen", "editor", true, true),
    ("lasare@vasteras.example", "Läsare Västerås", "vasteras", "reader", false, false),
    ("redaktor@annat.example", "Redaktör Annat", "annat", "editor", true, false),
];

/// A document of the demonstration.
struct Opened {
    owner: Owner,
    kind: Kind,
    year: Option<i32>,
    title: String,
    doc: AutoCommit,
}

/// Whose a document of the demonstration is.
#[derive(Clone, Copy)]
enum Owner {
    County(&'static str),
    Association(&'static str),
}

/// Why the demonstration could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The database did not take it.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// The plan could not be written.
    #[error(transparent)]
    Plan(#[from] CommandError),
    /// The password could not be hashed.
    #[error(transparent)]
    Password(#[from] super::passwords::PasswordError),
}

/// Fills an empty database, and makes sure that the password returned is the one that works.
pub async fn prepare(database: &Database, passwords: &Passwords, demo: &Demo) -> Result<String, DemoError> {
    let password = demo.password.clone().unwrap_or_else(made_up_password);
    let known: Option<(String,)> = sqlx::query_as("SELECT password_hash FROM users WHERE demo = 1 LIMIT 1")
        .fetch_optional(database.pool())
        .await?;
    let still_right = match &known {
        Some((hash,)) => passwords.verify(password.clone(), Some(hash.clone())).await?,
        None => false,
    };
    if known.is_none() {
        let hash = passwords.hash(password.clone()).await?;
        fill(database, &hash).await?;
    } else if !still_right {
        // Sessions live on: it is the same demonstration, only the printed password is new.
        let hash = passwords.hash(password.clone()).await?;
        sqlx::query("UPDATE users SET password_hash = ? WHERE demo = 1").bind(hash).execute(database.pool()).await?;
    }
    Ok(password)
}

/// All or nothing: a start that was broken off is begun again at the next.
async fn fill(database: &Database, password_hash: &str) -> Result<(), DemoError> {
    let mut transaction = database.pool().begin().await?;
    sqlx::query("INSERT INTO counties (id, name) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(COUNTY.0)
        .bind(COUNTY.1)
        .execute(&mut *transaction)
        .await?;
    for (id, name, in_county) in ASSOCIATIONS {
        sqlx::query("INSERT INTO associations (id, name, county_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind(id)
            .bind(name)
            .bind(in_county.then_some(COUNTY.0))
            .execute(&mut *transaction)
            .await?;
    }
    let mut author = None;
    for (email, name, association, role, may_decide, may_run_courses) in ACCOUNTS {
        let user = UserId::from_random(rand::random());
        let epoch: [u8; 16] = rand::random();
        sqlx::query(
            "INSERT INTO users (id, email, name, password_hash, session_epoch, demo, created_at)
             VALUES (?, ?, ?, ?, ?, 1, ?)",
        )
        .bind(user.as_bytes().as_slice())
        .bind(email)
        .bind(name)
        .bind(password_hash)
        .bind(epoch.as_slice())
        .bind(clock::now_ms())
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "INSERT INTO memberships (user_id, association_id, role, may_decide, may_run_courses) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(user.as_bytes().as_slice())
        .bind(association)
        .bind(role)
        .bind(may_decide)
        .bind(may_run_courses)
        .execute(&mut *transaction)
        .await?;
        if email == AUTHOR {
            author = Some(user);
        }
    }
    let context = EditContext { now_ms: clock::now_ms() };
    let vasteras = ASSOCIATIONS[0].0;
    let plan =
        |owner: Owner, kind, year, title: &str, doc| Opened { owner, kind, year: Some(year), title: title.into(), doc };
    let (of_county, of_vasteras) = (Owner::County(COUNTY.0), Owner::Association(vasteras));
    let mut all = vec![
        plan(
            of_county,
            Kind::County,
            YEAR,
            "Länsgemensam plan 2021",
            county::demo_2021(rand::random(), None, &context)?,
        ),
        plan(of_vasteras, Kind::Plan, YEAR, "Budget 2021", plan::demo_2021(rand::random(), author, &context)?),
        plan(of_vasteras, Kind::Plan, 2019, "Budget 2019", plan::demo_2019(rand::random(), author, &context)?),
    ];
    let vasteras = (vasteras, ASSOCIATIONS[0].1);
    all.extend(courses::documents(vasteras, COUNTY, author, &context)?);
    for Opened { owner, kind, year, title, mut doc } in all {
        let document = DocumentId::from_random(rand::random());
        let (association, county) = match owner {
            Owner::County(county) => (None, Some(county)),
            Owner::Association(association) => (Some(association), None),
        };
        sqlx::query(
            "INSERT INTO documents (id, kind, association_id, county_id, year, title, created_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(document.as_bytes().as_slice())
        .bind(kind.as_str())
        .bind(association)
        .bind(county)
        .bind(year)
        .bind(title)
        .bind(clock::now_ms())
        .execute(&mut *transaction)
        .await?;
        NewContent::of(&mut doc).insert(&mut transaction, document).await?;
    }
    transaction.commit().await?;
    Ok(())
}

fn made_up_password() -> String {
    rand::rng().sample_iter(Alphanumeric).take(14).map(char::from).collect()
}
