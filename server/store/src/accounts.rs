//! People who can sign in: accounts, their places in organisations, and what learners answered once.

use chrono::NaiveDate;
use domain::Role;
use domain::form::Answers;
use domain::ids::{AccountId, OrganisationId};
use domain::time::Moment;
use uuid::Uuid;

use crate::dialect::known;
use crate::{Result, Tx};

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub id: AccountId,
    /// The address, as [`domain::form::tidy_email`] writes it.
    pub email: String,
    /// Their name as they like it; empty until the form asks.
    pub name: String,
    /// Since when.
    pub created_at: Moment,
    /// Argon2id, as a PHC string; staff only.
    pub password_hash: Option<String>,
    /// The second factor's secret, sealed; staff only.
    pub totp_secret: Option<String>,
    /// The last step of 30 seconds whose code was used: it is not taken again.
    pub totp_last_step: Option<i64>,
    /// Made up for the demonstration.
    pub demonstration: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    email: String,
    name: String,
    created_at: i64,
    password_hash: Option<String>,
    totp_secret: Option<String>,
    totp_last_step: Option<i64>,
    demonstration: bool,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        Self {
            id: AccountId(row.id),
            email: row.email,
            name: row.name,
            created_at: Moment(row.created_at),
            password_hash: row.password_hash,
            totp_secret: row.totp_secret,
            totp_last_step: row.totp_last_step,
            demonstration: row.demonstration,
        }
    }
}

/// Adds an account.
///
/// # Errors
/// [`crate::Error::is_duplicate`] when the address has one already.
pub async fn insert_account(tx: &mut Tx, account: &Account) -> Result<()> {
    exec!(
        tx,
        "insert into accounts (id, email, name, created_at, password_hash, totp_secret, totp_last_step, demonstration) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        account.id.0,
        &account.email,
        &account.name,
        account.created_at.0,
        &account.password_hash,
        &account.totp_secret,
        account.totp_last_step,
        account.demonstration,
    )?;
    Ok(())
}

/// The account with this identifier.
pub async fn find_account(tx: &mut Tx, id: AccountId) -> Result<Option<Account>> {
    let row = opt!(tx, Row, "select id, email, name, created_at, password_hash, totp_secret, totp_last_step, demonstration from accounts where id = $1", id.0)?;
    Ok(row.map(Into::into))
}

/// The account with this address.
pub async fn find_account_by_email(tx: &mut Tx, email: &str) -> Result<Option<Account>> {
    let row = opt!(tx, Row, "select id, email, name, created_at, password_hash, totp_secret, totp_last_step, demonstration from accounts where email = $1", email)?;
    Ok(row.map(Into::into))
}

