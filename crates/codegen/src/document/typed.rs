//! The document as `openapiv3` types it, which is what progenitor reads.

use openapiv3::OpenAPI;
use serde::Deserialize as _;
use serde_json::Value;

use super::json;
use super::pointer;
use super::source::Source;
use crate::finding::{Finding, Findings};

/// Refuses other versions of OpenAPI before their different keys are complained about one by one.
pub(super) fn version(source: &Source) -> Result<(), Findings> {
    let version = json::text(source.json(), "openapi");
    let number = source.json().get("openapi").is_some_and(Value::is_number);
    if !number && (version.is_empty() || version.starts_with("3.0.")) {
        return Ok(());
    }
    Err(Findings(vec![source.finding(
        "openapi-version",
        "/openapi",
        format!(
            "`{}` is not a version of OpenAPI 3.0",
            source.at("/openapi").to_string().trim_matches('"')
        ),
        "Write `openapi: 3.0.3`; the generators do not know the changes of 3.1.",
    )]))
}

/// Types the document and compares: `openapiv3` drops what it does not know without a word.
pub(super) fn openapi(source: &Source) -> Result<OpenAPI, Findings> {
    let unread = |error: serde_json::Error| {
        let help = "Compare the document with the OpenAPI 3.0.3 specification.";
        Findings(vec![source.finding(
            "round-trip",
            "",
            format!("it cannot be typed: {error}"),
            help,
        )])
    };
    let openapi = OpenAPI::deserialize(source.json()).map_err(unread)?;
    let typed = serde_json::to_value(&openapi).map_err(unread)?;
    let mut findings = Vec::new();
    compare(source, "", source.json(), Some(&typed), &mut findings);
    Findings::none_in(findings)?;
    Ok(openapi)
}

fn compare(
    source: &Source,
    at: &str,
    written: &Value,
    typed: Option<&Value>,
    findings: &mut Vec<Finding>,
) {
    match (written, typed) {
        (Value::Object(members), Some(Value::Object(others))) => {
            for (key, value) in members {
                compare(source, &pointer::join(at, key), value, others.get(key), findings);
            }
        }
        (Value::Array(items), Some(Value::Array(others))) => {
            for (index, value) in items.iter().enumerate() {
                let at = pointer::join(at, index.to_string());
                compare(source, &at, value, others.get(index), findings);
            }
        }
        _ if is_same(written, typed) => {}
        _ => findings.push(source.finding(
            "round-trip",
            at,
            format!("`{}` has no meaning here", pointer::last(at)),
            "Remove it: it would be dropped without a word.",
        )),
    }
}

/// Whether nothing was lost; a default may be left out.
fn is_same(written: &Value, typed: Option<&Value>) -> bool {
    match (written, typed) {
        (Value::Bool(false), None) => true,
        (Value::Array(items), None) => items.is_empty(),
        (Value::Object(members), None) => members.is_empty(),
        (Value::Number(a), Some(Value::Number(b))) => a.as_f64() == b.as_f64(),
        (_, typed) => typed == Some(written),
    }
}
