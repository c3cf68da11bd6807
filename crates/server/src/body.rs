//! Reads a request body and holds its fields against the schema.

use axum::body::Body;
use http::HeaderMap;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{Options, Rejection, Violation, ViolationKind};

/// A field of a body, as the document has it.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) kind: Kind,
}

/// The type of a field with the rules for its value.
pub(crate) enum Kind {
    /// A text; lengths in characters. `matches` is the parser of its type, which knows the pattern.
    Text {
        min: usize,
        max: usize,
        matches: fn(&str) -> bool,
    },
    /// A number without a fraction.
    Integer {
        min: i64,
        max: i64,
    },
    Boolean,
    /// Anything else; `is` tells whether a value is one of its type.
    Other {
        is: fn(&Value) -> bool,
    },
}

/// Whether a value is one of a type.
pub(crate) fn is<T: DeserializeOwned>(value: &Value) -> bool {
    T::deserialize(value).is_ok()
}

/// Reads the whole body and checks its fields.
///
/// The outer error is a body that cannot be read, the inner one a body whose fields break the
/// schema: an implementation may want to judge these later than the rights of the caller.
pub(crate) async fn read<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
    query: &[(String, String)],
    fields: &[Field],
    options: &Options,
) -> Result<Result<T, Vec<Violation>>, Rejection> {
    let bytes = collect(headers, body, options.body_limit).await?;
    let mut values = object(headers, &bytes, options)?;
    if options.lenient {
        merge(&mut values, query, fields);
    }
    Ok(check(values, fields, options.lenient))
}

async fn collect(headers: &HeaderMap, body: Body, limit: usize) -> Result<Vec<u8>, Rejection> {
    let announced =
        headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > limit) {
        return Err(Rejection::TooLarge { limit });
    }
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes().into()),
        Err(error) if error.is::<LengthLimitError>() => Err(Rejection::TooLarge { limit }),
        Err(_) => Err(Rejection::Body { reason: "it ended early".into() }),
    }
}

fn object(
    headers: &HeaderMap,
    bytes: &[u8],
    options: &Options,
) -> Result<Map<String, Value>, Rejection> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    match media_type(headers).as_deref() {
        None | Some("application/json") => json(bytes, options.lenient),
        Some("application/x-www-form-urlencoded") if options.lenient => form(bytes),
        Some(_) => Err(Rejection::MediaType),
    }
}

/// The media type without its parameters; none if the header is absent, blank if it is unreadable.
fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default();
    Some(essence.trim().to_ascii_lowercase())
}

fn json(bytes: &[u8], lenient: bool) -> Result<Map<String, Value>, Rejection> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) if lenient => Ok(Map::new()),
        Ok(_) => Err(Rejection::Body { reason: "it is not a JSON object".into() }),
        // The position alone: the text of the error may repeat a value, which may be a secret.
        Err(error) => Err(Rejection::Body {
            reason: format!("no JSON at line {} column {}", error.line(), error.column()),
        }),
    }
}

fn form(bytes: &[u8]) -> Result<Map<String, Value>, Rejection> {
    let reason = || Rejection::Body { reason: "it is not UTF-8".into() };
    let decoded: Vec<u8> = percent_encoding::percent_decode(bytes).collect();
    std::str::from_utf8(&decoded).map_err(|_| reason())?;
    let pairs = form_urlencoded::parse(bytes).into_owned();
    Ok(pairs.map(|(name, value)| (name, Value::String(value))).collect())
}

/// Takes what the body does not have from the query.
fn merge(values: &mut Map<String, Value>, query: &[(String, String)], fields: &[Field]) {
    for (name, value) in query {
        if fields.iter().any(|field| field.name == name) && !values.contains_key(name) {
            values.insert(name.clone(), Value::String(value.clone()));
        }
    }
}

fn check<T: DeserializeOwned>(
    mut values: Map<String, Value>,
    fields: &[Field],
    lenient: bool,
) -> Result<T, Vec<Violation>> {
    let mut violations = Vec::new();
    for field in fields {
        if lenient {
            coerce(&mut values, field);
        }
        let kind = match values.get(field.name) {
            None if field.required => Some(ViolationKind::Missing),
            None => None,
            Some(Value::Null) => (!field.nullable).then_some(ViolationKind::Null),
            Some(value) => broken(value, &field.kind),
        };
        violations.extend(kind.map(|kind| Violation { field: field.name, kind }));
    }
    if !violations.is_empty() {
        return Err(violations);
    }
    values.retain(|name, _| fields.iter().any(|field| field.name == name));
    // Every field was looked at, and a body has nothing beyond its fields.
    serde_json::from_value(Value::Object(values)).map_err(|_| Vec::new())
}

/// Numbers and booleans for a text are taken as their text, and the text of one for a number.
fn coerce(values: &mut Map<String, Value>, field: &Field) {
    let Some(value) = values.get_mut(field.name) else { return };
    match (&field.kind, &*value) {
        (Kind::Text { .. }, Value::Number(_) | Value::Bool(_)) => *value = value.to_string().into(),
        (Kind::Integer { .. } | Kind::Boolean, Value::String(text)) => {
            if let Ok(parsed @ (Value::Number(_) | Value::Bool(_))) = serde_json::from_str(text) {
                *value = parsed;
            }
        }
        _ => {}
    }
}

