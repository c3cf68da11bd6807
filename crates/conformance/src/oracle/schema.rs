//! Whether a successful body fits the schema of its operation, as raw JSON.

use std::collections::BTreeMap;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::generated::{OPERATIONS, RequirementId as R};
use crate::oracle::Observation;
use crate::transport::Exchange;

/// How many mistakes of one body are named.
const NAMED: usize = 3;

/// A validator for the successful answer of every operation that has a body.
#[derive(Debug)]
pub(crate) struct Schemas(BTreeMap<&'static str, Validator>);

impl Schemas {
    pub(super) fn compile(document: &Value) -> Result<Self, Error> {
        let definitions = converted(&document["components"]["schemas"]);
        let with_body = OPERATIONS.iter().filter(|operation| operation.success != 204);
        let validator = |operation: &'static crate::generated::OperationInfo| {
            let method = operation.method.to_ascii_lowercase();
            let response = &document["paths"][operation.path][method]["responses"]
                [operation.success.to_string()];
            let schema = &response["content"]["application/json"]["schema"];
            Ok((operation.id, compile(operation.id, schema, &definitions)?))
        };
        with_body.map(validator).collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn observe(&self, exchange: &Exchange) -> Option<Observation> {
        let is_judged = exchange.is_success() && exchange.may_have_body();
        let operation = exchange.request.operation.filter(|_| is_judged)?;
        let (validator, body) = (self.0.get(operation.id)?, exchange.json()?);
        let expected = format!("the schema of {}", operation.id);
        let got = || mistakes(validator, body);
        Some(Observation::of(R::ExchangeSchema, validator.is_valid(body), expected, got))
    }
}

/// What is wrong with a body: places and rules, never its values.
fn mistakes(validator: &Validator, body: &Value) -> String {
    let describe = |error: jsonschema::ValidationError<'_>| {
        let place = error.instance_path().to_string();
        let place = if place.is_empty() { String::from("the body") } else { place };
        format!("{place}: {}", error.masked())
    };
    validator.iter_errors(body).take(NAMED).map(describe).collect::<Vec<_>>().join("; ")
}

fn compile(id: &str, schema: &Value, definitions: &Value) -> Result<Validator, Error> {
    let fail = |problem: String| Error::Document { problem: format!("{id}: {problem}") };
    let Value::Object(mut root) = converted(schema) else {
        return Err(fail(String::from("there is no schema for its success")));
    };
    root.insert(String::from("$defs"), definitions.clone());
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        // `exchange-timestamps` and others judge formats, with a tolerance that this would not have.
        .should_validate_formats(false)
        .build(&Value::Object(root))
        .map_err(|error| fail(error.to_string()))
}

/// An OpenAPI 3.0 schema as JSON Schema 2020-12.
///
/// - `nullable` becomes a type of its own;
/// - a property that may be null may be absent, too: leaving it out means the same;
/// - `x-accepts` lists further schemas that are right at the place;
/// - references to components point into `$defs`.
fn converted(schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => converted_object(fields),
        Value::Array(items) => items.iter().map(converted).collect(),
        other => other.clone(),
    }
}

fn converted_object(fields: &Map<String, Value>) -> Value {
    let mut plain = Map::new();
    for (key, value) in fields {
        match key.as_str() {
            "$ref" => plain.insert(key.clone(), pointed(value)),
            "required" => plain.insert(key.clone(), without_nullable(value, fields)),
            // Examples are data, and a property of that name is below `properties`.
            "example" | "nullable" | "x-accepts" => None,
            _ => plain.insert(key.clone(), converted(value)),
        };
    }
    let mut alternatives = vec![Value::Object(plain)];
    if fields.get("nullable") == Some(&Value::Bool(true)) {
        alternatives.push(json!({ "type": "null" }));
    }
    let accepted = fields.get("x-accepts").and_then(Value::as_array).into_iter().flatten();
    alternatives.extend(accepted.map(converted));
    match alternatives.len() {
        1 => alternatives.swap_remove(0),
        _ => json!({ "anyOf": alternatives }),
    }
}

fn pointed(reference: &Value) -> Value {
    let text = reference.as_str().unwrap_or_default();
    Value::from(text.replacen("#/components/schemas/", "#/$defs/", 1))
}

