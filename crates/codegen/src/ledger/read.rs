//! From JSON to requirements.

use serde_json::Value;

use super::{Accepted, Basis, Level, Profile, Requirement};
use crate::document::Document;
use crate::document::json::{list, text, texts};

pub(super) fn requirement(value: &Value, document: &Document) -> Requirement {
    Requirement {
        id: text(value, "id").to_owned(),
        level: match value["level"].as_str() {
            Some("must") => Level::Must,
            Some("should") => Level::Should,
            _ => Level::May,
        },
        profile: match value["profile"].as_str() {
            Some("receptive") => Profile::Receptive,
            _ => Profile::Core,
        },
        operations: operations(value, document),
        statement: text(value, "statement").to_owned(),
        why: text(value, "why").to_owned(),
        section: text(&value["source"], "section").to_owned(),
        basis: match value["source"]["basis"].as_str() {
            Some("documented") => Basis::Documented,
            Some("observed") => Basis::Observed,
            _ => Basis::Inferred,
        },
        accepts: list(value, "accepts").map(accepted).collect(),
    }
}

fn operations(requirement: &Value, document: &Document) -> Vec<String> {
    let named: Vec<_> = texts(requirement, "operations").map(str::to_owned).collect();
    if named == ["all"] {
        return document.operations().iter().map(|operation| operation.id.clone()).collect();
    }
    named
}

fn accepted(value: &Value) -> Accepted {
    let statuses = list(value, "status").filter_map(Value::as_u64);
    Accepted {
        outcome: text(value, "outcome").to_owned(),
        status: statuses.filter_map(|status| u16::try_from(status).ok()).collect(),
        because: text(value, "because").to_owned(),
    }
}
