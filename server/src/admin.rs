//! What the operator does from the terminal: associations and accounts. It works while the relay runs, too; open sockets
//! of an account that is removed are closed as for any other change of rights.

use std::{collections::HashMap, path::PathBuf};

use app::domain::ids::AssociationId;
use rand::{Rng, distr::Alphanumeric};

use crate::{
    accounts::passwords::{PasswordError, Passwords},
    storage::{
        Database, OpenError,
        people::{Added, ROLES},
    },
};

/// Help for the terminal.
pub const HELP: &str = "\
samplan: förbund och konton

  samplan association list
  samplan association add ID --name NAMN [--county ID --county-name NAMN]
  samplan association retention ID DAGAR    hur länge anmälningar sparas efter sista kursdagen
  samplan account list
  samplan account add E-POST --association ID [--name NAMN] [--role decider|editor|reader] [--courses ja|nej]
  samplan account password E-POST
  samplan account remove E-POST

Lösenordet hittas på och skrivs ut en gång. Till alla hör --data MAPP (eller SAMPLAN_DATA; annars ./data).";

/// A thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Lists associations.
    ListAssociations,
    /// Adds an association, or renames one.
    AddAssociation {
        /// Its short name, part of addresses.
        id: AssociationId,
        /// Its name in full.
        name: String,
        /// The county it shares a plan in: id and name.
        county: Option<(String, String)>,
    },
    /// Sets how long an association keeps the registrations for its courses.
    SetRetention {
        /// The association.
        id: AssociationId,
        /// After the last day.
        days: i64,
    },
    /// Lists accounts.
    ListAccounts,
    /// Adds an account, or gives one that is there a role in one more association.
    AddAccount {
        /// E-mail address.
        email: String,
        /// Full name; the address if none is given.
        name: Option<String>,
        /// In which association.
        association: AssociationId,
        /// One of [`ROLES`].
        role: String,
        /// *Kursadministratör*: whether it may run courses.
        courses: bool,
    },
    /// Makes up a new password and ends the account's sessions.
    SetPassword {
        /// E-mail address.
        email: String,
    },
    /// Removes an account; what the person wrote stays.
    RemoveAccount {
        /// E-mail address.
        email: String,
    },
}

