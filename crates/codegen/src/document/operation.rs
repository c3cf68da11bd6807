//! The operations, with everything resolved that a generator asks for.

use std::collections::BTreeMap;

use serde_json::Value;

use super::pointer;

mod read;

pub(super) use read::all;

/// The method of an operation; others are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `HEAD`
    Head,
}

impl Method {
    /// The method with a name as in a path item.
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "get" => Self::Get,
            "post" => Self::Post,
            "put" => Self::Put,
            "patch" => Self::Patch,
            "delete" => Self::Delete,
            "head" => Self::Head,
            _ => return None,
        })
    }

    /// The method as a path item and axum write it: `get`.
    #[must_use]
    pub fn lower(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
            Self::Head => "head",
        }
    }

    /// The method as a request line has it: `GET`.
    #[must_use]
    pub fn upper(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
        }
    }
}

/// An operation: a method of a path.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The `operationId`.
    pub id: String,
    /// The method.
    pub method: Method,
    /// The path template, without the base path of the server.
    pub path: String,
    /// Where it stands in the document.
    pub pointer: String,
    /// What it does, in a few words.
    pub summary: String,
    /// What it does, in full.
    pub description: String,
    /// Those of the path first, then its own; an own one replaces that of the path.
    pub parameters: Vec<Parameter>,
    /// What a request must or may send.
    pub body: Option<Body>,
    /// By status, ascending.
    pub responses: Vec<Response>,
    /// The names of the security schemes of which one is enough; empty if no credential is needed.
    pub security: Vec<String>,
    /// The keys that begin with `x-`.
    pub extensions: BTreeMap<String, Value>,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name as it is sent.
    pub name: String,
    /// Where it is sent.
    pub location: Location,
    /// Whether a request without it is wrong.
    pub required: bool,
    /// What it means.
    pub description: String,
    /// What it may be.
    pub schema: SchemaRef,
    /// Where it is defined, `$ref` followed.
    pub pointer: String,
}

/// The body of a request.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether a request without it is wrong.
    pub required: bool,
    /// Its only media type.
    pub media_type: String,
    /// What it may be.
    pub schema: SchemaRef,
    /// Where it is defined, `$ref` followed.
    pub pointer: String,
}

/// A documented answer.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// Its name, if it is one of `components.responses`.
    pub component: Option<String>,
    /// When it is sent.
    pub description: String,
    /// In the order of the document.
    pub headers: Vec<Header>,
    /// What its JSON body is; none if it has no body.
    pub schema: Option<SchemaRef>,
    /// Where it is defined, `$ref` followed.
    pub pointer: String,
}

impl Response {
    /// Whether the status is a 2xx.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Whether the status is a 4xx or 5xx.
    #[must_use]
    pub fn is_error(&self) -> bool {
        (400..600).contains(&self.status)
    }
}

/// A header of an answer.
#[derive(Debug, Clone)]
pub struct Header {
    /// The name as it is written in the document.
    pub name: String,
    /// Whether every such answer has it.
    pub required: bool,
    /// What it means.
    pub description: String,
    /// What it may be.
    pub schema: SchemaRef,
    /// Where it is defined, `$ref` followed.
    pub pointer: String,
}

/// A schema where it is used.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemaRef {
    /// One of `components.schemas`, by its name there.
    Named(String),
    /// A list, with no other constraint.
    ArrayOf(Box<SchemaRef>),
    /// Written in place.
    Inline(Value),
}

impl SchemaRef {
    fn of(schema: &Value) -> Self {
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return Self::Named(pointer::last(target));
        }
        let plain =
            |key: &String| matches!(key.as_str(), "type" | "items" | "description" | "example");
        let members = schema.as_object();
        match (schema.get("type").and_then(Value::as_str), schema.get("items")) {
            (Some("array"), Some(items)) if members.is_some_and(|all| all.keys().all(plain)) => {
                Self::ArrayOf(Box::new(Self::of(items)))
            }
            _ => Self::Inline(schema.clone()),
        }
    }
}
