//! From JSON to operations: `$ref` followed, path and operation put together.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Body, Header, Location, Method, Operation, Parameter, Response, SchemaRef};
use crate::document::shape::Outline;
use crate::document::source::Source;
use crate::document::{json, model, pointer};

/// All operations in the order of the document. Parts that a rule refuses are left out.
pub(in crate::document) fn all(source: &Source, outline: &Outline) -> Vec<Operation> {
    let read = |pointer: &str| Reader { source }.operation(pointer);
    outline.each(&model::OPERATION).filter_map(|place| read(&place.pointer)).collect()
}

struct Reader<'a> {
    source: &'a Source,
}

impl Reader<'_> {
    fn operation(&self, pointer: &str) -> Option<Operation> {
        let item = pointer::parent(pointer);
        let value = self.source.at(pointer);
        Some(Operation {
            id: json::text(value, "operationId").to_owned(),
            method: Method::of(&pointer::last(pointer))?,
            path: pointer::last(item),
            pointer: pointer.to_owned(),
            summary: json::text(value, "summary").to_owned(),
            description: json::text(value, "description").to_owned(),
            parameters: self.parameters(item, pointer),
            body: self.body(&pointer::join(pointer, "requestBody")),
            responses: self.responses(&pointer::join(pointer, "responses")),
            security: self.security(value),
            extensions: extensions(value),
        })
    }

    fn parameters(&self, item: &str, operation: &str) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for list in [item, operation].map(|holder| pointer::join(holder, "parameters")) {
            for index in 0..self.source.at(&list).as_array().map_or(0, Vec::len) {
                let Some(new) = self.parameter(&pointer::join(&list, index.to_string())) else {
                    continue;
                };
                let same = |old: &Parameter| (&old.name, old.location) == (&new.name, new.location);
                match parameters.iter_mut().find(|old| same(old)) {
                    Some(old) => *old = new,
                    None => parameters.push(new),
                }
            }
        }
        parameters
    }

    fn parameter(&self, pointer: &str) -> Option<Parameter> {
        let resolved = self.source.resolve(pointer);
        let location = match resolved.value.get("in")?.as_str()? {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            _ => return None,
        };
        Some(Parameter {
            name: json::text(resolved.value, "name").to_owned(),
            location,
            required: json::flag(resolved.value, "required"),
            description: json::text(resolved.value, "description").to_owned(),
            schema: SchemaRef::of(resolved.value.get("schema")?),
            pointer: resolved.pointer,
        })
    }

    fn body(&self, pointer: &str) -> Option<Body> {
        let resolved = self.source.resolve(pointer);
        let (media_type, content) = resolved.value.get("content")?.as_object()?.iter().next()?;
        Some(Body {
            required: json::flag(resolved.value, "required"),
            media_type: media_type.clone(),
            schema: SchemaRef::of(content.get("schema")?),
            pointer: resolved.pointer,
        })
    }

    fn responses(&self, pointer: &str) -> Vec<Response> {
        let statuses = self.source.at(pointer).as_object().into_iter().flatten();
        let response = |status: &String| self.response(&pointer::join(pointer, status), status);
        let mut responses: Vec<_> = statuses.filter_map(|(status, _)| response(status)).collect();
        responses.sort_by_key(|response| response.status);
        responses
    }

    fn response(&self, pointer: &str, status: &str) -> Option<Response> {
        let resolved = self.source.resolve(pointer);
        let content = resolved.value.get("content").and_then(Value::as_object);
        let media_type = content.and_then(|content| content.values().next());
        Some(Response {
            status: status.parse().ok()?,
            component: resolved.component,
            description: json::text(resolved.value, "description").to_owned(),
            headers: self.headers(&pointer::join(&resolved.pointer, "headers")),
            schema: media_type.and_then(|media_type| media_type.get("schema")).map(SchemaRef::of),
            pointer: resolved.pointer,
        })
    }

    fn headers(&self, pointer: &str) -> Vec<Header> {
        let names = self.source.at(pointer).as_object().into_iter().flatten().map(|(name, _)| name);
        let mut places: Vec<_> = names.map(|name| pointer::join(pointer, name)).collect();
        places.sort_by_key(|place| self.source.position(place));
        places.iter().filter_map(|place| self.header(place)).collect()
    }

    fn header(&self, pointer: &str) -> Option<Header> {
        let resolved = self.source.resolve(pointer);
        Some(Header {
            name: pointer::last(pointer),
            required: json::flag(resolved.value, "required"),
            description: json::text(resolved.value, "description").to_owned(),
            schema: SchemaRef::of(resolved.value.get("schema")?),
            pointer: resolved.pointer,
        })
    }

    fn security(&self, operation: &Value) -> Vec<String> {
        let own = operation.get("security").or_else(|| self.source.json().get("security"));
        let alternatives = own.and_then(Value::as_array).into_iter().flatten();
        alternatives
            .filter_map(Value::as_object)
            .flat_map(|schemes| schemes.keys().cloned())
            .collect()
    }
}

fn extensions(value: &Value) -> BTreeMap<String, Value> {
    let members = value.as_object().into_iter().flatten();
    let own = members.filter(|(key, _)| key.starts_with("x-"));
    own.map(|(key, value)| (key.clone(), value.clone())).collect()
}
