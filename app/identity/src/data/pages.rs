//! The pages about one's own data.

use kit::AppError;
use kit::components::*;
use leptos::prelude::*;
use leptos_meta::Title;
use services::own_data::{self, Correction, ERASE_WORD, OwnApplication, OwnData, Said};

fn list(said: &[Said]) -> AnyView {
    if said.is_empty() {
        return view! { <p>"Nothing."</p> }.into_any();
    }
    let rows: Vec<SummaryRow> =
        said.iter().map(|line| SummaryRow::new(line.what.clone(), own_words(&line.said))).collect();
    view! { <SummaryList rows=rows /> }.into_any()
}

fn own_words(text: &str) -> AnyView {
    let text = text.to_owned();
    view! { <span class="wex-written">{text}</span> }.into_any()
}

/// Everything that we hold about the learner.
#[component]
pub fn DataPage() -> impl IntoView {
    let done = kit::query("done");
    kit::page(async move {
        let ctx = kit::request();
        let data = own_data::read(&ctx).await?;
        let choices = own_data::choices(&ctx).await?;
        let live = own_data::live_applications(&ctx).await?.iter().filter(|(_, sent)| *sent).count();
        Ok::<_, AppError>(view! {
            <Title text="Your data" />
            {data_view(&data, choices.wants_texts(true), choices.allows_research(), live, &done)}
        })
    })
}

pub(super) fn data_view(data: &OwnData, texts: bool, research: bool, live: usize, done: &str) -> AnyView {
    let banner = match done {
        "corrected" => Some("We have changed it. What you sent before stays as you sent it."),
        "chosen" => Some("We have kept your choices."),
        "withdrawn" if live == 0 => Some("You have no application under way any more. We have told the providers."),
        _ => None,
    };
    let schools = if data.schools.is_empty() {
        view! { <p>"No careers adviser can see where you stand."</p> }.into_any()
    } else {
        let names = data.schools.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
        view! {
            <p>"Careers advisers here can see where you stand. You can stop it on the page of an application."</p>
            <ul class="nhsuk-list nhsuk-list--bullet">{names}</ul>
        }
        .into_any()
    };
    let applications = if data.applications.is_empty() {
        view! { <p>"You have not begun an application."</p> }.into_any()
    } else {
        data.applications.iter().map(application_view).collect_view().into_any()
    };
    let messages = if data.messages.is_empty() {
        view! { <p>"We have sent you no messages."</p> }.into_any()
    } else {
        data.messages
            .iter()
            .map(|message| {
                let subject = if message.subject.is_empty() { "Text message" } else { message.subject.as_str() };
                let summary = format!("{subject}, {}", message.when);
                let text = own_words(&message.text);
                view! { <Details summary=summary><div class="wex-own-words">{text}</div></Details> }
            })
            .collect_view()
            .into_any()
    };
    let withdraw = (live > 0).then(|| {
        view! {
            <h2 class="nhsuk-heading-m">"Stop everything"</h2>
            <p>
                <a href="/account/withdraw-all">"Withdraw all your applications"</a>
            </p>
        }
    });
    let keyed = (!data.keyed.is_empty()).then(|| {
        let lines = list(&data.keyed);
        view! {
            <h2 class="nhsuk-heading-m">"Begun for you by somebody else, and not sent"</h2>
            {lines}
        }
    });
    let ticked = |on: bool| if on { vec!["yes".to_owned()] } else { vec![] };
    let account = {
        let rows: Vec<SummaryRow> = data
            .account
            .iter()
            .map(|line| {
                let row = SummaryRow::new(line.what.clone(), own_words(&line.said));
                if line.what == "Name" { row.change("/account/data/correct") } else { row }
            })
            .collect();
        view! { <SummaryList rows=rows /> }
    };
    view! {
        <BackLink href="/account" text="Your account" />
        {banner.map(|words| view! { <NotificationBanner success=true heading=words /> })}
        <h1 class="nhsuk-heading-l">"Your data"</h1>
        <p>"This is everything we hold about you."</p>
        <p>
            <a href="/do/identity_export" download="my-data.json">"Download it as a file (JSON)"</a>
        </p>
        <p>
            <a href="/privacy/retention">"How long we keep it"</a>
        </p>
        <h2 class="nhsuk-heading-m">"You"</h2>
        {account}
        <p>
            "You can "<a href="/account/data/correct">"correct your name and mobile number"</a>
            ". If your date of birth is wrong, "<a href="/contact">"ask us to change it"</a>": we check it, because age limits keep people safe."
        </p>
        <h2 class="nhsuk-heading-m">"What you choose"</h2>
        <form method="post" action="/do/identity_choose">
            <Checkboxes
                name="texts"
                items=vec![Choice::new("yes", "Send me text messages, if I give a mobile number")]
                values=ticked(texts)
            />
            <Checkboxes
                name="research"
                items=vec![
                    Choice::new("yes", "You may ask me later how I got on")
                        .hint("It helps to make work experience better. It changes nothing about your applications."),
                ]
                values=ticked(research)
            />
            <Button kind=ButtonKind::Secondary>"Save your choices"</Button>
        </form>
        <p>"We send no newsletters, and we give your address to nobody else."</p>
        <h2 class="nhsuk-heading-m">"Who at your school can see where you stand"</h2>
        {schools}
        <h2 class="nhsuk-heading-m">"Answers that your next form begins with"</h2>
        {list(&data.kept_answers)}
        <h2 class="nhsuk-heading-m">"Your applications"</h2>
        {applications}
        <h2 class="nhsuk-heading-m">"What you took at any time"</h2>
        {list(&data.taken)}
        <h2 class="nhsuk-heading-m">"What you have saved"</h2>
        {list(&data.saved)}
        {keyed}
        <h2 class="nhsuk-heading-m">"Messages to you"</h2>
        {messages}
        <h2 class="nhsuk-heading-m">"Where you are signed in"</h2>
        {list(&data.signed_in)}
        {withdraw}
        <h2 class="nhsuk-heading-m">"Erase everything"</h2>
        <p>
            <a href="/account/erase">"Erase your account and all your data"</a>
        </p>
    }
    .into_any()
}

