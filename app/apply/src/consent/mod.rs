//! A parent or carer's private page. It exists on the server only and needs no scripts.

mod pages;
#[cfg(test)]
mod tests;

pub use pages::ConsentPage;
