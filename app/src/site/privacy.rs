use leptos::prelude::*;
use leptos_meta::Title;

/// What is kept about people, why, and how long.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    view! {
        <Title text="Privacy" />
        <div class="nhsuk-grid-row">
            <div class="nhsuk-grid-column-two-thirds">
                <h1 class="nhsuk-heading-l">"Privacy"</h1>
                <p>"This page says what we keep about you, why, who sees it and for how long."</p>
                <h2 class="nhsuk-heading-m">"If you only look around"</h2>
                <p>
                    "Searching and reading needs no account, and we keep nothing about you. "
                    "Your computer’s address is used for about a minute to stop anybody overloading the search. It is not written down with what you searched for."
                </p>
                <h2 class="nhsuk-heading-m">"If you apply"</h2>
                <p>"We keep:"</p>
                <ul>
                    <li>"your email address, to sign you in and write to you"</li>
                    <li>"your date of birth, because sessions have age limits and parents or carers must agree for people under 18"</li>
                    <li>"your name, how to reach you, and your school or college if you have one"</li>
                    <li>"what you told the provider: why you are interested, and what you need to take part"</li>
                    <li>"a parent or carer’s name and email address, and their answer, if you are under 18"</li>
                    <li>"what happened to each application and when"</li>
                    <li>"which priority you meet, such as free school meals, if your careers adviser told us. It can give you a reserved place and a better place on waiting lists"</li>
                    <li>"that a provider cancelled a place of yours, so that you come first on waiting lists until you accept another"</li>
                    <li>"the messages we sent you"</li>
                    <li>"opportunities and searches that you save, until you remove them or your account goes"</li>
                    <li>"documents for a check, such as proof of who you are, where a provider asks for one"</li>
                </ul>
                <p>"We never ask for a photo, grades or a CV. Nobody under 13 can have an account: if somebody tells us such a date of birth, we keep nothing of what they wrote."</p>
                <h3 class="nhsuk-heading-s">"Who sees it"</h3>
                <ul>
                    <li>"The provider you apply to sees that application. Only staff whose work needs it see what you need to take part."</li>
                    <li>"Providers see that you meet a priority, never which. You and your careers adviser see which."</li>
                    <li>"A document for a check is opened by few people at the provider, and we write down who opened it. What a photo says about where it was taken is left out."</li>
                    <li>"Your parent or carer sees what they are asked to agree to."</li>
                    <li>"A careers adviser at your school or college sees where you stand, only if you agreed to it. They do not see your answers."</li>
                </ul>
                <p>"We do not sell or share it for advertising. No part of this site comes from another company’s computers."</p>
                <h2 class="nhsuk-heading-m">"If you work for a provider or a school"</h2>
                <p>
                    "We keep your name, your work email address, a scrambled form of your password, and a record of the decisions and imports you made. "
                    "That record protects the people whose applications you decide."
                </p>
                <h2 class="nhsuk-heading-m">"How long we keep it"</h2>
                <p>
                    "Each kind of record has a time after which it is removed by itself: "
                    <a href="/privacy/retention">"how long we keep what we know about you"</a> "."
                </p>
                <h2 class="nhsuk-heading-m">"Your rights"</h2>
                <p>
                    "On "<a href="/account/data">"your data"</a>
                    " you can see what we keep about you, put mistakes right, download it, or erase it. You can also object to how it is used. "
                    "You can end a careers adviser’s view at any time. "<a href="/contact">"Contact us"</a>" to ask."
                </p>
                <p>
                    "You can complain to the "
                    <a href="https://ico.org.uk/make-a-complaint/" rel="noreferrer">
                        "Information Commissioner’s Office"
                    </a> ", which watches over data protection in the United Kingdom."
                </p>
            </div>
        </div>
    }
}
