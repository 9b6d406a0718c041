//! Stories of applying and deciding, told on both databases.
