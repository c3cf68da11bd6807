//! From a method and a path to an operation.

use std::sync::Arc;

use http::Method;

use crate::Options;
use crate::ask::Ask;
use crate::methods::{server, types};

struct Stub;

/// Operations that answer with their own names, which no other 404 has.
macro_rules! operations {
    ($($function:ident: $request:ident => $response:ident),*) => {
        impl server::Api for Stub {
            error_in_words!();
            $(async fn $function(
                &self,
                _: server::$request,
            ) -> server::Outcome<server::$response> {
                let error = types::Error { error: Some(stringify!($function).into()) };
                Ok(server::$response::NotFound(error))
            })*
            async fn check_thing(
                &self,
                _: server::CheckThingRequest,
            ) -> server::Outcome<server::CheckThingResponse> {
                Ok(server::CheckThingResponse::NoContent)
            }
        }
    };
}

operations! {
    get_thing: GetThingRequest => GetThingResponse,
    make_thing: MakeThingRequest => MakeThingResponse,
    replace_thing: ReplaceThingRequest => ReplaceThingResponse,
    change_thing: ChangeThingRequest => ChangeThingResponse,
    delete_thing: DeleteThingRequest => DeleteThingResponse
}

fn ask(method: Method, uri: &str) -> Ask {
    Ask::new(server::router(Arc::new(Stub), Options::default()), method, uri)
}

#[tokio::test]
async fn every_method_leads_to_its_operation() {
    for (method, function) in [
        (Method::GET, "get_thing"),
        (Method::POST, "make_thing"),
        (Method::PUT, "replace_thing"),
        (Method::PATCH, "change_thing"),
        (Method::DELETE, "delete_thing"),
    ] {
        let answer = ask(method.clone(), "/thing").send().await;
        assert_eq!(answer.error(), (404, function), "{method}");
    }
    // Where it has an operation of its own, HEAD is not served by that for GET.
    assert_eq!(ask(Method::HEAD, "/thing").send().await.status, 204);
}

#[tokio::test]
async fn an_unknown_method_or_path_is_a_404_of_the_documents_form() {
    for (method, uri) in [
        (Method::OPTIONS, "/thing"),
        (Method::TRACE, "/thing"),
        (Method::GET, "/things"),
        (Method::GET, "/thing/"),
        (Method::GET, "/"),
    ] {
        let answer = ask(method.clone(), uri).send().await;
        assert_eq!(answer.error(), (404, "404 Not Found"), "{method} {uri}");
    }
}

#[test]
fn an_operation_knows_its_method_and_path() {
    for operation in server::Operation::ALL {
        assert_eq!(operation.path(), "/thing");
    }
    assert_eq!(server::Operation::CheckThing.method(), Method::HEAD);
    assert_eq!(server::Operation::ChangeThing.id(), "changeThing");
}
