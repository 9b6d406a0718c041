//! The demonstration's own pages: be somebody, read what was sent, move the clock. Outside
//! demonstration mode none of them is there.

mod clock;
mod outbox;
mod people;

use kit::AppError;
use services::Ctx;

pub use clock::ClockPage;
pub use outbox::OutboxPage;
pub use people::PeoplePage;

/// The request, in a demonstration only.
fn request() -> Result<Ctx, AppError> {
    let ctx = kit::request();
    if ctx.services.settings.demonstration { Ok(ctx) } else { Err(AppError::NotFound) }
}
