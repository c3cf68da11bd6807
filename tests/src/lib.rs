//! Tests that need several crates of the workspace.
