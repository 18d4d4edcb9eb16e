//! Findings and diffs for people and machines.

pub mod json;
pub mod plain;
