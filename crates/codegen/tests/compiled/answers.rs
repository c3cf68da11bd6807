//! What operations return, as it is written.

use std::sync::Arc;

use http::HeaderValue;
use serde_json::{Value, json};

use crate::Options;
use crate::ask::{Answer, get, post};

/// The answer of a document whose only operation gets the thing.
macro_rules! get_thing {
    ($document:ident, $response:expr) => {{
        #[allow(unused_imports)]
        use crate::$document::{server, server::GetThingResponse, types};
        struct Stub;
        impl server::Api for Stub {
            error_in_words!();
            async fn get_thing(
                &self,
                _: server::GetThingRequest,
            ) -> server::Outcome<GetThingResponse> {
                Ok($response)
            }
        }
        get(server::router(Arc::new(Stub), Options::default()), "/thing").send().await
    }};
}

fn assert_is(answer: &Answer, status: u16, body: &Value) {
    assert_eq!((answer.status.as_u16(), &answer.body), (status, body));
    assert_eq!(answer.header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn headers_are_written_and_those_without_a_value_left_out() {
    use crate::answer_with_headers::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn list_things(
            &self,
            _: server::ListThingsRequest,
        ) -> server::Outcome<server::ListThingsResponse> {
            let etag = Some(HeaderValue::from_static("\"1\""));
            let headers = server::ListThingsOkHeaders { x_total: -5, x_shown: None, etag };
            Ok(server::ListThingsResponse::Ok(vec!["a".into()], headers))
        }
    }
    let answer = get(server::router(Arc::new(Stub), Options::default()), "/things").send().await;
    assert_is(&answer, 200, &json!(["a"]));
    let headers = ["x-total", "x-shown", "etag"].map(|name| answer.header(name));
    assert_eq!(headers, [Some("-5"), None, Some("\"1\"")]);
}

#[tokio::test]
async fn an_answer_can_be_headers_alone() {
    use crate::answer_with_headers_and_no_body::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn order_thing(
            &self,
            _: server::OrderThingRequest,
        ) -> server::Outcome<server::OrderThingResponse> {
            let location = HeaderValue::from_static("/things/1");
            let headers = server::OrderThingAcceptedHeaders { location, retry_after: Some(9) };
            Ok(server::OrderThingResponse::Accepted(headers))
        }
    }
    let answer = post(server::router(Arc::new(Stub), Options::default()), "/things").send().await;
    assert_eq!((answer.status.as_u16(), &answer.body), (202, &Value::Null));
    let headers = ["location", "retry-after", "content-type"].map(|name| answer.header(name));
    assert_eq!(headers, [Some("/things/1"), Some("9"), None]);
}

#[tokio::test]
async fn an_error_with_headers_is_made_of_what_was_wrong_with_the_body() {
    use crate::error_with_headers::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn create_thing(
            &self,
            request: server::CreateThingRequest,
        ) -> server::Outcome<server::CreateThingResponse> {
            let headers = server::WrongHeaders { retry_after: Some(30) };
            Ok(match request.body {
                Ok(_) => server::CreateThingResponse::NoContent,
                Err(invalid) => server::CreateThingResponse::BadRequest(invalid.error, headers),
            })
        }
    }
    let router = server::router(Arc::new(Stub), Options::default());
    let answer = post(router, "/things").send_json("{}").await;
    assert_eq!(answer.error(), (400, "name is missing"));
    assert_eq!(answer.header("retry-after"), Some("30"));
}

#[tokio::test]
async fn a_broken_body_has_an_answer_where_no_error_is_common() {
    use crate::errors_not_common::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn count_things(
            &self,
            _: server::CountThingsRequest,
        ) -> server::Outcome<server::CountThingsResponse> {
            Ok(server::CountThingsResponse::Ok(3))
        }
        async fn create_thing(
            &self,
            request: server::CreateThingRequest,
        ) -> server::Outcome<server::CreateThingResponse> {
            match request.body {
                Ok(_) => Ok(server::CreateThingResponse::NoContent),
                Err(invalid) => Ok(invalid.into()),
            }
        }
    }
    let router = server::router(Arc::new(Stub), Options::default());
    let answer = post(router.clone(), "/things").send_json("{}").await;
    assert_eq!(answer.error(), (400, "name is missing"));
    assert_eq!(get(router, "/things").send().await.body, 3);
}

