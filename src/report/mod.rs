//! Findings and diffs for people and machines.

pub mod html;
pub mod json;
pub mod plain;
