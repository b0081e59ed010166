//! Accounts, associations and who belongs to which, as the operator sets them up.

use app::domain::ids::{AssociationId, UserId};

use super::{Database, user_id};
use crate::clock;

/// What somebody may be in an association. A decider is an editor who may also fix versions as decided.
pub const ROLES: [&str; 3] = ["editor", "reader", "decider"];

/// An account in the operator's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// E-mail address.
    pub email: String,
    /// Full name.
    pub name: String,
    /// Association and role, one for each membership.
    pub memberships: Vec<(String, String)>,
}

/// What became of an account that was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is new, with the password that was given.
    New,
    /// It was there, and keeps its name and password.
    Known,
}

impl Database {
    /// Gives an account a role in an association, and makes the account if there is none of this address. A role that
    /// it had there before is replaced. The membership is association, role and whether it may run courses. None where
    /// there is no such association.
    pub async fn add_account(
        &self,
        email: &str,
        name: &str,
        password_hash: &str,
        membership: (&AssociationId, &str, bool),
    ) -> Result<Option<Added>, sqlx::Error> {
        let (association, role, may_run_courses) = membership;
        let mut transaction = self.pool().begin_with("BEGIN IMMEDIATE").await?;
        let there: Option<(String,)> = sqlx::query_as("SELECT id FROM associations WHERE id = ?")
            .bind(association.as_str())
            .fetch_optional(&mut *transaction)
            .await?;
        if there.is_none() {
            return Ok(None);
        }
        let known: Option<(Vec<u8>,)> = sqlx::query_as("SELECT id FROM users WHERE email = ?")
            .bind(email)
            .fetch_optional(&mut *transaction)
            .await?;
        let (user, added) = match known {
            Some((id,)) => (user_id(&id)?, Added::Known),
            None => {
                let user = UserId::from_random(rand::random());
                let epoch: [u8; 16] = rand::random();
                sqlx::query(
                    "INSERT INTO users (id, email, name, password_hash, session_epoch, created_at)
                     VALUES (?, ?, ?, ?, ?, ?)",
                )
                .bind(user.as_bytes().as_slice())
                .bind(email)
                .bind(name)
                .bind(password_hash)
                .bind(epoch.as_slice())
                .bind(clock::now_ms())
                .execute(&mut *transaction)
                .await?;
                (user, Added::New)
            }
        };
        sqlx::query(
            "DELETE FROM memberships WHERE user_id = ? AND association_id = ? AND role IN ('editor', 'reader')",
        )
        .bind(user.as_bytes().as_slice())
        .bind(association.as_str())
        .execute(&mut *transaction)
        .await?;
        let (role, may_decide) = if role == "decider" { ("editor", true) } else { (role, false) };
        sqlx::query(
            "INSERT INTO memberships (user_id, association_id, role, may_decide, may_run_courses) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(user.as_bytes().as_slice())
        .bind(association.as_str())
        .bind(role)
        .bind(may_decide)
        .bind(may_run_courses)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Some(added))
    }

    /// Gives an account another password and ends its sessions; false where there is no such account.
    pub async fn set_password(&self, email: &str, password_hash: &str) -> Result<bool, sqlx::Error> {
        let epoch: [u8; 16] = rand::random();
        let changed = sqlx::query("UPDATE users SET password_hash = ?, session_epoch = ? WHERE email = ?")
            .bind(password_hash)
            .bind(epoch.as_slice())
            .bind(email)
            .execute(self.pool())
            .await?;
        Ok(changed.rows_affected() > 0)
    }

    /// Removes an account with its sessions and memberships; false where there is none. What the person wrote stays.
    pub async fn remove_account(&self, email: &str) -> Result<bool, sqlx::Error> {
        let removed = sqlx::query("DELETE FROM users WHERE email = ?").bind(email).execute(self.pool()).await?;
        Ok(removed.rows_affected() > 0)
    }

    /// Every account, by address.
    pub async fn accounts(&self) -> Result<Vec<Listed>, sqlx::Error> {
        let rows: Vec<(String, String, Option<String>, Option<String>)> = sqlx::query_as(
            "SELECT u.email, u.name, m.association_id,
                    CASE m.may_decide WHEN 1 THEN 'decider' ELSE m.role END
                    || CASE m.may_run_courses WHEN 1 THEN ' och kursadministratör' ELSE '' END
             FROM users u LEFT JOIN memberships m ON m.user_id = u.id
             ORDER BY u.email, m.association_id, m.role",
        )
        .fetch_all(self.pool())
        .await?;
        let mut all: Vec<Listed> = Vec::new();
        for (email, name, association, role) in rows {
            if all.last().is_none_or(|last| last.email != email) {
                all.push(Listed { email, name, memberships: Vec::new() });
            }
            if let Some(last) = all.last_mut() {
                last.memberships.extend(association.zip(role));
            }
        }
        Ok(all)
    }

    /// Adds an association, or gives one that is there this name and county.
    pub async fn add_association(
        &self,
        id: &AssociationId,
        name: &str,
        county: Option<(&str, &str)>,
    ) -> Result<(), sqlx::Error> {
        let mut transaction = self.pool().begin_with("BEGIN IMMEDIATE").await?;
        if let Some((id, name)) = county {
            sqlx::query(
                "INSERT INTO counties (id, name) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            )
            .bind(id)
            .bind(name)
            .execute(&mut *transaction)
            .await?;
        }
        sqlx::query(
            "INSERT INTO associations (id, name, county_id) VALUES (?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, county_id = excluded.county_id",
        )
        .bind(id.as_str())
        .bind(name)
        .bind(county.map(|(id, _)| id))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await
    }

    /// Every association: its id, its name, and the name of its county.
    pub async fn associations(&self) -> Result<Vec<(String, String, Option<String>)>, sqlx::Error> {
        sqlx::query_as(
            "SELECT a.id, a.name, c.name FROM associations a LEFT JOIN counties c ON c.id = a.county_id ORDER BY a.id",
        )
        .fetch_all(self.pool())
        .await
    }
}
