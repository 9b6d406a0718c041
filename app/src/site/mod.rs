//! The footer's pages. What they say is true of this version: when the service changes, they change in
//! the same commit.

mod accessibility;
mod contact;
mod cookies;
mod not_found;
mod offline;
mod open_data;
mod privacy;
mod retention;
mod widget;

pub use accessibility::AccessibilityPage;
pub use contact::ContactPage;
pub use cookies::CookiesPage;
pub use not_found::NotFoundPage;
pub use offline::OfflinePage;
pub use open_data::OpenDataPage;
pub use privacy::PrivacyPage;
pub use retention::RetentionPage;
pub use widget::WidgetPage;