fn application_view(application: &OwnApplication) -> AnyView {
    let mut rows = vec![
        Said { what: "Reference".into(), said: application.reference.clone() },
        Said { what: "Provider".into(), said: application.provider.clone() },
        Said { what: "Dates".into(), said: application.dates.clone() },
        Said { what: "Where it stands".into(), said: application.stands.clone() },
    ];
    rows.extend(application.answers.clone());
    rows.extend(application.consent.clone());
    rows.extend(application.checks.clone());
    let history = application
        .history
        .iter()
        .map(|line| view! { <li>{format!("{}: {}", line.what, line.said)}</li> })
        .collect_view();
    let happened = (!application.history.is_empty()).then(|| {
        view! {
            <h3 class="nhsuk-heading-s">"What happened"</h3>
            <ul class="nhsuk-list nhsuk-list--bullet">{history}</ul>
        }
    });
    let after = application
        .after
        .iter()
        .map(|part| {
            let (title, lines) = (part.title.clone(), list(&part.lines));
            view! {
                <h3 class="nhsuk-heading-s">{title}</h3>
                {lines}
            }
        })
        .collect_view();
    let summary = format!("{}, {}", application.opportunity, application.dates);
    let rows = list(&rows);
    view! { <Details summary=summary>{rows} {happened} {after}</Details> }.into_any()
}

/// Corrects name and telephone number.
#[component]
pub fn CorrectPage() -> impl IntoView {
    let problem = !kit::query("problem").is_empty();
    kit::page(async move {
        let correction = own_data::correction(&kit::request()).await?;
        Ok::<_, AppError>(correct_view(&correction, problem))
    })
}

pub(super) fn correct_view(correction: &Correction, problem: bool) -> AnyView {
    let problems = if problem { correction.problems.as_slice() } else { &[] };
    let errors: Vec<(String, String)> =
        problems.iter().map(|problem| (problem.field.clone(), problem.message.clone())).collect();
    let title = if errors.is_empty() { "Correct your details" } else { "Error: Correct your details" };
    view! {
        <Title text=title />
        <BackLink href="/account/data" text="Your data" />
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">"Correct your details"</h1>
        <p>"This counts from now on. Applications that you have sent stay as you sent them."</p>
        <form method="post" action="/do/identity_correct" novalidate>
            <Input
                name="name"
                label="Your name"
                autocomplete="name"
                spellcheck=false
                value=correction.name.clone()
                error=kit::field_error(problems, "name")
            />
            <Input
                name="phone"
                label="Mobile number (optional)"
                kind=InputKind::Tel
                autocomplete="tel"
                width=20
                value=correction.phone.clone()
                error=kit::field_error(problems, "phone")
            />
            <Button prevent_double_click=true>"Save"</Button>
        </form>
    }
    .into_any()
}

