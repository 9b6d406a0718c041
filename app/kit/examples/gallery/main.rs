//! Writes one HTML page with every component in its states, to look at and to check with axe:
//!
//! ```sh
//! npx sass --load-path=node_modules style/main.scss > gallery.css
//! cargo run -p kit --example gallery > gallery.html
//! ```

mod content;
mod forms;

use kit::components::*;
use leptos::prelude::*;

fn main() {
    let body = Owner::new().with(|| page().into_view().to_html());
    println!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Components</title>\n<link rel=\"stylesheet\" href=\"gallery.css\">\n</head>\n\
         <body>{body}</body>\n</html>"
    );
}

fn page() -> impl IntoView {
    let navigation = vec![
        NavItem::new("Find work experience", "#find", true),
        NavItem::new("My applications", "#mine", false),
        NavItem::new("My record", "#record", false),
        NavItem::new("Help", "#help", false),
    ];
    let account = vec![
        AccountItem::Person(Link::new("Amina Hussain", "#account")),
        AccountItem::Button { text: "Sign out".to_owned(), action: "#".to_owned(), fields: Vec::new() },
    ];
    let breadcrumb = vec![Link::new("Home", "#"), Link::new("Opportunities", "#")];
    let groups = vec![
        FooterGroup::new("For learners", vec![Link::new("Find work experience", "#"), Link::new("Help", "#")]),
        FooterGroup::new("For providers", vec![Link::new("Post an opportunity", "#"), Link::new("Standards", "#")]),
    ];
    let links = vec![Link::new("Accessibility statement", "#"), Link::new("Cookies", "#"), Link::new("Privacy", "#")];
    view! {
        <SkipLink/>
        <DemonstrationBanner>"All people and places are invented."</DemonstrationBanner>
        <Header navigation=navigation account=account/>
        <div class="nhsuk-width-container">
            <Breadcrumb items=breadcrumb/>
            <div>
                <BackLink href="#" text="Back to results"/>
            </div>
            <main class="nhsuk-main-wrapper" id="maincontent" tabindex="-1">
                <h1>"Components"</h1>
                {content::messages()}
                {content::lists()}
                {forms::fields()}
                {forms::with_errors()}
                {content::search()}
                {content::desk()}
                <StickyAction>
                    <Button href="#">"Apply for a place"</Button>
                </StickyAction>
            </main>
        </div>
        <Footer groups=groups links=links>
            <p class="nhsuk-body-s">"A demonstration. Not an NHS service."</p>
        </Footer>
    }
}