#[tokio::test]
async fn a_single_value_is_an_answer_and_so_is_null() {
    use crate::response_plain::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn get_count(
            &self,
            _: server::GetCountRequest,
        ) -> server::Outcome<server::GetCountResponse> {
            Ok(server::GetCountResponse::Ok(3))
        }
        async fn get_note(
            &self,
            _: server::GetNoteRequest,
        ) -> server::Outcome<server::GetNoteResponse> {
            Ok(server::GetNoteResponse::Ok(None))
        }
        async fn list_flags(
            &self,
            _: server::ListFlagsRequest,
        ) -> server::Outcome<server::ListFlagsResponse> {
            Ok(server::ListFlagsResponse::Ok(vec![Some(true), None]))
        }
    }
    let router = server::router(Arc::new(Stub), Options::default());
    for (uri, body) in
        [("/count", json!(3)), ("/note", Value::Null), ("/flags", json!([true, null]))]
    {
        assert_is(&get(router.clone(), uri).send().await, 200, &body);
    }
}

#[tokio::test]
async fn a_composed_object_is_written_flat() {
    let answer = get_thing!(
        response_all_of,
        GetThingResponse::Ok(types::OldThing { name: "a".into(), place: None, age: 7 })
    );
    assert_is(&answer, 200, &json!({ "name": "a", "age": 7 }));
}

#[tokio::test]
async fn a_choice_is_written_as_the_variant_that_it_is() {
    let whole =
        get_thing!(response_one_of, GetThingResponse::Ok(types::Whole { name: "a".into() }.into()));
    assert_is(&whole, 200, &json!({ "name": "a" }));
    let rumour =
        get_thing!(response_one_of, GetThingResponse::Ok(types::Thing::Rumour("lost".into())));
    assert_is(&rumour, 200, &json!("lost"));
}

#[tokio::test]
async fn an_object_with_free_keys_keeps_them() {
    let answer = get_thing!(
        map,
        GetThingResponse::Ok(types::Thing {
            name: "a".into(),
            labels: Some(types::Labels([("b".to_owned(), "c".to_owned())].into())),
            extra: [("d".to_owned(), 1)].into(),
        })
    );
    assert_is(&answer, 200, &json!({ "name": "a", "labels": { "b": "c" }, "d": 1 }));
}

#[tokio::test]
async fn a_recursive_value_is_written_to_its_end() {
    let answer = get_thing!(recursive_schema, {
        let empty = || types::Box { lid: None, label: None, boxes: Vec::new() };
        let lid = Some(Box::new(empty()));
        GetThingResponse::Ok(types::Box { lid, label: None, boxes: vec![empty()] })
    });
    assert_is(&answer, 200, &json!({ "lid": { "boxes": [] }, "boxes": [{ "boxes": [] }] }));
}

#[tokio::test]
async fn a_required_property_that_can_be_null_is_always_written() {
    let answer = get_thing!(nullable_reference, {
        let friends = vec![None, Some(types::Person { name: "a".into() })];
        GetThingResponse::Ok(types::Thing { owner: None, keeper: None, friends, maker: None })
    });
    assert_is(&answer, 200, &json!({ "owner": null, "friends": [null, { "name": "a" }] }));
}

#[tokio::test]
async fn a_secret_is_in_the_answer_and_in_no_debug_output() {
    let answer = get_thing!(answer_with_a_secret, {
        let secret = || ::cluster_agents_types::SecretString::from("sesame");
        let opener = types::Opener::Code(secret());
        let wrapped = Some(types::Wrapped(secret()));
        let thing = types::Thing { secret: secret(), key: secret(), opener, wrapped };
        let response = GetThingResponse::Ok(thing);
        assert!(!format!("{response:?}").contains("sesame"), "{response:?}");
        response
    });
    let sesame = "sesame";
    let thing = json!({ "secret": sesame, "key": sesame, "opener": sesame, "wrapped": sesame });
    assert_is(&answer, 200, &thing);
}

#[tokio::test]
async fn an_error_of_any_registered_status_is_written() {
    let answer = get_thing!(
        statuses_that_are_rare,
        GetThingResponse::ImATeapot(types::Error { error: Some("short and stout".into()) })
    );
    assert_eq!(answer.error(), (418, "short and stout"));
}

#[test]
fn an_integer_that_may_be_a_text_is_read_from_both_and_written_as_a_number() {
    use crate::integer_or_text::types::Thing;
    for (text, maker, kind) in [
        (r#"{"maker":7,"type":"8"}"#, Some(7), Some(8)),
        (r#"{"maker":"7"}"#, Some(7), None),
        (r#"{"maker":null,"type":null}"#, None, None),
    ] {
        let thing: Thing = serde_json::from_str(text).unwrap();
        assert_eq!(thing, Thing { maker, type_: kind }, "{text}");
    }
    let thing = Thing { maker: None, type_: Some(8) };
    assert_eq!(json!(thing), json!({ "maker": null, "type": 8 }));
    assert!(serde_json::from_str::<Thing>("{}").is_err(), "the maker has to be there");
}
