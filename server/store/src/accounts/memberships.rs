//! Who belongs to which organisation, as what, with which rights.

use domain::Role;
use domain::ids::{AccountId, OrganisationId};
use uuid::Uuid;

use super::{Account, Row};
use crate::dialect::known;
use crate::{Result, Tx};

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

/// An organisation's coordinators, by name.
pub async fn list_coordinators(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Account>> {
    let rows = all!(
        tx,
        Row,
        "select a.id, a.email, a.name, a.created_at, a.password_hash, a.totp_secret, a.totp_last_step, a.demonstration
         from accounts a join memberships m on m.account_id = a.id where m.organisation_id = $1 and m.role = $2 order by a.name, a.email",
        organisation.0,
        Role::Coordinator.as_str(),
    )?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// The coordinators who may decide applications to an organisation, by name.
pub async fn list_deciders(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Account>> {
    let rows = all!(
        tx,
        Row,
        "select a.id, a.email, a.name, a.created_at, a.password_hash, a.totp_secret, a.totp_last_step, a.demonstration
         from accounts a join memberships m on m.account_id = a.id where m.organisation_id = $1 and m.role = $2 and m.can_decide order by a.name, a.email",
        organisation.0,
        Role::Coordinator.as_str(),
    )?;
    Ok(rows.into_iter().map(Into::into).collect())
}
