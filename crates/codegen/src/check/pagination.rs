//! Lists that come in pages.

use crate::document::draft::Draft;
use crate::document::{Location, Operation, SchemaRef};
use crate::finding::Finding;

const HEADERS: [&str; 7] =
    ["X-Total", "X-Total-Pages", "X-Per-Page", "X-Page", "X-Next-Page", "X-Prev-Page", "Link"];

pub(super) fn headers(document: &Draft, findings: &mut Vec<Finding>) {
    for operation in &document.operations {
        match ["page", "per_page"].map(|name| has_query(operation, name)) {
            [true, true] => missing_headers(document, operation, findings),
            [false, false] => {}
            [has_page, _] => {
                let (there, missing) =
                    if has_page { ("page", "per_page") } else { ("per_page", "page") };
                let message = format!("`{}` has `{there}`, but no `{missing}`", operation.id);
                let help = "Take both parameters or none.";
                findings.push(document.finding("pagination", &operation.pointer, message, help));
            }
        }
    }
}

fn has_query(operation: &Operation, name: &str) -> bool {
    let is =
        |one: &&crate::document::Parameter| one.location == Location::Query && one.name == name;
    operation.parameters.iter().any(|one| is(&one))
}

fn missing_headers(document: &Draft, operation: &Operation, findings: &mut Vec<Finding>) {
    let list = |schema: &SchemaRef| matches!(schema, SchemaRef::ArrayOf(_));
    for response in operation.responses.iter().filter(|one| one.is_success()) {
        let mut refuse = |message: String, help: String| {
            findings.push(document.finding("pagination", &response.pointer, message, help));
        };
        if !response.schema.as_ref().is_some_and(list) {
            let help = "Describe the body as `type: array` with `items`, or remove the parameters.";
            refuse("what comes in pages must be a list".to_owned(), help.to_owned());
        }
        let has =
            |name: &&&str| response.headers.iter().any(|one| one.name.eq_ignore_ascii_case(name));
        let missing: Vec<_> = HEADERS.iter().filter(|name| !has(name)).copied().collect();
        if !missing.is_empty() {
            let help = format!("Add under `headers`: {}.", missing.join(", "));
            refuse("a page does not say where the others are".to_owned(), help);
        }
    }
}
