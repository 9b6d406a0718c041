//! Rendered.