/// Asks once more before every application is taken back.
#[component]
pub fn WithdrawAllPage() -> impl IntoView {
    kit::page(async move {
        let live = own_data::live_applications(&kit::request()).await?;
        let live: Vec<_> = live.into_iter().filter(|(_, sent)| *sent).map(|(reference, _)| reference).collect();
        Ok::<_, AppError>(view! {
            <Title text="Withdraw all your applications" />
            <BackLink href="/account/data" text="Your data" />
            <h1 class="nhsuk-heading-l">"Withdraw all your applications"</h1>
            {withdraw_all_view(&live)}
        })
    })
}

fn withdraw_all_view(live: &[String]) -> AnyView {
    if live.is_empty() {
        return view! { <p>"You have no application under way."</p> }.into_any();
    }
    let references = live
        .iter()
        .map(|reference| {
            let href = format!("/applications/{reference}");
            let reference = reference.clone();
            view! { <li><a href=href>{reference}</a></li> }
        })
        .collect_view();
    view! {
        <p>"You take back each of these:"</p>
        <ul class="nhsuk-list nhsuk-list--bullet">{references}</ul>
        <p>"Places that are held for you go to other people. We tell the providers. You can apply again later, while it is open."</p>
        <form method="post" action="/do/identity_withdraw_all">
            <Button kind=ButtonKind::Warning prevent_double_click=true>"Withdraw all of them"</Button>
        </form>
        <p>
            <a href="/account/data">"Keep them"</a>
        </p>
    }
    .into_any()
}

/// Says what erasing means, and asks for the word.
#[component]
pub fn ErasePage() -> impl IntoView {
    let problem = !kit::query("problem").is_empty();
    kit::page(async move {
        let live = own_data::live_applications(&kit::request()).await?.iter().filter(|(_, sent)| *sent).count();
        Ok::<_, AppError>(erase_view(live, problem))
    })
}

pub(super) fn erase_view(live: usize, problem: bool) -> AnyView {
    let wrong = format!("Type the word {ERASE_WORD} to erase everything");
    let errors: Vec<(&str, String)> = if problem { vec![("word", wrong.clone())] } else { vec![] };
    let error = problem.then_some(wrong);
    let title = if problem { "Error: Erase your account" } else { "Erase your account" };
    let live = i64::try_from(live).unwrap_or(i64::MAX);
    let under_way = (live > 0).then(|| {
        let words = format!(
            "You have {} under way. We withdraw first, tell the providers, and any place goes to somebody else.",
            domain::words::count(live, "application", "applications")
        );
        view! { <WarningCallout level=2><p>{words}</p></WarningCallout> }
    });
    view! {
        <Title text=title />
        <BackLink href="/account/data" text="Your data" />
        <ErrorSummary errors=errors />
        <h1 class="nhsuk-heading-l">"Erase your account"</h1>
        <p>"This cannot be undone. You can "<a href="/account/data">"download your data"</a>" first."</p>
        {under_way}
        <h2 class="nhsuk-heading-m">"What goes"</h2>
        <ul class="nhsuk-list nhsuk-list--bullet">
            <li>"your name, email address, date of birth and mobile number"</li>
            <li>"everything you wrote in applications, sent or not"</li>
            <li>"your parent or carer’s name and email address"</li>
            <li>"what our messages to you said"</li>
            <li>"who could see where you stand"</li>
            <li>"your certificates: their public pages stop showing them"</li>
        </ul>
        <h2 class="nhsuk-heading-m">"What stays, and why"</h2>
        <ul class="nhsuk-list nhsuk-list--bullet">
            <li>"That somebody applied, the dates, and how it ended, without your name. Reports count places and answers with it."</li>
            <li>"A list of who changed what, with a number in place of your name. It protects people whose applications are decided."</li>
        </ul>
        <p>
            "A provider that you worked with may hold records of its own. Ask them about those. "
            <a href="/privacy/retention">"How long we keep everything else"</a> "."
        </p>
        <form method="post" action="/do/identity_erase" novalidate>
            <Input
                name="word"
                label=format!("Type the word {ERASE_WORD} to go on")
                width=10
                autocomplete="off"
                spellcheck=false
                error=error
            />
            <Button kind=ButtonKind::Warning prevent_double_click=true>"Erase my account"</Button>
        </form>
        <p>
            <a href="/account">"Keep my account"</a>
        </p>
    }
    .into_any()
}

/// Says that it is done.
#[component]
pub fn ErasedPage() -> impl IntoView {
    view! {
        <Title text="Your account is erased" />
        <h1 class="nhsuk-heading-l">"Your account is erased"</h1>
        <p>"We have removed everything about you. We send one last email to say so, and then forget your address."</p>
        <p>
            "You are welcome to begin again at any time. "<a href="/opportunities">"Find work experience"</a>"."
        </p>
    }
}
