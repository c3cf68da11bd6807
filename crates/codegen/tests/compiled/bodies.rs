//! Bodies of requests: what is taken, and how the stub names what it refuses.

use std::sync::Arc;

use axum::body::Body;
use http::Method;
use serde_json::{Value, json};

use crate::Options;
use crate::ask::{Answer, Ask, post};

/// A stub for a document whose only operation creates a thing: takes what the schema takes.
macro_rules! create_thing {
    ($document:ident, $body:ident) => {{
        use crate::$document::{server, types};
        struct Stub;
        impl server::Api for Stub {
            error_in_words!();
            async fn create_thing(
                &self,
                request: server::CreateThingRequest,
            ) -> server::Outcome<server::CreateThingResponse> {
                let _: types::$body = request.body?;
                Ok(server::CreateThingResponse::NoContent)
            }
        }
        post(server::router(Arc::new(Stub), Options::default()), "/things")
    }};
}

/// Whether each body is taken, or with which error it is refused.
macro_rules! judged {
    ($document:ident, $body:ident, $($json:tt => $expected:expr),* $(,)?) => {
        $(assert_judged(create_thing!($document, $body), json!($json), $expected).await;)*
    };
}

const TAKEN: (u16, &str) = (204, "");

#[track_caller]
fn assert_answer(answer: &Answer, body: &str, expected: (u16, &str)) {
    assert_eq!(answer.error(), expected, "{body}");
}

async fn assert_judged(ask: Ask, body: Value, expected: (u16, &str)) {
    let answer = ask.send_json(&body).await;
    assert_answer(&answer, &body.to_string(), expected);
}

#[tokio::test]
async fn a_number_out_of_its_range_is_named() {
    judged! { body_with_integers_and_booleans, NewThing,
        { "size": 1, "shiny": true } => TAKEN,
        { "size": 40, "shiny": false, "age": null, "weight": 0.5 } => TAKEN,
        { "size": 0, "shiny": true } => (400, "size is out of range"),
        { "size": 41, "shiny": true } => (400, "size is out of range"),
        { "size": 1.5, "shiny": true } => (400, "size is invalid"),
        { "size": "1", "shiny": true } => (400, "size is invalid"),
        { "size": 1, "shiny": "true" } => (400, "shiny is invalid"),
        { "size": 1, "shiny": null } => (400, "shiny must not be null"),
        { "size": 1 } => (400, "shiny is missing"),
        { "size": 1, "shiny": true, "weight": "heavy" } => (400, "weight is invalid"),
        { "size": null, "age": "x" } => (400, "size must not be null, shiny is missing, age is invalid"),
    }
}

#[tokio::test]
async fn a_number_too_large_for_its_format_is_named() {
    judged! { integers_of_a_format, NewThing,
        { "small": 2_147_483_647, "large": i64::MAX, "port": 65535, "offset": 0, "share": 0.5 } => TAKEN,
        { "small": 2_147_483_648_i64 } => (400, "small is out of range"),
        { "port": 65536 } => (400, "port is out of range"),
        { "port": -1 } => (400, "port is out of range"),
        { "offset": -1 } => (400, "offset is out of range"),
        { "large": 9_223_372_036_854_775_808_u64 } => (400, "large is invalid"),
        { "share": "half" } => (400, "share is invalid"),
    }
}

#[tokio::test]
async fn an_exclusive_limit_is_out_of_range_itself() {
    judged! { integers_of_a_format, NewThing,
        { "many": 2 } => TAKEN,
        { "many": 8 } => TAKEN,
        { "many": 1 } => (400, "many is out of range"),
        { "many": 9 } => (400, "many is out of range"),
    }
}

#[tokio::test]
async fn a_nested_object_of_the_wrong_type_is_named_and_nothing_else_is() {
    judged! { body_with_nested_object, NewThing,
        { "name": "a", "place": { "shelf": 3 } } => TAKEN,
        { "name": "a", "place": { "shelf": 3 }, "labels": ["b"] } => TAKEN,
        { "name": "a", "place": { "shelf": "three" }, "labels": ["b"] } => (400, "place is invalid"),
        { "name": "a", "place": {} } => (400, "place is invalid"),
        { "name": "a", "place": "there" } => (400, "place is invalid"),
        { "name": "a", "place": { "shelf": 3 }, "labels": [1] } => (400, "labels is invalid"),
        { "name": "a", "place": { "shelf": 3 }, "labels": null } => (400, "labels must not be null"),
        { "name": "a", "labels": [] } => (400, "place is missing"),
    }
}

