//! Credentials: who has to send one, and how a caller is refused.

use std::sync::Arc;

use axum::Router;
use http::Method;

use crate::Options;
use crate::ask::{Ask, get};

#[tokio::test]
async fn where_no_operation_asks_for_a_credential_none_is_looked_at() {
    use crate::no_credentials::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn list_things(
            &self,
            _: server::ListThingsRequest,
        ) -> server::Outcome<server::ListThingsResponse> {
            Ok(server::ListThingsResponse::Ok(vec![types::Thing { name: "a".into() }]))
        }
    }
    let router = server::router(Arc::new(Stub), Options::default());
    let answer = get(router, "/things").header("authorization", "Bearer x").send().await;
    assert_eq!((answer.status.as_u16(), answer.body), (200, serde_json::json!([{ "name": "a" }])));
}

fn keyed() -> Ask {
    use crate::api_key_only::{server, types};
    struct Stub;
    impl server::Api for Stub {
        type Caller = String;
        async fn authenticate(
            &self,
            operation: server::Operation,
            credential: server::Credential,
        ) -> server::Outcome<String> {
            let server::Credential::Key(key) = credential;
            Ok(format!("{}: {}", operation.id(), key.expose()))
        }
        error_in_words!();
        async fn delete_thing(
            &self,
            caller: String,
            _: server::DeleteThingRequest,
        ) -> server::Outcome<server::DeleteThingResponse> {
            assert_eq!(caller, "deleteThing: abc");
            Ok(server::DeleteThingResponse::NoContent)
        }
    }
    let router = server::router(Arc::new(Stub), Options::default());
    Ask::new(router, Method::DELETE, "/thing")
}

#[tokio::test]
async fn a_key_is_read_from_its_header_and_from_nowhere_else() {
    assert_eq!(keyed().header("x-shop-key", "abc").send().await.status, 204);
    for (name, value) in [("authorization", "Bearer abc"), ("x-key", "abc"), ("x-shop-key", "")] {
        let answer = keyed().header(name, value).send().await;
        assert_eq!(answer.error(), (401, "401 Unauthorized"), "{name}: {value}");
    }
}

fn half_open() -> Router {
    use crate::credentials_for_some::{server, types};
    struct Stub;
    impl server::Api for Stub {
        type Caller = ();
        async fn authenticate(
            &self,
            _: server::Operation,
            credential: server::Credential,
        ) -> Result<(), server::CallerErrorResponse> {
            let server::Credential::Bearer(token) = credential;
            let error = types::Error { error: Some("unknown".into()) };
            match token.expose() {
                "good" => Ok(()),
                "lost" => Err(server::ErrorResponse::NotFound(error).into()),
                _ => Err(server::CallerErrorResponse::Unauthorized(error)),
            }
        }
        error_in_words!();
        async fn get_version(
            &self,
            _: server::GetVersionRequest,
        ) -> server::Outcome<server::GetVersionResponse> {
            Ok(server::GetVersionResponse::Ok("1.0".into()))
        }
        async fn delete_thing(
            &self,
            (): (),
            _: server::DeleteThingRequest,
        ) -> server::Outcome<server::DeleteThingResponse> {
            Ok(server::DeleteThingResponse::NoContent)
        }
    }
    server::router(Arc::new(Stub), Options::default())
}

#[tokio::test]
async fn an_operation_without_credentials_is_open_and_the_one_beside_it_is_not() {
    assert_eq!(get(half_open(), "/version").send().await.body, "1.0");
    let delete = || Ask::new(half_open(), Method::DELETE, "/thing");
    assert_eq!(delete().send().await.error(), (401, "401 Unauthorized"));
    for (token, status) in [("good", 204), ("lost", 404), ("bad", 401)] {
        let answer = delete().header("authorization", &format!("Bearer {token}")).send().await;
        assert_eq!(answer.status, status, "{token}");
    }
}