/// The people of the demonstration, by name.
pub async fn list_demonstration_accounts(tx: &mut Tx) -> Result<Vec<Account>> {
    let rows = all!(tx, Row, "select id, email, name, created_at, password_hash, totp_secret, totp_last_step, demonstration from accounts where demonstration order by name, email")?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The people who have this role in an organisation, by name.
pub async fn list_members(tx: &mut Tx, organisation: OrganisationId, role: Role) -> Result<Vec<Account>> {
    let rows = all!(
        tx,
        Row,
        "select a.id, a.email, a.name, a.created_at, a.password_hash, a.totp_secret, a.totp_last_step, a.demonstration
         from accounts a join memberships m on m.account_id = a.id where m.organisation_id = $1 and m.role = $2 order by a.name, a.email",
        organisation.0,
        role.as_str(),
    )?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Changes a person's name.
pub async fn set_name(tx: &mut Tx, id: AccountId, name: &str) -> Result<()> {
    exec!(tx, "update accounts set name = $1 where id = $2", name, id.0)?;
    Ok(())
}

/// Gives an account a password and a second factor; `last_step` is the step that proved it.
pub async fn set_credentials(tx: &mut Tx, id: AccountId, password_hash: &str, totp_secret: &str, last_step: i64) -> Result<()> {
    exec!(
        tx,
        "update accounts set password_hash = $1, totp_secret = $2, totp_last_step = $3 where id = $4",
        password_hash,
        totp_secret,
        last_step,
        id.0,
    )?;
    Ok(())
}

/// Uses up a step of the second factor. False when it, or a later one, has been used before.
pub async fn use_totp_step(tx: &mut Tx, id: AccountId, step: i64) -> Result<bool> {
    let changed = exec!(
        tx,
        "update accounts set totp_last_step = $1 where id = $2 and (totp_last_step is null or totp_last_step < $3)",
        step,
        id.0,
        step,
    )?;
    Ok(changed == 1)
}

/// A person's place in an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub account: AccountId,
    /// Of which organisation; the national team has none.
    pub organisation: Option<OrganisationId>,
    /// That organisation's name; empty for none. Not read when a membership is added.
    pub organisation_name: String,
    /// As what.
    pub role: Role,
    /// May post opportunities.
    pub can_post: bool,
    /// May decide applications.
    pub can_decide: bool,
    /// May see access needs.
    pub can_see_sensitive: bool,
    /// May manage members.
    pub can_manage: bool,
}

#[derive(sqlx::FromRow)]
struct MembershipRow {
    account_id: Uuid,
    organisation_id: Option<Uuid>,
    organisation_name: String,
    role: String,
    can_post: bool,
    can_decide: bool,
    can_see_sensitive: bool,
    can_manage: bool,
}

/// Adds a membership, or replaces the person's earlier one in the same role.
pub async fn insert_membership(tx: &mut Tx, membership: &Membership) -> Result<()> {
    exec!(
        tx,
        "insert into memberships (account_id, organisation_id, role, can_post, can_decide, can_see_sensitive, can_manage) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (account_id, role) do update set organisation_id = excluded.organisation_id, can_post = excluded.can_post,
         can_decide = excluded.can_decide, can_see_sensitive = excluded.can_see_sensitive, can_manage = excluded.can_manage",
        membership.account.0,
        membership.organisation.map(|id| id.0),
        membership.role.as_str(),
        membership.can_post,
        membership.can_decide,
        membership.can_see_sensitive,
        membership.can_manage,
    )?;
    Ok(())
}

/// A person's memberships with the organisations' names, by role.
pub async fn list_memberships(tx: &mut Tx, account: AccountId) -> Result<Vec<Membership>> {
    let rows = all!(
        tx,
        MembershipRow,
        "select m.account_id, m.organisation_id, coalesce(o.name, '') as organisation_name, m.role, m.can_post, m.can_decide, m.can_see_sensitive, m.can_manage
         from memberships m left join organisations o on o.id = m.organisation_id where m.account_id = $1 order by m.role",
        account.0,
    )?;
    rows.into_iter()
        .map(|row| {
            Ok(Membership {
                account: AccountId(row.account_id),
                organisation: row.organisation_id.map(OrganisationId),
                organisation_name: row.organisation_name,
                role: known("role", &row.role, Role::parse)?,
                can_post: row.can_post,
                can_decide: row.can_decide,
                can_see_sensitive: row.can_see_sensitive,
                can_manage: row.can_manage,
            })
        })
        .collect()
}

/// What we know of a learner beside the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    /// Whose.
    pub account: AccountId,
    /// Their date of birth.
    pub date_of_birth: NaiveDate,
    /// Their answers from the last form, which the next one begins with.
    pub answers: Answers,
}

/// Adds a learner's record.
pub async fn insert_learner(tx: &mut Tx, learner: &Learner) -> Result<()> {
    exec!(
        tx,
        "insert into learners (account_id, date_of_birth, answers) values ($1, $2, $3)",
        learner.account.0,
        learner.date_of_birth,
        serde_json::to_string(&learner.answers)?,
    )?;
    Ok(())
}

/// The learner's record of this account, if it has one.
pub async fn find_learner(tx: &mut Tx, account: AccountId) -> Result<Option<Learner>> {
    let row = opt!(tx, (NaiveDate, String), "select date_of_birth, answers from learners where account_id = $1", account.0)?;
    row.map(|(date_of_birth, answers)| Ok(Learner { account, date_of_birth, answers: serde_json::from_str(&answers)? })).transpose()
}

/// Keeps a learner's answers for the next form.
pub async fn save_answers(tx: &mut Tx, account: AccountId, answers: &Answers) -> Result<()> {
    exec!(tx, "update learners set answers = $1 where account_id = $2", serde_json::to_string(answers)?, account.0)?;
    Ok(())
}

/// Corrects a learner's date of birth.
pub async fn set_date_of_birth(tx: &mut Tx, account: AccountId, date_of_birth: NaiveDate) -> Result<()> {
    exec!(tx, "update learners set date_of_birth = $1 where account_id = $2", date_of_birth, account.0)?;
    Ok(())
}
