use kit::AppError;
use kit::components::{Button, Input};
use leptos::prelude::*;
use leptos_meta::Title;

use super::request;

/// The service's clock, to read and to move.
#[component]
pub fn ClockPage() -> impl IntoView {
    let problem = kit::query("problem");
    kit::page(async move {
        let ctx = request()?;
        let now = services::time::in_words(ctx.services.now());
        let shown = services::demonstration::shown(&ctx.services);
        let error = (!problem.is_empty()).then_some("Write a date and time within ten years, like 2027-03-26T16:55");
        let steps = [("1h", "An hour on"), ("1d", "A day on"), ("7d", "A week on"), ("30d", "30 days on")]
            .map(|(step, words)| {
                view! {
                    <form method="post" action="/demo/clock" class="nhsuk-u-margin-right-2">
                        <input type="hidden" name="advance" value=step />
                        <button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" data-module="nhsuk-button">{words}</button>
                    </form>
                }
            });
        Ok::<_, AppError>(view! {
            <Title text="Clock" />
            <h1 class="nhsuk-heading-l">"Clock"</h1>
            <p>"In London it is " <strong>{now}</strong> "."</p>
            <p>"When you move the clock on, everything that becomes due is done: deadlines, reminders, messages."</p>
            <div class="nhsuk-button-group">{steps}</div>
            <form method="post" action="/demo/clock">
                <Input name="now" label="Date and time in London" hint="For example, 2027-03-26T16:55" value=shown error=error width=20 />
                <Button>"Set the clock"</Button>
            </form>
        })
    })
}
