//! The tables: what there is, and who may.

use axum::http::Method;

use super::people::{Cast, Who};

/// Who may.
#[derive(Debug, Clone, Copy)]
pub enum Access {
    Anybody,
    Only(&'static [Who]),
    /// It is not there outside a demonstration.
    Nobody,
}

/// A page: its route as it is written, and an address of it.
pub struct Page {
    pub route: &'static str,
    pub path: String,
    pub access: Access,
}

/// A server function with a form for it.
pub struct Function {
    pub path: &'static str,
    pub method: Method,
    pub form: String,
    pub access: Access,
}

use Access::{Anybody, Nobody, Only};
use Who::{
    Adviser, Coordinator, Host, National, OtherAdviser, OtherCoordinator, OtherLearner, Owner, PostsOnly, Supervisor,
};

const SIGNED_IN: Access = Only(&[
    Owner,
    OtherLearner,
    Coordinator,
    PostsOnly,
    OtherCoordinator,
    Supervisor,
    Host,
    Adviser,
    OtherAdviser,
    National,
]);
const NATIONAL: Access = Only(&[National]);
const LEARNERS: Access = Only(&[Owner, OtherLearner]);
const OWNER: Access = Only(&[Owner]);
const COORDINATORS: Access = Only(&[Coordinator, PostsOnly, OtherCoordinator]);
const OF_THE_PROVIDER: Access = Only(&[Coordinator, PostsOnly]);
const DECIDERS: Access = Only(&[Coordinator, OtherCoordinator]);
const DECIDES: Access = Only(&[Coordinator]);
/// The learner whose they are, and coordinators who may see sensitive facts.
const SEE_DOCUMENTS: Access = Only(&[Owner, Coordinator]);
/// Who records attendance: coordinators who decide, and supervisors of the department.
const HOSTS: Access = Only(&[Coordinator, Host]);
const ADVISERS: Access = Only(&[Adviser, OtherAdviser]);
const LINKED_ADVISER: Access = Only(&[Adviser]);

/// Every page, on the owner's or the provider's record where it is about one.
pub fn pages(cast: &Cast) -> Vec<Page> {
    let page = |route: &'static str, path: String, access| Page { route, path, access };
    let plain = |route: &'static str, access| page(route, route.to_owned(), access);
    let (sent, draft) = (&cast.sent, &cast.draft);
    vec![
        plain("/", Anybody),
        plain("/opportunities", Anybody),
        page("/opportunities/:slug", "/opportunities/a-week-with-pharmacy".into(), Anybody),
        page("/opportunities/:slug/form", "/opportunities/a-week-with-pharmacy/form".into(), Anybody),
        plain("/sign-in", Anybody),
        plain("/sign-in/code", Anybody),
        plain("/sign-in/date-of-birth", Anybody),
        plain("/sign-in/too-young", Anybody),
        plain("/staff/sign-in", Anybody),
        plain("/staff/code", Anybody),
        page("/staff/invitation/:token", "/staff/invitation/0123".into(), Nobody),
        plain("/account", SIGNED_IN),
        plain("/account/data", LEARNERS),
        plain("/account/data/correct", LEARNERS),
        plain("/account/withdraw-all", LEARNERS),
        plain("/account/erase", LEARNERS),
        plain("/account/erased", Anybody),
        page("/apply/:reference", format!("/apply/{draft}"), OWNER),
        page("/apply/:reference/check", format!("/apply/{draft}/check"), OWNER),
        page("/apply/:reference/:step", format!("/apply/{draft}/name"), OWNER),
        plain("/applications", LEARNERS),
        page("/applications/:reference", format!("/applications/{sent}"), OWNER),
        page("/applications/:reference/sent", format!("/applications/{sent}/sent"), OWNER),
        page("/applications/:reference/withdraw", format!("/applications/{sent}/withdraw"), OWNER),
        page("/applications/:reference/parent-or-carer", format!("/applications/{sent}/parent-or-carer"), OWNER),
        page("/consent/:token", format!("/consent/{}", cast.token), Anybody),
        page("/consent/:token", "/consent/0123456789".into(), Nobody),
        page("/consent/:token/question", format!("/consent/{}/question", cast.token), Anybody),
        page("/consent/:token/question", "/consent/0123456789/question".into(), Nobody),
        page("/applications/:reference/joining", format!("/applications/{}/joining", cast.confirmed), OWNER),
        page("/applications/:reference/joining", format!("/applications/{sent}/joining"), Only(&[])),
        page("/consent/page/:token", format!("/consent/page/{}", cast.private_page), Anybody),
        page("/consent/page/:token", format!("/consent/page/{}", cast.token), Nobody),
        page("/consent/page/:token/withdraw", format!("/consent/page/{}/withdraw", cast.private_page), Anybody),
        page("/consent/page/:token/withdraw", "/consent/page/0123456789/withdraw".into(), Nobody),
        plain("/provider/act", DECIDERS),
        page("/provider/act/:session", format!("/provider/act/{}", cast.world.session), DECIDES),
        page("/adviser/learners/:account/apply", format!("/adviser/learners/{}/apply", cast.owner), LINKED_ADVISER),
        page(
            "/adviser/learners/:account/apply/:session",
            format!("/adviser/learners/{}/apply/{}", cast.owner, cast.world.session),
            LINKED_ADVISER,
        ),
        page(
            "/adviser/learners/:account/withdraw/:reference",
            format!("/adviser/learners/{}/withdraw/{sent}", cast.owner),
            LINKED_ADVISER,
        ),
        plain("/provider", COORDINATORS),
        plain("/provider/applications", COORDINATORS),
        page(
            "/provider/applications/several",
            format!("/provider/applications/several?decision=no&reference={sent}"),
            DECIDES,
        ),
        page("/provider/applications/:reference", format!("/provider/applications/{sent}"), OF_THE_PROVIDER),
        page("/provider/applications/:reference", format!("/provider/applications/{draft}"), Only(&[])),
        page("/provider/applications/:reference/:decision", format!("/provider/applications/{sent}/offer"), DECIDES),
        page("/provider/applications/:reference/:decision", format!("/provider/applications/{sent}/no"), DECIDES),
        page("/provider/applications/:reference/cancel", format!("/provider/applications/{sent}/cancel"), DECIDES),
        plain("/provider/departments", COORDINATORS),
        page("/provider/departments/:id/cancel", format!("/provider/departments/{}/cancel", cast.department), DECIDES),
        page("/provider/sessions/:id/dates", format!("/provider/sessions/{}/dates", cast.world.session), DECIDES),
        page("/applications/:reference/dates", format!("/applications/{}/dates", cast.asked), OWNER),
        page("/provider/sessions/:id/cancel", format!("/provider/sessions/{}/cancel", cast.world.session), DECIDES),
        page(
            "/provider/applications/:reference/take-back",
            format!("/provider/applications/{}/take-back", cast.offered),
            DECIDES,
        ),
        page("/applications/:reference/checks/:kind", format!("/applications/{}/checks/identity", cast.checked), OWNER),
        page(
            "/provider/applications/:reference/checks/:kind",
            format!("/provider/applications/{}/checks/identity", cast.checked),
            OF_THE_PROVIDER,
        ),
        plain("/provider/clearances", COORDINATORS),
        plain("/provider/clearances/to-do", COORDINATORS),
        plain("/provider/clearances/new", Only(&[Coordinator, OtherCoordinator])),
        page(
            "/provider/clearances/:code",
            "/provider/clearances/identity".into(),
            Only(&[Coordinator, OtherCoordinator]),
        ),
        page("/provider/clearances/:code", "/provider/clearances/own-0123".into(), Only(&[])),
        page(
            "/provider/opportunities/:id/checks",
            format!("/provider/opportunities/{}/checks", cast.world.opportunity),
            OF_THE_PROVIDER,
        ),
        page(
            "/provider/opportunities/:id/details",
            format!("/provider/opportunities/{}/details", cast.world.opportunity),
            OF_THE_PROVIDER,
        ),
        plain("/provider/opportunities", COORDINATORS),
        page(
            "/provider/opportunities/:id",
            format!("/provider/opportunities/{}", cast.world.opportunity),
            OF_THE_PROVIDER,
        ),
        plain("/provider/sessions", COORDINATORS),
        page("/provider/sessions/:id", format!("/provider/sessions/{}", cast.world.session), OF_THE_PROVIDER),
        page(
            "/provider/sessions/:id/places",
            format!("/provider/sessions/{}/places", cast.world.session),
            OF_THE_PROVIDER,
        ),
        page(
            "/provider/sessions/:id/attendance",
            format!("/provider/sessions/{}/attendance", cast.world.session),
            DECIDES,
        ),
        page(
            "/provider/sessions/:id/attendance/:reference",
            format!("/provider/sessions/{}/attendance/{}", cast.confirmed_session, cast.confirmed),
            DECIDES,
        ),
        // Who sent this has no place that could be recorded.
        page(
            "/provider/sessions/:id/attendance/:reference",
            format!("/provider/sessions/{}/attendance/{sent}", cast.world.session),
            Only(&[]),
        ),
        page("/provider/sessions/:id/sheet", format!("/provider/sessions/{}/sheet", cast.world.session), DECIDES),
        plain("/provider/supervisors", Only(&[Coordinator])),
        plain("/supervisor", Only(&[Supervisor, Host])),
        page("/supervisor/sessions/:id", format!("/supervisor/sessions/{}", cast.world.session), Only(&[Host])),
        page(
            "/supervisor/sessions/:id/sheet",
            format!("/supervisor/sessions/{}/sheet", cast.world.session),
            Only(&[Host]),
        ),
        plain("/provider/import", COORDINATORS),
        page("/provider/import/:id", format!("/provider/import/{}", cast.import), OF_THE_PROVIDER),
        plain("/adviser", ADVISERS),
        page("/adviser/learners/:account", format!("/adviser/learners/{}", cast.owner), LINKED_ADVISER),
        page(
            "/adviser/learners/:account/evidence",
            format!("/adviser/learners/{}/evidence", cast.owner),
            LINKED_ADVISER,
        ),
        plain("/record", LEARNERS),
        plain("/open-data", Anybody),
        plain("/open-data/widget", Anybody),
        plain("/roles", Anybody),
        plain("/roles/new-to-me", Anybody),
        page("/roles/family/:family", "/roles/family/nursing".into(), Anybody),
        page("/roles/:role", "/roles/physiotherapist".into(), Anybody),
        plain("/saved", SIGNED_IN),
        page("/saved/new", "/saved/new?for=what%3Dpharmacy".into(), SIGNED_IN),
        page("/saved/stop/:token", "/saved/stop/s0123".into(), Nobody),
        page("/applications/:reference/feedback", format!("/applications/{}/feedback", cast.attended), OWNER),
        page("/applications/:reference/feedback", format!("/applications/{sent}/feedback"), Only(&[])),
        plain("/certificates/check", Anybody),
        page("/certificates/:number", format!("/certificates/{}", cast.certificate), Anybody),
        page("/certificates/:number", "/certificates/WXC-0000-0000-0000-0000".into(), Nobody),
        plain("/national/feedback", NATIONAL),
        plain("/accessibility", Anybody),
        plain("/privacy", Anybody),
        plain("/privacy/retention", Anybody),
        plain("/cookies", Anybody),
        plain("/offline", Anybody),
        plain("/contact", Anybody),
        plain("/demo", Nobody),
        plain("/demo/outbox", Nobody),
        plain("/demo/clock", Nobody),
    ]
}

/// Every server function, on the owner's or the provider's record where it is about one.
pub fn functions(cast: &Cast) -> Vec<Function> {
    let post = |path: &'static str, form: String, access| Function { path, method: Method::POST, form, access };
    let get = |path: &'static str, form: String, access| Function { path, method: Method::GET, form, access };
    let (sent, offered, draft) = (&cast.sent, &cast.offered, &cast.draft);
    let (opportunity, import, fingerprint) = (cast.world.opportunity, cast.import, &cast.fingerprint);
    let document = format!(
        "--X\r\nContent-Disposition: form-data; name=\"reference\"\r\n\r\n{}\r\n--X\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nidentity\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\nno PDF\r\n--X--\r\n",
        cast.checked
    );
    let upload = "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\nContent-Type: text/csv\r\n\r\nTitle,Type\nA day,WEX\n\r\n--X--\r\n";
    vec![
        post("/do/discover_save_opportunity", "slug=a-week-with-pharmacy".into(), SIGNED_IN),
        post("/do/discover_remove_opportunity", "slug=a-week-with-pharmacy".into(), SIGNED_IN),
        post("/do/discover_enrol", "slug=a-week-with-pharmacy".into(), LEARNERS),
        post("/do/discover_complete", "slug=a-week-with-pharmacy".into(), LEARNERS),
        post("/do/apply_take_off_record", format!("enrolment={}", cast.world.session), LEARNERS),
        post("/do/discover_save_search", "query=what%3Dpharmacy&every=week".into(), SIGNED_IN),
        post("/do/discover_change_search", format!("id={}&every=never", cast.world.session), SIGNED_IN),
        post("/do/discover_stop_saved", "token=s0123".into(), Nobody),
        get("/do/discover_dates", "slug=a-week-with-pharmacy".into(), Anybody),
        get("/do/discover_search_results", "q=what%3Dpharmacy".into(), Anybody),
        post("/do/identity_request_code", "email=nobody".into(), Anybody),
        post("/do/identity_send_again", String::new(), Anybody),
        post("/do/identity_enter_code", "code=123456".into(), Anybody),
        post("/do/identity_start_account", "dob_day=1".into(), Anybody),
        post("/do/identity_enter_password", "email=a%40b.example&password=x".into(), Anybody),
        post("/do/identity_enter_second_factor", "code=123456".into(), Anybody),
        post("/do/identity_accept_invitation", "token=0123&password=x&code=1".into(), Nobody),
        post("/do/identity_correct", "name=Owner&phone=".into(), LEARNERS),
        post("/do/identity_choose", "texts=yes".into(), LEARNERS),
        get("/do/identity_export", String::new(), LEARNERS),
        post("/do/apply_start_application", format!("session={}", cast.world.session), LEARNERS),
        get("/do/apply_question", format!("reference={draft}&step=name"), OWNER),
        get("/do/apply_find_schools", "q=kirk".into(), LEARNERS),
        post("/do/apply_save_answer", format!("reference={draft}&step=name&name=Owner"), OWNER),
        post("/do/apply_submit_application", format!("reference={draft}&declared=yes"), OWNER),
        get("/do/apply_status", format!("reference={sent}"), OWNER),
        get("/do/apply_hear_by", format!("reference={sent}"), OWNER),
        post("/do/apply_correct_guardian", format!("reference={sent}&guardian_name=Sam"), OWNER),
        get("/do/apply_calendar", format!("reference={}", cast.confirmed), OWNER),
        get("/do/apply_guardian_calendar", format!("token={}", cast.confirmed_page), Anybody),
        get("/do/apply_guardian_calendar", "token=0123456789".into(), Nobody),
        post("/do/apply_ask_guardian_again", format!("reference={sent}"), OWNER),
        get("/do/provide_queue", "show=open".into(), COORDINATORS),
        post("/do/provide_draft_no", format!("reference={sent}&reason=more_asked"), DECIDES),
        post("/do/provide_decide", format!("reference={sent}&decision=offer&fingerprint={fingerprint}"), DECIDES),
        post("/do/provide_decide_several", format!("read={sent}:{fingerprint}&decision=offer"), DECIDES),
        post(
            "/do/provide_plan_cancellation",
            format!("scope=session&id={}&reason=pressure", cast.world.session),
            DECIDES,
        ),
        post(
            "/do/provide_cancel",
            format!("scope=session&id={}&plan={}&fingerprint=read", cast.world.session, cast.cancellation),
            DECIDES,
        ),
        post("/do/provide_draft_take_back", format!("reference={offered}&reason=no_host"), DECIDES),
        post("/do/provide_take_back", format!("reference={offered}&reason=no_host&fingerprint=0"), DECIDES),
        post("/do/apply_take_suggestion", format!("reference={}&opportunity={opportunity}", cast.refused), OWNER),
        post("/do/provide_plan_dates", format!("session={}&reason=pressure", cast.world.session), DECIDES),
        post(
            "/do/provide_propose_dates",
            format!("session={}&plan={}&fingerprint=read", cast.world.session, cast.change),
            DECIDES,
        ),
        post("/do/apply_answer_dates", format!("reference={}&answer=yes", cast.asked), OWNER),
        post("/do/apply_accept_offer", format!("reference={offered}"), OWNER),
        post("/do/provide_told_another_way", format!("reference={offered}"), DECIDES),
        post("/do/provide_settle_clearance", format!("reference={offered}&kind=identity&status=met"), DECIDES),
        post("/do/apply_decline_offer", format!("reference={sent}"), OWNER),
        post("/do/apply_withdraw_application", format!("reference={sent}"), OWNER),
        post("/do/apply_answer_consent", format!("token={}&answer=yes", cast.token), Anybody),
        post("/do/apply_answer_consent", "token=0123456789&answer=yes".into(), Nobody),
        post("/do/apply_ask_question", format!("token={}&question=", cast.private_page), Anybody),
        post("/do/apply_ask_question", "token=0123456789&question=".into(), Nobody),
        post("/do/apply_send_page_again", format!("token={}", cast.token), Anybody),
        post("/do/apply_send_page_again", format!("token={}", cast.private_page), Nobody),
        post("/do/apply_agree_after_all", format!("token={}", cast.private_page), Anybody),
        post("/do/apply_agree_after_all", format!("token={}", cast.token), Nobody),
        post("/do/apply_withdraw_consent", format!("token={}", cast.private_page), Anybody),
        post("/do/apply_withdraw_consent", format!("token={}", cast.token), Nobody),
        get("/do/documents_open", format!("document={}", cast.document), SEE_DOCUMENTS),
        post("/do/documents_add", document.clone(), SEE_DOCUMENTS),
        post("/do/documents_remove", format!("document={}", cast.document), SEE_DOCUMENTS),
        post("/do/provide_save_clearance_type", "code=risk_assessment".into(), Only(&[Coordinator, OtherCoordinator])),
        post(
            "/do/provide_retire_clearance_type",
            "code=risk_assessment".into(),
            Only(&[Coordinator, OtherCoordinator]),
        ),
        post(
            "/do/provide_choose_clearances",
            format!("opportunity={opportunity}&choices[0]=identity%3Aoptional"),
            OF_THE_PROVIDER,
        ),
        post(
            "/do/provide_record_day",
            format!("session={}&reference={}&day=2027-08-23&mark=came", cast.confirmed_session, cast.confirmed),
            HOSTS,
        ),
        // That somebody applied who has no place, a supervisor does not learn.
        post(
            "/do/provide_record_day",
            format!("session={}&reference={sent}&day=2027-07-05&mark=came", cast.world.session),
            DECIDES,
        ),
        post("/do/provide_everyone_came", format!("session={}&day=2027-07-05", cast.world.session), HOSTS),
        post("/do/provide_day_not_run", format!("session={}&day=2027-07-05", cast.world.session), DECIDES),
        post(
            "/do/provide_amend_day",
            format!("session={}&reference={}&hours=x", cast.confirmed_session, cast.confirmed),
            DECIDES,
        ),
        post("/do/provide_amend_day", format!("session={}&reference={sent}", cast.world.session), Only(&[])),
        post(
            "/do/provide_keep_attendance",
            format!("session={}&reference={}", cast.confirmed_session, cast.confirmed),
            DECIDES,
        ),
        post("/do/provide_keep_attendance", format!("session={}&reference={sent}", cast.world.session), Only(&[])),
        post(
            "/do/provide_add_supervisor",
            format!("name=Sam&email=sam%40aire.example&department={}", cast.department),
            Only(&[Coordinator]),
        ),
        post(
            "/do/provide_remove_supervisor",
            format!("account={}&department={}", cast.owner, cast.department),
            Only(&[]),
        ),
        post(
            "/do/provide_remove_supervisor",
            format!("account={}&department={}", cast.host, cast.department),
            Only(&[Coordinator]),
        ),
        post("/do/apply_question_attendance", format!("reference={sent}"), OWNER),
        post("/do/provide_upload_import", upload.into(), COORDINATORS),
        post("/do/provide_match_columns", format!("import={import}"), OF_THE_PROVIDER),
        post("/do/provide_mend_cell", format!("import={import}&line=2&field=title&value=A+day"), OF_THE_PROVIDER),
        post("/do/provide_take_import", format!("import={import}"), OF_THE_PROVIDER),
        post("/do/provide_complete_opportunity", format!("opportunity={opportunity}&places=3"), OF_THE_PROVIDER),
        post("/do/provide_describe_opportunity", format!("opportunity={opportunity}&summary=A+day"), OF_THE_PROVIDER),
        post("/do/provide_publish_opportunity", format!("opportunity={opportunity}"), OF_THE_PROVIDER),
        post("/do/advise_state_evidence", format!("account={}&young_carer=yes", cast.owner), LINKED_ADVISER),
        post("/do/advise_end_evidence", format!("account={}", cast.owner), LINKED_ADVISER),
        post("/do/provide_change_places", format!("session={}&places=6", cast.world.session), OF_THE_PROVIDER),
        post("/do/apply_key_in", format!("session={}&name=Robin", cast.world.session), DECIDES),
        post(
            "/do/apply_key_in",
            format!("session={}&account={}&why=I+like+it", cast.world.session, cast.owner),
            LINKED_ADVISER,
        ),
        post("/do/apply_withdraw_for", format!("account={}&reference={sent}", cast.owner), LINKED_ADVISER),
        post("/do/provide_answer_for", format!("reference={offered}&answer=accept"), Only(&[])),
        post("/do/apply_stop_sharing", format!("school={}", cast.world.school), OWNER),
        post("/do/identity_withdraw_all", String::new(), LEARNERS),
        post("/do/identity_erase", "word=no".into(), LEARNERS),
        post("/do/apply_save_reflection", format!("reference={}&text=Good", cast.attended), OWNER),
        get("/do/apply_certificate", format!("reference={}", cast.attended), OWNER),
        get("/do/apply_badge", format!("reference={}", cast.attended), OWNER),
        post("/do/apply_give_feedback", format!("reference={}&welcome=agree", cast.attended), OWNER),
        post("/do/national_moderate", format!("feedback={}&read=1&decision=publish", cast.attended_id), NATIONAL),
        post("/do/identity_sign_out_everywhere", String::new(), SIGNED_IN),
        post("/do/identity_sign_out", String::new(), Anybody),
    ]
}