fn without_nullable(required: &Value, schema: &Map<String, Value>) -> Value {
    let is_nullable = |name: &Value| {
        let property =
            &schema.get("properties").unwrap_or(&Value::Null)[name.as_str().unwrap_or_default()];
        property["nullable"] == Value::Bool(true)
    };
    let names = required.as_array().into_iter().flatten();
    names.filter(|name| !is_nullable(name)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;
    use crate::generated::DOCUMENT_JSON;
    use crate::oracle::tests::{answered, broken};
    use crate::target::Project;
    use crate::transport::Request;

    fn accepts(schema: &Value, definitions: &Value, instance: &Value) -> bool {
        let validator = compile("test", schema, &converted(definitions)).expect("a good schema");
        validator.is_valid(instance)
    }

    #[test]
    fn nullable_allows_null_and_nothing_else() {
        let schema = json!({ "type": "string", "nullable": true });
        for (instance, right) in [(json!("a"), true), (json!(null), true), (json!(1), false)] {
            assert_eq!(accepts(&schema, &json!({}), &instance), right, "{instance}");
        }
    }

    #[test]
    fn a_nullable_reference_allows_null() {
        let schema = json!({ "nullable": true, "allOf": [{ "$ref": "#/components/schemas/A" }] });
        let definitions = json!({ "A": { "type": "integer" } });
        for (instance, right) in [(json!(1), true), (json!(null), true), (json!("a"), false)] {
            assert_eq!(accepts(&schema, &definitions, &instance), right, "{instance}");
        }
    }

    #[test]
    fn a_required_property_may_be_absent_only_if_it_may_be_null() {
        let schema = json!({
            "type": "object",
            "required": ["a", "b"],
            "properties": { "a": { "type": "string", "nullable": true }, "b": { "type": "string" } },
        });
        assert!(accepts(&schema, &json!({}), &json!({ "b": "x" })));
        assert!(!accepts(&schema, &json!({}), &json!({ "a": "x" })));
    }

    #[test]
    fn a_place_takes_what_it_accepts_beside_its_type() {
        let schema = json!({
            "type": "integer",
            "nullable": true,
            "x-accepts": [{ "type": "string", "pattern": "^[0-9]+$" }],
        });
        let cases =
            [(json!(1), true), (json!("12"), true), (json!(null), true), (json!("a"), false)];
        for (instance, right) in cases {
            assert_eq!(accepts(&schema, &json!({}), &instance), right, "{instance}");
        }
    }

    #[test]
    fn every_example_of_the_document_fits_its_schema() {
        let document: Value = serde_json::from_str(DOCUMENT_JSON).expect("JSON");
        let schemas = Schemas::compile(&document).expect("a good document");
        for operation in OPERATIONS.iter().filter(|operation| operation.success != 204) {
            let method = operation.method.to_ascii_lowercase();
            let content = &document["paths"][operation.path][method]["responses"]
                [operation.success.to_string()]["content"]["application/json"];
            let named = content["examples"].as_object().into_iter().flatten();
            let examples =
                named.map(|(_, example)| &example["value"]).chain(content.get("example"));
            for example in examples {
                assert!(schemas.0[operation.id].is_valid(example), "{}: {example}", operation.id);
            }
        }
    }

    fn token(status: &Value, extra: &Value) -> Vec<R> {
        let document: Value = serde_json::from_str(DOCUMENT_JSON).expect("JSON");
        let schemas = Schemas::compile(&document).expect("a good document");
        let body = json!({
            "id": 1, "name": "a", "description": null, "agent_id": 5, "status": status,
            "created_at": "2022-03-25T14:12:11.497Z", "created_by_user_id": "1",
            "last_used_at": null, "more": extra,
        });
        let request: Request = api::get_token(&Project::Number(20), 5, 1);
        let seen = schemas.observe(&answered(request, 200, &[], &body.to_string()));
        broken(&seen.into_iter().collect::<Vec<_>>())
    }

    #[test]
    fn further_keys_are_welcome_and_wrong_values_are_not() {
        assert_eq!(token(&json!("active"), &json!({ "a": [1] })), []);
        assert_eq!(token(&json!("on"), &json!(1)), [R::ExchangeSchema]);
        assert_eq!(token(&json!(null), &json!(1)), [R::ExchangeSchema]);
    }

    #[test]
    fn a_mistake_is_described_without_the_values_of_the_body() {
        let schema = json!({ "type": "object", "properties": { "a": { "type": "integer" } } });
        let validator = compile("test", &schema, &json!({})).expect("a good schema");
        let text = mistakes(&validator, &json!({ "a": "sentinel" }));
        assert!(text.contains("/a") && !text.contains("sentinel"), "{text}");
    }
}
