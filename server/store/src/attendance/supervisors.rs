//! Who supervises which department.

use domain::ids::{AccountId, DepartmentId, OrganisationId};
use domain::time::Moment;
use uuid::Uuid;

use crate::{Result, Tx};

/// A supervisor of a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervisor {
    /// Who.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Which department.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: String,
    /// Whether they have accepted their invitation.
    pub signed_up: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    account_id: Uuid,
    name: String,
    email: String,
    department_id: Uuid,
    department_name: String,
    password_hash: Option<String>,
}

impl From<Row> for Supervisor {
    fn from(row: Row) -> Self {
        Self {
            account: AccountId(row.account_id),
            name: row.name,
            email: row.email,
            department: DepartmentId(row.department_id),
            department_name: row.department_name,
            signed_up: row.password_hash.is_some(),
        }
    }
}

// Somebody whose membership has moved to another organisation supervises nothing here any more.
const SELECT: &str =
    "select a.id as account_id, a.name, a.email, d.id as department_id, d.name as department_name, a.password_hash
    from supervisor_departments v join accounts a on a.id = v.account_id join departments d on d.id = v.department_id
    join memberships m on m.account_id = a.id and m.role = 'supervisor' and m.organisation_id = d.organisation_id";

/// Somebody supervises a department from now on. A second time changes nothing.
pub async fn add_department(tx: &mut Tx, account: AccountId, department: DepartmentId, at: Moment) -> Result<()> {
    exec!(
        tx,
        "insert into supervisor_departments (account_id, department_id, since) values ($1, $2, $3) on conflict (account_id, department_id) do nothing",
        account.0,
        department.0,
        at.0
    )?;
    Ok(())
}

/// Somebody no longer supervises a department. False when they did not.
pub async fn remove_department(tx: &mut Tx, account: AccountId, department: DepartmentId) -> Result<bool> {
    Ok(exec!(
        tx,
        "delete from supervisor_departments where account_id = $1 and department_id = $2",
        account.0,
        department.0
    )? == 1)
}

/// A department's supervisors, by name.
pub async fn list_of_department(tx: &mut Tx, department: DepartmentId) -> Result<Vec<Supervisor>> {
    let sql = format!("{SELECT} where d.id = $1 order by a.name, a.email");
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), department.0)?.into_iter().map(Into::into).collect())
}

/// An organisation's supervisors, by department and name.
pub async fn list_of_organisation(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<Supervisor>> {
    let sql = format!("{SELECT} where d.organisation_id = $1 order by d.name, a.name, a.email");
    Ok(all!(tx, Row, sqlx::AssertSqlSafe(sql.clone()), organisation.0)?.into_iter().map(Into::into).collect())
}

/// An organisation's departments, by name.
pub async fn list_departments(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(DepartmentId, String)>> {
    let rows = all!(
        tx,
        (Uuid, String),
        "select id, name from departments where organisation_id = $1 order by name",
        organisation.0
    )?;
    Ok(rows.into_iter().map(|(id, name)| (DepartmentId(id), name)).collect())
}
