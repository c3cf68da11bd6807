//! Examples and defaults.

use std::collections::HashMap;

use jsonschema::{Draft as JsonSchema, Registry, Validator};
use serde_json::json;

use crate::document::draft::Draft;
use crate::document::{json as read, model, pointer};
use crate::finding::Finding;

mod convert;

pub(super) fn valid(document: &Draft, findings: &mut Vec<Finding>) {
    let mut judge = Judge::new(document);
    for (place, _) in document.each(&model::SCHEMA) {
        for key in ["example", "default"] {
            let at = pointer::join(&place.pointer, key);
            judge.compare(&place.pointer, &at, findings);
        }
    }
    for object in [&model::MEDIA_TYPE, &model::PARAMETER, &model::HEADER] {
        for (place, value) in document.each(object) {
            let schema = pointer::join(&place.pointer, "schema");
            judge.compare(&schema, &pointer::join(&place.pointer, "example"), findings);
            for (name, _) in read::members(value, "examples") {
                let example = pointer::join(&pointer::join(&place.pointer, "examples"), name);
                let example = document.source.resolve(&example).pointer;
                judge.compare(&schema, &pointer::join(&example, "value"), findings);
            }
        }
    }
}

/// Compares values with schemas, and keeps the validators: many examples share few schemas.
struct Judge<'a> {
    document: &'a Draft,
    components: Result<Registry<'static>, String>,
    validators: HashMap<String, Result<Validator, String>>,
}

impl<'a> Judge<'a> {
    fn new(document: &'a Draft) -> Self {
        let schemas = read::members(document.source.at("/components"), "schemas");
        let schemas = schemas.map(|(name, schema)| (name.clone(), convert::schema(schema)));
        let schemas: serde_json::Map<_, _> = schemas.collect();
        let components = json!({ "components": { "schemas": schemas } });
        let registry = Registry::new().draft(JsonSchema::Draft4).add(convert::BASE, components);
        let registry = registry.and_then(|registry| registry.prepare());
        let components = registry.map_err(|error| error.to_string());
        Self { document, components, validators: HashMap::new() }
    }

    /// Judges the value at one pointer, if there is one, by the schema at another.
    fn compare(&mut self, schema: &str, value: &str, findings: &mut Vec<Finding>) {
        let document = self.document;
        let Some(instance) = document.source.json().pointer(value) else { return };
        if document.source.at(schema).is_null() {
            return; // another rule asks for the schema
        }
        let objections: Vec<_> = match self.validator(schema) {
            Ok(validator) => {
                let errors = validator.iter_errors(instance);
                errors
                    .map(|error| (error.instance_path().to_string(), error.masked().to_string()))
                    .collect()
            }
            Err(error) => vec![(String::new(), error.clone())],
        };
        for (path, message) in objections {
            let at = format!("{value}{path}");
            let message = format!("the {} is not valid: {message}", name_of(value));
            let help = "Correct the value, or the schema if the value is right.";
            findings.push(document.finding("example", &at, message, help));
        }
    }

    fn validator(&mut self, schema: &str) -> &Result<Validator, String> {
        let resolved = self.document.source.resolve(schema);
        let components = &self.components;
        self.validators.entry(resolved.pointer).or_insert_with(|| {
            let schema = convert::schema(resolved.value);
            let options = jsonschema::options().with_draft(JsonSchema::Draft4);
            let options = options.should_validate_formats(true);
            let options = options.with_registry(components.as_ref().map_err(Clone::clone)?);
            options.build(&schema).map_err(|error| error.to_string())
        })
    }
}

fn name_of(value: &str) -> &'static str {
    if value.ends_with("/default") { "default" } else { "example" }
}