#[tokio::test]
async fn a_text_that_breaks_a_rule_is_named_with_the_rule() {
    judged! { body_with_texts, NewThing,
        { "name": "äöü", "nickname": null, "colour": "dark-blue", "shade": null, "tags": ["ab"] } => TAKEN,
        { "name": "a" } => (400, "name is shorter than 2 characters"),
        { "name": "abcdef" } => (400, "name is longer than 5 characters"),
        { "name": "AB" } => (400, "name has characters that are not allowed"),
        { "name": "ab", "nickname": "A" } => (400, "nickname is shorter than 2 characters"),
        { "name": "ab", "colour": "blue" } => (400, "colour has characters that are not allowed"),
        { "name": "ab", "shade": "grey" } => (400, "shade has characters that are not allowed"),
        { "name": "ab", "tags": ["AB"] } => (400, "tags is invalid"),
    }
}

#[tokio::test]
async fn a_text_of_a_format_is_only_judged_where_the_format_has_a_type() {
    let time = "2022-04-20T20:42:40Z";
    judged! { formats, NewThing,
        { "made_at": time, "password": "", "pin": null, "serial": "7", "day": "today" } => TAKEN,
        { "made_at": time, "password": "", "sold_at": null, "host": "here", "page": "this" } => TAKEN,
        { "made_at": "yesterday", "password": "" } => (400, "made_at is invalid"),
        { "made_at": time, "password": "", "sold_at": "never" } => (400, "sold_at is invalid"),
        { "made_at": time, "password": "", "pin": "123" } => (400, "pin is shorter than 4 characters"),
        { "made_at": time, "password": 7 } => (400, "password is invalid"),
        { "made_at": time, "password": "", "day": "the day after" } => (400, "day is longer than 10 characters"),
    }
}

#[tokio::test]
async fn schemas_named_like_types_of_rust_are_checked_like_others() {
    judged! { names_of_the_prelude, Option,
        { "string": "abc", "vec": ["a"], "result": "ok", "box": {} } => TAKEN,
        { "string": "abcd" } => (400, "string is longer than 3 characters"),
        { "string": "a", "vec": ["abcd"] } => (400, "vec is invalid"),
        { "string": "a", "result": "fine" } => (400, "result has characters that are not allowed"),
    }
}

#[tokio::test]
async fn what_is_not_sent_has_its_default() {
    use crate::defaults::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn create_thing(
            &self,
            request: server::CreateThingRequest,
        ) -> server::Outcome<server::CreateThingResponse> {
            let types::NewThing { name, size, shiny, colour } = request.body?;
            assert_eq!((name.as_str(), size, shiny), ("thing", 7, true));
            assert_eq!(colour, types::Colour::Blue);
            Ok(server::CreateThingResponse::NoContent)
        }
    }
    let router = server::router(Arc::new(Stub), Options::default());
    assert_eq!(post(router, "/things").send_json("{}").await.error(), TAKEN);
}

fn replace_thing(uri: &str) -> Ask {
    use crate::landing_on_422::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn replace_thing(
            &self,
            request: server::ReplaceThingRequest,
        ) -> server::Outcome<server::ReplaceThingResponse> {
            let _: (i64, Option<i64>) = (request.id?, request.dry_run?);
            let types::Thing { .. } = request.body?;
            Ok(server::ReplaceThingResponse::NoContent)
        }
    }
    let options = Options { body_limit: 32, ..Options::default() };
    Ask::new(server::router(Arc::new(Stub), options), Method::PUT, uri)
}

#[tokio::test]
async fn a_bad_request_lands_where_the_document_says() {
    let name = r#"{"name":"a"}"#;
    let answer = |uri, body: &str| replace_thing(uri).send_json(body.to_owned());
    assert_eq!(answer("/things/1", name).await.error(), TAKEN);
    for (uri, body, expected) in [
        ("/things/1", "{}", (422, "name is missing")),
        ("/things/1", "", (422, "name is missing")),
        ("/things/1", "{", (422, "the request body is not valid: no JSON at line 1 column 1")),
        ("/things/1?dry_run=x", name, (422, "dry_run is invalid")),
        ("/things/one", name, (404, "id is invalid")),
        ("/things/99999999999999999999", name, (404, "404 Not found")),
    ] {
        assert_answer(&answer(uri, body).await, body, expected);
    }
    let large = format!(r#"{{"name":"{}"}}"#, "a".repeat(32));
    assert_eq!(answer("/things/1", &large).await.status, 413);
    let text = replace_thing("/things/1").header("content-type", "text/plain");
    assert_eq!(text.send_body(Body::from("a")).await.status, 415);
}
