//! Decisions as events: see the modules.
