//! The documented status for each way in which the stub itself refuses a request.

use crate::document::{Location, Operation};
use crate::{Document, Finding, Findings};

/// The statuses of an operation's rejections. 404 where a kind of rejection cannot happen.
pub(super) struct Landing {
    pub(super) credentials: u16,
    pub(super) path: u16,
    pub(super) not_found: u16,
    pub(super) query: u16,
    pub(super) header: u16,
    pub(super) body: u16,
    pub(super) too_large: u16,
    pub(super) media_type: u16,
}

impl Landing {
    pub(super) fn new(document: &Document, operation: &Operation) -> Result<Self, Findings> {
        let mut findings = Vec::new();
        let mut land = |when: bool, what: &str, statuses: &[u16]| {
            let documented =
                |status: &&u16| operation.responses.iter().any(|r| r.status == **status);
            match statuses.iter().find(documented) {
                Some(status) => *status,
                None if when => {
                    findings.push(missing(document, operation, what, statuses));
                    404
                }
                None => 404,
            }
        };
        let has = |location| operation.parameters.iter().any(|p| p.location == location);
        let (path, body) = (has(Location::Path), operation.body.is_some());
        let landing = Self {
            credentials: land(
                !operation.security.is_empty(),
                "a request without credentials",
                &[401],
            ),
            path: land(path, "a malformed path parameter", &[400, 404]),
            not_found: land(path, "a path parameter that names nothing", &[404, 400]),
            query: land(has(Location::Query), "a malformed query parameter", &[400, 422]),
            header: land(has(Location::Header), "a malformed header", &[400, 422]),
            body: land(body, "a malformed body", &[400, 422]),
            too_large: land(body, "a body that is too large", &[413, 400]),
            media_type: land(body, "a body of another media type", &[415, 400]),
        };
        if findings.is_empty() { Ok(landing) } else { Err(Findings(findings)) }
    }
}

fn missing(document: &Document, operation: &Operation, what: &str, statuses: &[u16]) -> Finding {
    let statuses: Vec<_> = statuses.iter().map(u16::to_string).collect();
    document.finding(
        "landing-place",
        &format!("{}/responses", operation.pointer),
        format!("{}: no documented status for {what}", operation.id),
        format!("document one of {} with the error schema", statuses.join(", ")),
    )
}
