//! Fields, with and without errors.

use kit::components::*;
use leptos::prelude::*;

pub fn fields() -> impl IntoView {
    let where_items = vec![
        Choice::new("in-person", "In person").hint("At a hospital, surgery or care home"),
        Choice::new("online", "Online").reveals(|| view! { <Input name="device" label="What will you use?"/> }),
        Choice::divider("or"),
        Choice::new("any", "I do not mind"),
    ];
    let days = vec![
        Choice::new("mon", "Monday"),
        Choice::new("tue", "Tuesday"),
        Choice::divider("or"),
        Choice::new("none", "None of these").exclusive(),
    ];
    let small = vec![("2", "Within 2 miles"), ("10", "Within 10 miles")];
    let sort = vec![("near", "Nearest first"), ("soon", "Closing soon")];
    view! {
        <h2>"Fields"</h2>
        <form method="get" novalidate>
            <Input name="email" label="Email address" kind=InputKind::Email autocomplete="email" hint="We write when something changes"/>
            <Input name="postcode" label="Postcode" width=10 autocomplete="postal-code"/>
            <Input name="miles" label="How far can you travel?" kind=InputKind::Numeric width=3 suffix="miles"/>
            <Input name="fare" label="Fare for one day" kind=InputKind::Numeric width=5 prefix="£"/>
            <DateInput name="dob" label="Your date of birth" label_size=Size::M hint="For example, 31 3 2010" birthday=true/>
            <Radios name="where" label="Where would you like to go?" label_size=Size::M items=where_items value="online"/>
            <Radios name="inline" label="Are you 16 or over?" label_size=Size::S inline=true items=vec![("yes", "Yes"), ("no", "No")]/>
            <Radios name="small" label="Distance" label_size=Size::S small=true items=small.clone() value="10"/>
            <Checkboxes name="days" label="Which days can you come?" label_size=Size::M items=days values=vec!["tue".to_owned()]/>
            <Checkboxes name="small-days" label="Distance" label_size=Size::S small=true items=small/>
            <Checkboxes name="declare" items=vec![("yes", "What I wrote is true")]/>
            <Select name="sort" label="Sort by" items=sort value="soon"/>
            <Textarea name="notes" label="Anything we should know?" hint="Access needs, religious dress, food"/>
            <CharacterCount name="why" label="Why would you like to come?" hint="An honest sentence is enough" limit=Limit::Words(200)/>
            <FileUpload name="file" label="Spreadsheet of opportunities" accept=".csv,.xlsx"/>
            <ButtonGroup>
                <Button>"Save and continue"</Button>
                <Button kind=ButtonKind::Secondary>"Save and come back later"</Button>
                <Button kind=ButtonKind::Warning>"Withdraw this application"</Button>
                <Button small=true kind=ButtonKind::Secondary>"Small"</Button>
                <a href="#">"Cancel"</a>
            </ButtonGroup>
        </form>
    }
}

pub fn with_errors() -> impl IntoView {
    let errors = vec![
        ErrorLink::new("e-postcode", "Enter your postcode, like LS1 4AP"),
        ErrorLink::new("e-dob-year", "Your date of birth must include a year"),
        ErrorLink::new("e-where", "Choose where you would like to go"),
        ErrorLink::general("This opportunity closed on Friday 12 March 2027"),
    ];
    let yes_no = || vec![("yes", "Yes"), ("no", "No")];
    view! {
        <h2>"Fields with errors"</h2>
        <ErrorSummary errors=errors/>
        <form method="get" novalidate>
            <Input name="e-postcode" label="Postcode" width=10 value="LS" error="Enter your postcode, like LS1 4AP"/>
            <DateInput
                name="e_dob"
                id="e-dob"
                label="Your date of birth"
                day="31"
                month="3"
                error="Your date of birth must include a year"
                error_parts=DateParts { day: false, month: false, year: true }
            />
            <Radios name="e-where" label="Can you come in person?" items=yes_no() error="Choose where you would like to go"/>
            <Checkboxes name="e-days" label="Which days?" items=yes_no() hint="Choose all that fit" error="Choose a day"/>
            <Select name="e-sort" label="Region" items=yes_no() error="Choose a region"/>
            <Textarea name="e-notes" label="Notes" value="Text <b>as typed</b>" error="Shorten your notes to 200 words"/>
            <CharacterCount name="e-why" label="Why?" limit=Limit::Words(20) error="Shorten your answer to 20 words"/>
            <FileUpload name="e-file" label="Spreadsheet" error="Choose a file"/>
        </form>
    }
}
