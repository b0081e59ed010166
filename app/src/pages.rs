//! One module for each route.

mod accessibility;
mod all_checks;
mod county;
mod courses;
mod drawn;
mod history;
mod home;
mod import;
mod not_found;
mod plan;
#[cfg(feature = "ssr")]
pub mod public;
mod sign_in;
mod subpage;
mod versions;

pub use accessibility::AccessibilityPage;
pub use all_checks::ChecksRoute;
pub use county::CountyRoute;
pub use courses::{CertificatesRoute, CourseRoute, CoursesRoute};
pub use history::HistoryRoute;
pub use home::HomePage;
pub use import::ImportRoute;
pub use not_found::NotFoundPage;
pub use plan::PlanRoute;
pub use sign_in::SignInRoute;
pub use versions::VersionsRoute;