fn broken(value: &Value, kind: &Kind) -> Option<ViolationKind> {
    match (kind, value) {
        (Kind::Text { min, max, matches }, Value::String(text)) => {
            let length = text.chars().count();
            if length < *min {
                Some(ViolationKind::TooShort(*min))
            } else if length > *max {
                Some(ViolationKind::TooLong(*max))
            } else {
                (!matches(text) || text.contains('\0')).then_some(ViolationKind::Pattern)
            }
        }
        (Kind::Integer { min, max }, Value::Number(number)) => match number.as_i64() {
            Some(number) => (number < *min || number > *max).then_some(ViolationKind::Range),
            None => Some(ViolationKind::Type),
        },
        (Kind::Boolean, Value::Bool(_)) => None,
        (Kind::Other { is }, value) if is(value) => None,
        _ => Some(ViolationKind::Type),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[Field] = &[
        Field {
            name: "name",
            required: true,
            nullable: false,
            kind: Kind::Text { min: 1, max: 3, matches: |text| text != "bad" },
        },
        Field {
            name: "size",
            required: false,
            nullable: true,
            kind: Kind::Integer { min: 0, max: 9 },
        },
        Field {
            name: "tags",
            required: false,
            nullable: false,
            kind: Kind::Other { is: is::<Vec<String>> },
        },
    ];

    async fn body(text: &str, media_type: &str, lenient: bool) -> Result<Value, Rejection> {
        let headers = [(CONTENT_TYPE, media_type.parse().unwrap())].into_iter().collect();
        let options = Options { body_limit: 64, lenient };
        let query = [("size".to_owned(), "7".to_owned())];
        let body = Body::from(text.to_owned());
        read(&headers, body, &query, FIELDS, &options).await?.map_err(Rejection::Fields)
    }

    async fn violation(text: &str) -> Violation {
        match body(text, "application/json", false).await {
            Err(Rejection::Fields(mut violations)) => violations.remove(0),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn each_broken_rule_is_named_with_its_field() {
        for (text, field, kind) in [
            ("{}", "name", ViolationKind::Missing),
            ("", "name", ViolationKind::Missing),
            (r#"{"name":null}"#, "name", ViolationKind::Null),
            (r#"{"name":1}"#, "name", ViolationKind::Type),
            (r#"{"name":["a"]}"#, "name", ViolationKind::Type),
            (r#"{"name":""}"#, "name", ViolationKind::TooShort(1)),
            (r#"{"name":"äöüß"}"#, "name", ViolationKind::TooLong(3)),
            (r#"{"name":"bad"}"#, "name", ViolationKind::Pattern),
            (r#"{"name":"a\u0000"}"#, "name", ViolationKind::Pattern),
            (r#"{"name":"a","size":10}"#, "size", ViolationKind::Range),
            (r#"{"name":"a","size":1.5}"#, "size", ViolationKind::Type),
            (r#"{"name":"a","tags":["b",1]}"#, "tags", ViolationKind::Type),
            (r#"{"name":"a","tags":null}"#, "tags", ViolationKind::Null),
        ] {
            assert_eq!(violation(text).await, Violation { field, kind }, "{text}");
        }
    }

    #[tokio::test]
    async fn lengths_are_counted_in_characters_and_unknown_fields_are_left_out() {
        let value = body(r#"{"name":"äöü","size":null,"more":1}"#, "application/json", false).await;
        assert_eq!(value.unwrap(), serde_json::json!({"name": "äöü", "size": null}));
    }

    #[tokio::test]
    async fn all_violations_are_reported_at_once() {
        let refused = body(r#"{"size":"x"}"#, "application/json", false).await;
        let Err(Rejection::Fields(violations)) = refused else { panic!("{refused:?}") };
        assert_eq!(violations.len(), 2);
        assert_eq!(Rejection::Fields(violations).to_string(), "name is missing, size is invalid");
    }

    #[tokio::test]
    async fn only_a_lenient_stub_reads_forms_queries_and_numbers_as_text() {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(body("name=a", form, false).await, Err(Rejection::MediaType));
        let read = body("name=a", form, true).await.unwrap();
        assert_eq!(read, serde_json::json!({"name": "a", "size": 7}));
        let read = body(r#"{"name":12}"#, "application/json", true).await.unwrap();
        assert_eq!(read, serde_json::json!({"name": "12", "size": 7}));
    }

    #[tokio::test]
    async fn a_body_that_cannot_be_read_is_told_apart_from_one_that_breaks_a_rule() {
        for (text, media_type) in [("{", "application/json"), ("[1]", "application/json")] {
            let refused = body(text, media_type, false).await;
            assert!(matches!(refused, Err(Rejection::Body { .. })), "{refused:?}");
        }
        assert_eq!(body("a", "text/plain", true).await, Err(Rejection::MediaType));
        let large = format!(r#"{{"name":"{}"}}"#, "a".repeat(64));
        let refused = body(&large, "application/json", false).await;
        assert_eq!(refused, Err(Rejection::TooLarge { limit: 64 }));
    }

    #[tokio::test]
    async fn no_message_repeats_a_value() {
        for text in [r#"{"name":"sentinel"}"#, r#"{"name":sentinel}"#, r#""sentinel""#] {
            let refused = body(text, "application/json", false).await.unwrap_err();
            assert!(!refused.to_string().contains("sentinel"), "{refused}");
        }
    }
}
