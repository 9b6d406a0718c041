//! A provider's area: what is to do today, the applications, the adverts, the import.

pub mod applications;
pub mod attendance;
pub mod cancel;
pub mod clearances;
pub mod import;
pub mod opportunities;
pub mod sessions;

/// Every page of this area. They exist on the server only.
#[cfg(feature = "ssr")]
pub mod pages {
    pub use crate::applications::pages::{
        ApplicationPage, ApplicationsPage, DecidePage, SeveralPage, TakeBackPage, TodayPage,
    };
    pub use crate::attendance::{
        AttendancePage, OneAttendancePage, SheetPage, SupervisorPage, SupervisorSessionPage, SupervisorSheetPage,
        SupervisorsPage,
    };
    pub use crate::cancel::{
        CancelApplicationPage, CancelDepartmentPage, CancelSessionPage, DepartmentsPage, SessionDatesPage,
    };
    pub use crate::clearances::{
        AskedPage, CheckPage, ClearanceTypePage, ClearanceTypesPage, NewClearanceTypePage, ToDoPage,
    };
    pub use crate::import::{CheckImportPage, ImportPage};
    pub use crate::opportunities::{OpportunityDetailsPage, OwnOpportunitiesPage, OwnOpportunityPage};
    pub use crate::sessions::{PlacesPage, SessionPage, SessionsPage};
}
