//! Where a request that is not served lands: each way to fail needs a documented status.

use serde_json::Value;

use super::constraints;
use crate::document::draft::Draft;
use crate::document::{Location, Operation, Parameter, SchemaRef, json};
use crate::finding::Finding;

/// A way to fail, and the statuses of which one must be documented where it can happen.
struct Landing {
    what: &'static str,
    statuses: &'static [u16],
    can_happen: fn(&Draft, &Operation) -> bool,
}

const LANDINGS: [Landing; 9] = [
    Landing {
        what: "a missing or bad credential",
        statuses: &[401],
        can_happen: |_, operation| !operation.security.is_empty(),
    },
    Landing {
        what: "a caller without permission",
        statuses: &[403],
        can_happen: |_, operation| !operation.security.is_empty(),
    },
    Landing {
        what: "a caller over the rate limit",
        statuses: &[429],
        can_happen: |_, operation| !operation.security.is_empty(),
    },
    Landing {
        what: "a malformed parameter in the path",
        statuses: &[404, 400],
        can_happen: |document, operation| {
            in_location(operation, Location::Path).any(|one| can_be_malformed(document, one))
        },
    },
    Landing {
        what: "a malformed query",
        statuses: &[400, 422],
        can_happen: |_, operation| in_location(operation, Location::Query).next().is_some(),
    },
    Landing {
        what: "a missing or malformed header",
        statuses: &[400, 422],
        can_happen: |_, operation| in_location(operation, Location::Header).next().is_some(),
    },
    Landing {
        what: "a malformed body",
        statuses: &[400, 422],
        can_happen: |_, operation| operation.body.is_some(),
    },
    Landing {
        what: "a body that is too large",
        statuses: &[413, 400],
        can_happen: |_, operation| operation.body.is_some(),
    },
    Landing {
        what: "a body of another media type",
        statuses: &[415, 400],
        can_happen: |_, operation| operation.body.is_some(),
    },
];

pub(super) fn place(document: &Draft, findings: &mut Vec<Finding>) {
    for operation in &document.operations {
        let documented = |status: &u16| operation.responses.iter().any(|one| one.status == *status);
        let missing = |landing: &&Landing| !landing.statuses.iter().any(documented);
        let landings = LANDINGS.iter().filter(missing);
        for landing in landings.filter(|landing| (landing.can_happen)(document, operation)) {
            let statuses: Vec<_> = landing.statuses.iter().map(u16::to_string).collect();
            findings.push(document.finding(
                "landing-place",
                &operation.pointer,
                format!("`{}` documents no answer to {}", operation.id, landing.what),
                format!("Add a response for {}.", statuses.join(" or ")),
            ));
        }
    }
}

fn in_location(operation: &Operation, location: Location) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(move |parameter| parameter.location == location)
}

/// Whether there are texts that the parameter does not take.
fn can_be_malformed(document: &Draft, parameter: &Parameter) -> bool {
    let plain = |schema: &Value| {
        json::text(schema, "type") == "string"
            && !json::keys(schema)
                .any(|key| constraints::is_constraint(key) || matches!(key, "enum" | "format"))
    };
    match &parameter.schema {
        SchemaRef::Named(name) => {
            !plain(document.source.resolve(&format!("/components/schemas/{name}")).value)
        }
        SchemaRef::Inline(schema) => !plain(schema),
        SchemaRef::ArrayOf(_) => true,
    }
}
