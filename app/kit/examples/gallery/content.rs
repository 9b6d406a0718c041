//! Text, lists, tables, cards, search results, the coordinator's desk.

use kit::components::*;
use leptos::prelude::*;

pub fn messages() -> impl IntoView {
    view! {
        <NotificationBanner heading="You have 9 days to answer an offer." title_id="b1"/>
        <NotificationBanner success=true heading="We saved your answers" title_id="b2">
            <p>"You can come back to them until Friday 12 March 2027."</p>
        </NotificationBanner>
        <Panel heading="Application sent" level=2>
            "Your reference is "
            <strong>"WX-4K7P"</strong>
        </Panel>
        <InsetText>
            <p>"You will hear by Monday 13 April 2026."</p>
        </InsetText>
        <WarningCallout heading="Bring photo ID">
            <p>"You cannot start without it."</p>
        </WarningCallout>
        <Details summary="What to wear">
            <p>"Plain, comfortable clothes and flat shoes."</p>
        </Details>
        <Expander summary="How to get there">
            <p>"Bus 16 stops outside."</p>
        </Expander>
        <ActionLink href="#">"Browse by role"</ActionLink>
        <p>
            <Tag colour=TagColour::Green>"Open"</Tag>
            " "
            <Tag colour=TagColour::Yellow>"Closes soon"</Tag>
            " "
            <Tag colour=TagColour::Grey>"Closed"</Tag>
            " "
            <Tag colour=TagColour::AquaGreen no_border=true>"Online"</Tag>
        </p>
    }
}

pub fn lists() -> impl IntoView {
    let rows = vec![
        SummaryRow::new("Name", "Amina Hussain").change("#"),
        SummaryRow::new("Date of birth", "31 March 2010").change("#"),
        SummaryRow::new("School", view! { "Roundhay School" <br/> "Leeds" }).action("Add", "#", "school").change("#"),
        SummaryRow::new("Reference", "WX-4K7P"),
    ];
    let tasks = vec![
        Task::new("What it is", TaskStatus::Completed).href("#"),
        Task::new("Dates and places", TaskStatus::Incomplete).href("#").hint("Sessions, times, how many can come"),
        Task::new("Who can apply", TaskStatus::Other("Needs your answer".to_owned(), TagColour::Red)).href("#"),
        Task::new("Publish", TaskStatus::CannotStartYet),
    ];
    let steps = vec![
        Step::new("Application sent", StepState::Done).when("Monday 2 March 2026"),
        Step::new("The provider reads it", StepState::Current)
            .when("by Monday 13 April 2026")
            .note("You will get an email. You do not need to do anything."),
        Step::new("Parent or carer agrees", StepState::Ahead),
        Step::new("Your days", StepState::Ahead).when("6 to 10 July 2026"),
    ];
    let ended = vec![
        Step::new("Application sent", StepState::Done).when("Monday 2 March 2026"),
        Step::new("You did not get a place this time", StepState::Ended).when("Friday 10 April 2026"),
    ];
    view! {
        <h2>"Lists"</h2>
        <SummaryList rows=rows/>
        <TaskList tasks=tasks/>
        <h3>"Where it stands"</h3>
        <Tracker steps=steps/>
        <Tracker steps=ended/>
        <div class="nhsuk-grid-row">
            <div class="nhsuk-grid-column-one-half">
                <Card heading="A clickable card" level=3 size=Size::M href="#" clickable=true description="All of it is the link."/>
            </div>
            <div class="nhsuk-grid-column-one-half">
                <Card kind=CardKind::Primary heading="Nursing" level=3 size=Size::M href="#" description="34 opportunities"/>
            </div>
        </div>
        <Card kind=CardKind::Feature heading="Can I apply?" level=3>
            <p>"Not yet. You must be 16 on the first day, Monday 6 July 2026."</p>
        </Card>
    }
}

pub fn search() -> impl IntoView {
    let chosen = vec![Link::new("Online", "#1"), Link::new("Within 10 miles of LS1 4AP", "#2")];
    let result = |title: &'static str, tag: &'static str| {
        view! {
            <li class="wex-results__item">
                <h3 class="wex-results__title">
                    <a href="#">{title}</a>
                </h3>
                <p class="wex-results__provider">"Leeds Example Hospitals, Leeds"</p>
                <ul class="wex-results__facts">
                    <li>
                        <Tag colour=TagColour::Blue>{tag}</Tag>
                    </li>
                    <li>"about 3 miles away"</li>
                    <li>"6 to 10 July 2026"</li>
                    <li>"ages 15 to 18"</li>
                    <li>"closes in 5 days, Friday 12 March"</li>
                </ul>
            </li>
        }
    };
    view! {
        <h2>"Search"</h2>
        <div class="wex-with-filter">
            <FilterPanel summary="Filter (2 on)">
                <form method="get">
                    <Checkboxes
                        name="kind"
                        label="Kind"
                        small=true
                        label_size=Size::S
                        items=vec![("placement", "Placement (12)"), ("online", "Online (22)")]
                    />
                    <Button kind=ButtonKind::Secondary>"Show 34 results"</Button>
                </form>
            </FilterPanel>
            <div>
                <ChosenFilters filters=chosen clear="#"/>
                <p class="wex-results__count">"34 opportunities"</p>
                <ol class="wex-results">
                    {result("A week with nurses on a children's ward", "Placement")}
                    {result("Meet a paramedic", "Online talk")}
                </ol>
                <Pagination current=10 total=40 href=|page| format!("#page-{page}")/>
                <PreviousNext
                    previous=Some(Link::new("WX-4K7P", "#p"))
                    next=Some(Link::new("WX-9A2C", "#n"))
                    label="Applications before and after"
                />
            </div>
        </div>
    }
}

pub fn desk() -> impl IntoView {
    let columns = vec![
        Column::new("Reference"),
        Column::new("For"),
        Column::new("State"),
        Column::numeric("Days waiting"),
        Column::hidden("Action"),
    ];
    let rows = [("WX-4K7P", "Nursing week", "Sent", 3), ("WX-9A2C", "Radiography day", "Sent", 12)]
        .into_iter()
        .map(|(reference, opportunity, state, days)| {
            vec![
                Cell::new(view! { <a href="#">{reference}</a> }),
                opportunity.into(),
                view! { <Tag no_border=true>{state}</Tag> }.into(),
                days.into(),
                view! {
                    <Button small=true kind=ButtonKind::Secondary>
                        "Open"
                        <span class="nhsuk-u-visually-hidden">{format!(" {reference}")}</span>
                    </Button>
                }
                .into(),
            ]
        })
        .collect();
    let count = |number: u32, label: &'static str| {
        view! {
            <li class="wex-counts__item">
                <a class="wex-counts__link" href="#">
                    <span class="wex-counts__number">{number}</span>
                    <span class="wex-counts__label">{label}</span>
                </a>
            </li>
        }
    };
    view! {
        <h2>"The desk"</h2>
        <ul class="wex-counts">
            {count(5, "decisions due")} {count(2, "answers overdue")} {count(1, "clearance at risk")}
        </ul>
        <Table caption="Applications" columns=columns rows=rows sticky_header=true compact=true/>
        <ActionBar label="Selected applications">
            <span>"2 selected"</span>
            <Button small=true>"Offer a place to 2 people"</Button>
            <Button small=true kind=ButtonKind::Secondary>"Say no"</Button>
        </ActionBar>
    }
}