/// Why it was not done; shown on the terminal.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// Not a command, or one without what it needs.
    #[error("{0}\n\n{HELP}")]
    Usage(String),
    /// What was given cannot be used.
    #[error("{0}")]
    Refused(String),
    /// The database could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database failed.
    #[error("databasen svarar inte (database): {0}")]
    Database(#[from] sqlx::Error),
    /// The password could not be hashed.
    #[error("lösenordet kunde inte sparas (password): {0}")]
    Password(#[from] PasswordError),
}

/// The command that the arguments ask for, with the folder of the database; none where they start the relay.
///
/// # Errors
/// What is missing or cannot be read, with the help.
pub fn read(
    arguments: &[String],
    lookup: impl Fn(&str) -> Option<String>,
) -> Result<Option<(Command, PathBuf)>, AdminError> {
    let (what, rest) = match arguments.split_first() {
        Some((what, rest)) if ["account", "association"].contains(&what.as_str()) => (what.as_str(), rest),
        _ => return Ok(None),
    };
    let mut flags = HashMap::new();
    let mut words = Vec::new();
    let mut rest = rest.iter();
    while let Some(argument) = rest.next() {
        match argument.strip_prefix("--") {
            Some(flag) => {
                let value = rest.next().ok_or_else(|| AdminError::Usage(format!("--{flag} saknar värde.")))?;
                flags.insert(flag, value.clone());
            }
            None => words.push(argument.as_str()),
        }
    }
    let data = flags.remove("data").or_else(|| lookup("SAMPLAN_DATA").filter(|value| !value.is_empty()));
    let command = match (what, words.as_slice()) {
        ("association", ["list"]) => Command::ListAssociations,
        ("association", ["add", id]) => Command::AddAssociation {
            id: association(id)?,
            name: required(&mut flags, "name")?,
            county: match flags.remove("county") {
                Some(county) => Some((association(&county)?.to_string(), required(&mut flags, "county-name")?)),
                None => None,
            },
        },
        ("association", ["retention", id, days]) => {
            Command::SetRetention { id: association(id)?, days: retention(days)? }
        }
        ("account", ["list"]) => Command::ListAccounts,
        ("account", ["add", email]) => Command::AddAccount {
            email: address(email)?,
            name: flags.remove("name"),
            association: association(&required(&mut flags, "association")?)?,
            role: role(flags.remove("role"))?,
            courses: courses(flags.remove("courses"))?,
        },
        ("account", ["password", email]) => Command::SetPassword { email: address(email)? },
        ("account", ["remove", email]) => Command::RemoveAccount { email: address(email)? },
        _ => return Err(AdminError::Usage("Det kommandot finns inte.".to_owned())),
    };
    match flags.keys().next() {
        Some(flag) => Err(AdminError::Usage(format!("--{flag} hör inte hit."))),
        None => Ok(Some((command, data.unwrap_or_else(|| "./data".to_owned()).into()))),
    }
}

fn required(flags: &mut HashMap<&str, String>, flag: &str) -> Result<String, AdminError> {
    let value = flags.remove(flag).filter(|value| !value.trim().is_empty());
    value.ok_or_else(|| AdminError::Usage(format!("--{flag} behövs.")))
}

fn association(id: &str) -> Result<AssociationId, AdminError> {
    let refused =
        |_| AdminError::Refused(format!("”{id}” duger inte som id: små bokstäver a–z, siffror och bindestreck."));
    id.parse().map_err(refused)
}

fn retention(days: &str) -> Result<i64, AdminError> {
    let days = days.parse().ok().filter(|days| (1..=3650).contains(days));
    days.ok_or_else(|| AdminError::Refused("Antalet dagar ska vara mellan 1 och 3650.".to_owned()))
}

fn address(email: &str) -> Result<String, AdminError> {
    let is_address = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if is_address && !email.contains(char::is_whitespace) && email.len() <= 254 {
        Ok(email.to_owned())
    } else {
        Err(AdminError::Refused(format!("”{email}” är ingen e-postadress.")))
    }
}

fn role(role: Option<String>) -> Result<String, AdminError> {
    let role = role.unwrap_or_else(|| ROLES[0].to_owned());
    if ROLES.contains(&role.as_str()) {
        Ok(role)
    } else {
        Err(AdminError::Refused(format!("Rollen ”{role}” finns inte: {}.", ROLES.join(", "))))
    }
}

fn courses(wish: Option<String>) -> Result<bool, AdminError> {
    match wish.as_deref() {
        Some("ja") => Ok(true),
        None | Some("nej") => Ok(false),
        Some(other) => Err(AdminError::Refused(format!("--courses är ja eller nej, inte ”{other}”."))),
    }
}

/// Does it; what there is to say.
///
/// # Errors
/// A Swedish sentence that says why it was not done. Nothing is half done.
pub async fn run(command: Command, data: PathBuf) -> Result<String, AdminError> {
    let database = Database::open_beside(&data).await?;
    let said = carry_out(command, &database).await;
    database.close().await;
    said
}

async fn carry_out(command: Command, database: &Database) -> Result<String, AdminError> {
    let no_account = |email: &str| AdminError::Refused(format!("Det finns inget konto {email}."));
    Ok(match command {
        Command::ListAssociations => {
            let line = |(id, name, county): (String, String, Option<String>)| match county {
                Some(county) => format!("{id}  {name} ({county})"),
                None => format!("{id}  {name}"),
            };
            listed(database.associations().await?.into_iter().map(line).collect(), "Det finns inga förbund än.")
        }
        Command::AddAssociation { id, name, county } => {
            let county = county.as_ref().map(|(id, name)| (id.as_str(), name.as_str()));
            database.add_association(&id, &name, county).await?;
            format!("Förbundet {id} finns: {name}.")
        }
        Command::SetRetention { id, days } => {
            if !database.set_retention(&id, days).await? {
                return Err(AdminError::Refused(format!("Det finns inget förbund {id}.")));
            }
            format!("Förbundet {id} sparar anmälningar i {days} dagar efter sista kursdagen.")
        }
        Command::ListAccounts => {
            let lines = database.accounts().await?.into_iter().map(|account| {
                let of: Vec<_> = account.memberships.iter().map(|(at, role)| format!("{role} i {at}")).collect();
                format!("{}  {} ({})", account.email, account.name, of.join(", "))
            });
            listed(lines.collect(), "Det finns inga konton än.")
        }
        Command::AddAccount { email, name, association, role, courses } => {
            if courses && role == "reader" {
                return Err(AdminError::Refused("En läsare kan inte vara kursadministratör.".to_owned()));
            }
            let (password, hash) = made_up().await?;
            let name = name.unwrap_or_else(|| email.clone());
            match database.add_account(&email, &name, &hash, (&association, &role, courses)).await? {
                Some(Added::New) => format!("Kontot {email} finns: {role} i {association}.\nLösenord: {password}"),
                Some(Added::Known) => format!("Kontot {email} fanns redan, och är nu {role} i {association}."),
                None => {
                    let hint = format!("samplan association add {association} --name NAMN");
                    return Err(AdminError::Refused(format!(
                        "Det finns inget förbund {association}. Lägg till det: {hint}"
                    )));
                }
            }
        }
        Command::SetPassword { email } => {
            let (password, hash) = made_up().await?;
            if !database.set_password(&email, &hash).await? {
                return Err(no_account(&email));
            }
            format!("Kontot {email} är utloggat överallt.\nNytt lösenord: {password}")
        }
        Command::RemoveAccount { email } => {
            if !database.remove_account(&email).await? {
                return Err(no_account(&email));
            }
            format!("Kontot {email} är borttaget. Det som personen har skrivit finns kvar.")
        }
    })
}

fn listed(lines: Vec<String>, none: &str) -> String {
    if lines.is_empty() { none.to_owned() } else { lines.join("\n") }
}

/// A password of some 119 bits, and its hash.
async fn made_up() -> Result<(String, String), AdminError> {
    let password: String = rand::rng().sample_iter(Alphanumeric).take(20).map(char::from).collect();
    let hash = Passwords::new(1).hash(password.clone()).await?;
    Ok((password, hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Result<Option<(Command, PathBuf)>, AdminError> {
        let arguments: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        read(&arguments, |_| None)
    }

    #[test]
    fn flags_alone_start_the_relay() {
        assert!(asked("").expect("nothing is asked").is_none());
        assert!(asked("--demo --data x").expect("nothing is asked").is_none());
    }

    #[test]
    fn an_account_is_an_editors_unless_said_otherwise() {
        let (command, data) =
            asked("account add a@b.example --association norra --data d").expect("read").expect("one");
        let association = "norra".parse().expect("an id");
        let (email, role) = ("a@b.example".to_owned(), "editor".to_owned());
        assert_eq!(command, Command::AddAccount { email, name: None, association, role, courses: false });
        assert_eq!(data, PathBuf::from("d"));
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        for (line, part) in [
            ("account add a@b.example", "--association"),
            ("account add ab --association norra", "”ab”"),
            ("account add a@b.example --association Å", "”Å”"),
            ("account add a@b.example --association norra --role chef", "”chef”"),
            ("account add a@b.example --association", "--association saknar värde"),
            ("account add a@b.example --association norra --courses kanske", "”kanske”"),
            ("account list --role editor", "--role hör inte hit"),
            ("association add norra --name N --county v", "--county-name"),
            ("account", "Det kommandot finns inte"),
        ] {
            let error = asked(line).expect_err(line).to_string();
            assert!(error.contains(part), "{line}: {error}");
        }
    }
}
