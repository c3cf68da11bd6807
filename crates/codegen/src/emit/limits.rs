//! What the generated code has no room for, found before a generator fails at it or writes what is
//! not Rust.

use crate::document::{Operation, Parameter};
use crate::{Document, Finding, Findings};

use super::names;

/// Methods and associated functions that the client or the trait of the stub has already.
const OPERATIONS: [&str; 4] = ["api_version", "authenticate", "caller_error", "error"];
/// Methods that the mock of every operation has already.
const PARAMETERS: [&str; 2] = ["into_inner", "new"];

pub(super) fn check(document: &Document) -> Result<(), Findings> {
    let mut findings = operations(document);
    findings.extend(parameters(document));
    findings.extend(statuses(document));
    if findings.is_empty() { Ok(()) } else { Err(Findings(findings)) }
}

fn operations(document: &Document) -> Vec<Finding> {
    let taken = document
        .operations()
        .iter()
        .filter(|operation| OPERATIONS.contains(&names::snake(&operation.id).to_string().as_str()));
    let finding = |operation: &Operation| {
        let message = format!("the generated code has its own `{}`", operation.id);
        let pointer = format!("{}/operationId", operation.pointer);
        document.finding("operation-id", &pointer, message, "name the operation differently")
    };
    taken.map(finding).collect()
}

fn parameters(document: &Document) -> Vec<Finding> {
    let parameters = document.operations().iter().flat_map(|operation| &operation.parameters);
    let taken = parameters.filter(|parameter| {
        PARAMETERS.contains(&names::snake(&parameter.name).to_string().as_str())
    });
    let finding = |parameter: &Parameter| {
        let message = format!("mocks have their own `{}`", parameter.name);
        document.finding(
            "parameter-name",
            &parameter.pointer,
            message,
            "name the parameter differently",
        )
    };
    taken.map(finding).collect()
}

fn statuses(document: &Document) -> Vec<Finding> {
    let operations = document.operations().iter();
    let all = operations.flat_map(|operation| {
        operation.responses.iter().map(move |response| (operation, response.status))
    });
    let unnamed = all.filter(|(_, status)| names::reason(*status).is_none());
    let finding = |(operation, status): (&Operation, u16)| {
        let pointer = format!("{}/responses/{status}", operation.pointer);
        let help = "document a registered status, whose name the mock can have";
        document.finding("status-code", &pointer, format!("{status} has no name"), help)
    };
    unnamed.map(finding).collect()
}
