//! Where things stand in the files that the contract is written in.

use std::sync::LazyLock;

use serde_json::Value;

use crate::generated::{LINES_JSON, RequirementId};

/// The document, from the root of the workspace.
pub(super) const DOCUMENT: &str = "openapi/cluster-agents.yaml";
/// The ledger, from the root of the workspace.
pub(super) const LEDGER: &str = "openapi/requirements.yaml";

static LINES: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(LINES_JSON).unwrap_or_default());

/// The line of an operation in the document, if it has one.
pub(super) fn operation(id: &str) -> Option<u64> {
    LINES["operations"][id].as_u64()
}

/// The line of a requirement in the ledger.
pub(super) fn requirement(id: RequirementId) -> u64 {
    LINES["requirements"][id.as_str()].as_u64().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated::OPERATIONS;

    #[test]
    fn every_operation_and_requirement_stands_in_a_line_of_its_own() {
        let mut lines: Vec<u64> = OPERATIONS.iter().filter_map(|it| operation(it.id)).collect();
        assert_eq!(lines.len(), OPERATIONS.len());
        lines.dedup();
        assert_eq!(lines.len(), OPERATIONS.len());
        let lines: Vec<u64> = RequirementId::ALL.iter().map(|id| requirement(*id)).collect();
        assert!(lines.is_sorted_by(|a, b| a < b), "{lines:?}");
    }
}
