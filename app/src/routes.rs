//! Every page's path, in one list. Each is rendered whole before it is sent (`SsrMode::Async`), so that
//! it is complete with scripts off.

use kit::AppError;
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::{demo, site};
use advise::pages as advise;
use apply::pages as apply;
use identity::pages as identity;
use national::pages as national;
use provide::pages as provide;

/// The page that was asked for, or the page for what went wrong: the server puts an [`AppError`] into
/// the context when there is nothing else to show.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let failed = use_context::<AppError>();
    view! {
        <Title text="Find work experience in health and care" formatter=|title| format!("{title} – wex") />
        {match failed {
            Some(error) => kit::error_page(&error).into_any(),
            None => view! { <Pages /> }.into_any(),
        }}
    }
}

#[component]
fn Pages() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=site::NotFoundPage>
                <Route path=path!("/") view=discover::HomePage ssr=SsrMode::Async />
                <Route path=path!("/opportunities") view=discover::SearchPage ssr=SsrMode::Async />
                <Route path=path!("/opportunities/:slug") view=discover::OpportunityPage ssr=SsrMode::Async />

                <Route path=path!("/opportunities/:slug/form") view=apply::PaperPage ssr=SsrMode::Async />

                <Route path=path!("/sign-in") view=identity::SignInPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in/code") view=identity::CodePage ssr=SsrMode::Async />
                <Route path=path!("/sign-in/date-of-birth") view=identity::DateOfBirthPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in/too-young") view=identity::TooYoungPage ssr=SsrMode::Async />
                <Route path=path!("/staff/sign-in") view=identity::StaffSignInPage ssr=SsrMode::Async />
                <Route path=path!("/staff/code") view=identity::StaffCodePage ssr=SsrMode::Async />
                <Route path=path!("/staff/invitation/:token") view=identity::InvitationPage ssr=SsrMode::Async />
                <Route path=path!("/account") view=identity::AccountPage ssr=SsrMode::Async />
                <Route path=path!("/account/data") view=identity::DataPage ssr=SsrMode::Async />
                <Route path=path!("/account/data/correct") view=identity::CorrectPage ssr=SsrMode::Async />
                <Route path=path!("/account/withdraw-all") view=identity::WithdrawAllPage ssr=SsrMode::Async />
                <Route path=path!("/account/erase") view=identity::ErasePage ssr=SsrMode::Async />
                <Route path=path!("/account/erased") view=identity::ErasedPage ssr=SsrMode::Async />

                <Route path=path!("/apply/:reference") view=apply::ApplyPage ssr=SsrMode::Async />
                <Route path=path!("/apply/:reference/check") view=apply::CheckPage ssr=SsrMode::Async />
                <Route path=path!("/apply/:reference/:step") view=apply::ApplyPage ssr=SsrMode::Async />
                <Route path=path!("/applications") view=apply::ApplicationsPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference") view=apply::ApplicationPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference/checks/:kind") view=apply::CheckDetailPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference/sent") view=apply::SentPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference/dates") view=apply::NewDatesPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference/joining") view=apply::JoiningPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference/withdraw") view=apply::WithdrawPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference/parent-or-carer") view=apply::CorrectGuardianPage ssr=SsrMode::Async />
                <Route path=path!("/consent/:token") view=apply::ConsentPage ssr=SsrMode::Async />
                <Route path=path!("/consent/:token/question") view=apply::QuestionPage ssr=SsrMode::Async />
                <Route path=path!("/consent/page/:token") view=apply::PrivatePage ssr=SsrMode::Async />
                <Route path=path!("/consent/page/:token/withdraw") view=apply::WithdrawConsentPage ssr=SsrMode::Async />

                <Route path=path!("/provider/act") view=apply::ActPage ssr=SsrMode::Async />
                <Route path=path!("/provider/act/:session") view=apply::ActFormPage ssr=SsrMode::Async />
                <Route path=path!("/adviser/learners/:account/apply") view=apply::AdviserActPage ssr=SsrMode::Async />
                <Route path=path!("/adviser/learners/:account/apply/:session") view=apply::AdviserActFormPage ssr=SsrMode::Async />
                <Route path=path!("/adviser/learners/:account/withdraw/:reference") view=apply::WithdrawForPage ssr=SsrMode::Async />

                <Route path=path!("/provider") view=provide::TodayPage ssr=SsrMode::Async />
                <Route path=path!("/provider/applications") view=provide::ApplicationsPage ssr=SsrMode::Async />
                <Route path=path!("/provider/applications/several") view=provide::SeveralPage ssr=SsrMode::Async />
                <Route path=path!("/provider/applications/:reference") view=provide::ApplicationPage ssr=SsrMode::Async />
                <Route path=path!("/provider/applications/:reference/cancel") view=provide::CancelApplicationPage ssr=SsrMode::Async />
                <Route path=path!("/provider/applications/:reference/take-back") view=provide::TakeBackPage ssr=SsrMode::Async />
                <Route path=path!("/provider/applications/:reference/:decision") view=provide::DecidePage ssr=SsrMode::Async />
                <Route path=path!("/provider/departments") view=provide::DepartmentsPage ssr=SsrMode::Async />
                <Route path=path!("/provider/departments/:id/cancel") view=provide::CancelDepartmentPage ssr=SsrMode::Async />
                <Route path=path!("/provider/sessions/:id/dates") view=provide::SessionDatesPage ssr=SsrMode::Async />
                <Route path=path!("/provider/sessions/:id/cancel") view=provide::CancelSessionPage ssr=SsrMode::Async />
                <Route path=path!("/provider/applications/:reference/checks/:kind") view=provide::CheckPage ssr=SsrMode::Async />
                <Route path=path!("/provider/clearances") view=provide::ClearanceTypesPage ssr=SsrMode::Async />
                <Route path=path!("/provider/clearances/to-do") view=provide::ToDoPage ssr=SsrMode::Async />
                <Route path=path!("/provider/clearances/new") view=provide::NewClearanceTypePage ssr=SsrMode::Async />
                <Route path=path!("/provider/clearances/:code") view=provide::ClearanceTypePage ssr=SsrMode::Async />
                <Route path=path!("/provider/opportunities") view=provide::OwnOpportunitiesPage ssr=SsrMode::Async />
                <Route path=path!("/provider/opportunities/:id/checks") view=provide::AskedPage ssr=SsrMode::Async />
                <Route path=path!("/provider/opportunities/:id/details") view=provide::OpportunityDetailsPage ssr=SsrMode::Async />
                <Route path=path!("/provider/opportunities/:id") view=provide::OwnOpportunityPage ssr=SsrMode::Async />
                <Route path=path!("/provider/sessions") view=provide::SessionsPage ssr=SsrMode::Async />
                <Route path=path!("/provider/sessions/:id") view=provide::SessionPage ssr=SsrMode::Async />
                <Route path=path!("/provider/sessions/:id/places") view=provide::PlacesPage ssr=SsrMode::Async />
                <Route path=path!("/provider/sessions/:id/attendance") view=provide::AttendancePage ssr=SsrMode::Async />
                <Route path=path!("/provider/sessions/:id/attendance/:reference") view=provide::OneAttendancePage ssr=SsrMode::Async />
                <Route path=path!("/provider/sessions/:id/sheet") view=provide::SheetPage ssr=SsrMode::Async />
                <Route path=path!("/provider/supervisors") view=provide::SupervisorsPage ssr=SsrMode::Async />
                <Route path=path!("/supervisor") view=provide::SupervisorPage ssr=SsrMode::Async />
                <Route path=path!("/supervisor/sessions/:id") view=provide::SupervisorSessionPage ssr=SsrMode::Async />
                <Route path=path!("/supervisor/sessions/:id/sheet") view=provide::SupervisorSheetPage ssr=SsrMode::Async />
                <Route path=path!("/provider/import") view=provide::ImportPage ssr=SsrMode::Async />
                <Route path=path!("/provider/import/:id") view=provide::CheckImportPage ssr=SsrMode::Async />

                <Route path=path!("/adviser") view=advise::LearnersPage ssr=SsrMode::Async />
                <Route path=path!("/adviser/learners/:account") view=advise::LearnerPage ssr=SsrMode::Async />
                <Route path=path!("/adviser/learners/:account/evidence") view=advise::EvidencePage ssr=SsrMode::Async />

                <Route path=path!("/roles") view=discover::RolesPage ssr=SsrMode::Async />
                <Route path=path!("/roles/new-to-me") view=discover::NewToMePage ssr=SsrMode::Async />
                <Route path=path!("/roles/family/:family") view=discover::RoleFamilyPage ssr=SsrMode::Async />
                <Route path=path!("/roles/:role") view=discover::RolePage ssr=SsrMode::Async />
                <Route path=path!("/saved") view=discover::SavedPage ssr=SsrMode::Async />
                <Route path=path!("/saved/new") view=discover::SaveSearchPage ssr=SsrMode::Async />
                <Route path=path!("/saved/stop/:token") view=discover::StopPage ssr=SsrMode::Async />
                <Route path=path!("/record") view=apply::RecordPage ssr=SsrMode::Async />
                <Route path=path!("/applications/:reference/feedback") view=apply::FeedbackPage ssr=SsrMode::Async />
                <Route path=path!("/certificates/check") view=apply::CheckCertificatePage ssr=SsrMode::Async />
                <Route path=path!("/certificates/:number") view=apply::CertificatePage ssr=SsrMode::Async />
                <Route path=path!("/national/feedback") view=national::FeedbackPage ssr=SsrMode::Async />

                <Route path=path!("/open-data") view=site::OpenDataPage ssr=SsrMode::Async />
                <Route path=path!("/open-data/widget") view=site::WidgetPage ssr=SsrMode::Async />
                <Route path=path!("/accessibility") view=site::AccessibilityPage ssr=SsrMode::Async />
                <Route path=path!("/privacy") view=site::PrivacyPage ssr=SsrMode::Async />
                <Route path=path!("/privacy/retention") view=site::RetentionPage ssr=SsrMode::Async />
                <Route path=path!("/offline") view=site::OfflinePage ssr=SsrMode::Async />
                <Route path=path!("/cookies") view=site::CookiesPage ssr=SsrMode::Async />
                <Route path=path!("/contact") view=site::ContactPage ssr=SsrMode::Async />
                <Route path=path!("/demo") view=demo::PeoplePage ssr=SsrMode::Async />
                <Route path=path!("/demo/outbox") view=demo::OutboxPage ssr=SsrMode::Async />
                <Route path=path!("/demo/clock") view=demo::ClockPage ssr=SsrMode::Async />
            </FlatRoutes>
        </Router>
    }
}
