//! See ARCHITECTURE.md.

/// The NHS.UK design system as components.
pub mod components;
