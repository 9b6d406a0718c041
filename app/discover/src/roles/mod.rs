//! Roles in health and care: families, single roles, and those that hardly anybody knows. Plain pages.

mod one;
mod pages;

pub use one::RolePage;
pub use pages::{NewToMePage, RoleFamilyPage, RolesPage};
