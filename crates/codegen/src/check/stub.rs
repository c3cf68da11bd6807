//! What the server stub can read from a request and write into an answer.

use serde_json::Value;

use crate::document::SchemaRef;
use crate::document::draft::Draft;
use crate::finding::Finding;

pub(super) fn parameter_type(document: &Draft, findings: &mut Vec<Finding>) {
    let parameters = document.operations.iter().flat_map(|operation| &operation.parameters);
    for parameter in parameters {
        let schema = resolved(document, &parameter.schema);
        let ranged = ["minimum", "maximum"].iter().any(|key| schema.get(key).is_some());
        let integer = schema["type"] == "integer" && schema.get("enum").is_none();
        let named = matches!(parameter.schema, SchemaRef::Named(_));
        // A named integer becomes a type of its own, which only 64 bits can be turned into.
        let narrow = named && schema["format"] == "int32";
        if schema["type"] != "string" && (!integer || ranged || narrow) {
            findings.push(document.finding(
                "parameter-type",
                &parameter.pointer,
                format!("`{}` is neither a text nor a plain integer", parameter.name),
                "Make it a string, or an integer of 64 bits, and say its range in the description.",
            ));
        }
    }
}

pub(super) fn header_type(document: &Draft, findings: &mut Vec<Finding>) {
    let responses = document.operations.iter().flat_map(|operation| &operation.responses);
    for header in responses.flat_map(|response| &response.headers) {
        let schema = resolved(document, &header.schema);
        if schema["type"] != "string" && schema["type"] != "integer" {
            let message = format!("`{}` is neither a text nor an integer", header.name);
            let help = "Give it the type string or integer.";
            findings.push(document.finding("header-type", &header.pointer, message, help));
        }
    }
}

pub(super) fn body_object(document: &Draft, findings: &mut Vec<Finding>) {
    for operation in &document.operations {
        let Some(body) = &operation.body else { continue };
        let named = matches!(body.schema, SchemaRef::Named(_));
        if !named || !resolved(document, &body.schema)["properties"].is_object() {
            findings.push(document.finding(
                "body-object",
                &body.pointer,
                "the request body is no object with properties of its own",
                "Refer to such a schema in `components/schemas`.",
            ));
        }
    }
}

/// The schema with a reference followed; null for a list.
fn resolved<'a>(document: &'a Draft, schema: &'a SchemaRef) -> &'a Value {
    match schema {
        SchemaRef::Named(name) => &document.source.json()["components"]["schemas"][name.as_str()],
        SchemaRef::Inline(schema) => schema,
        SchemaRef::ArrayOf(_) => &Value::Null,
    }
}
