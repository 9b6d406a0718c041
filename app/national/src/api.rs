//! What the forms of the national team post to.

use domain::feedback::WhyHeld;
use domain::time::Moment;
use kit::AppError;
use leptos::prelude::*;

/// Publishes a text that a learner wrote, or holds it back for a reason. `read` is the stamp of the text
/// that was read.
///
/// # Errors
/// [`AppError::NotFound`] for everybody but the national team; [`AppError::Refused`] when the text has
/// changed meanwhile.
#[server(prefix = "/do", endpoint = "national_moderate")]
pub async fn moderate(
    #[server(default)] feedback: String,
    #[server(default)] read: String,
    #[server(default)] decision: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let ctx = kit::request();
    services::policy::national(&ctx)?;
    let id = feedback.parse().map_err(|_| AppError::NotFound)?;
    let read = Moment(read.parse().map_err(|_| AppError::NotFound)?);
    let held = match decision.as_str() {
        "publish" => None,
        "hold" => match WhyHeld::parse(&reason) {
            Some(why) => Some(why),
            None => {
                kit::see_other(&format!("/national/feedback?problem={id}"));
                return Ok(());
            }
        },
        _ => return Err(AppError::NotFound),
    };
    services::feedback::moderate(&ctx, id, read, held).await?;
    let done = if held.is_some() { "held" } else { "published" };
    kit::see_other(&format!("/national/feedback?done={done}"));
    Ok(())
}
