//! Parameters of the path, the query and the headers.

use std::sync::Arc;

use axum::Router;

use crate::Options;
use crate::ask::{Ask, get};

fn list_things() -> Router {
    use crate::parameter_enum::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn list_things(
            &self,
            request: server::ListThingsRequest,
        ) -> server::Outcome<server::ListThingsResponse> {
            let order = request.order_by?.unwrap_or(types::Order::CreatedAt);
            Ok(server::ListThingsResponse::Ok(vec![order.to_string()]))
        }
    }
    server::router(Arc::new(Stub), Options::default())
}

#[tokio::test]
async fn one_of_the_words_is_taken_and_any_other_refused() {
    for (query, order) in [("?order_by=name", "name"), ("", "created-at")] {
        let answer = get(list_things(), &format!("/things{query}")).send().await;
        assert_eq!(answer.body, serde_json::json!([order]), "{query}");
    }
    for query in ["?order_by=age", "?order_by=Name", "?order_by="] {
        let answer = get(list_things(), &format!("/things{query}")).send().await;
        assert_eq!(answer.error(), (400, "order_by is invalid"), "{query}");
    }
}

fn find_thing(uri: &str, headers: &[(&str, &str)]) -> Ask {
    use crate::parameter_required::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn find_thing(
            &self,
            request: server::FindThingRequest,
        ) -> server::Outcome<server::FindThingResponse> {
            let server::FindThingRequest { name, limit, x_region, x_depth, .. } = request;
            let found: (String, i64, String, i64) = (name?, limit?, x_region?, x_depth?);
            Ok(server::FindThingResponse::Ok(format!("{found:?}")))
        }
    }
    let router = server::router(Arc::new(Stub), Options::default());
    headers.iter().fold(get(router, uri), |ask, (name, value)| ask.header(name, value))
}

#[tokio::test]
async fn a_required_parameter_that_is_missing_is_named() {
    let (uri, region, depth) = ("/things?name=a&limit=2", ("X-Region", "eu"), ("x-depth", "3"));
    let answer = find_thing(uri, &[region, depth]).send().await;
    assert_eq!(answer.body, r#"("a", 2, "eu", 3)"#);
    for (uri, headers, error) in [
        ("/things?limit=2", &[region, depth][..], "name is invalid"),
        ("/things?name=a", &[region, depth], "limit is invalid"),
        ("/things?name=a&limit=", &[region, depth], "limit is invalid"),
        ("/things?name=a&limit=two", &[region, depth], "limit is invalid"),
        (uri, &[depth], "X-Region is invalid"),
        (uri, &[region], "X-Depth is invalid"),
        (uri, &[region, ("x-depth", "deep")], "X-Depth is invalid"),
    ] {
        let answer = find_thing(uri, headers).send().await;
        assert_eq!(answer.error(), (400, error), "{uri} {headers:?}");
    }
}

fn select_thing() -> Router {
    use crate::parameter_types::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn get_thing(
            &self,
            request: server::GetThingRequest,
        ) -> server::Outcome<server::GetThingResponse> {
            let _ = (request.until?, request.word?, request.offset?, request.x_depth?);
            let since = request.since?.map(|since| since.to_string());
            let text = since.or(request.host?.map(|host| host.to_string()));
            Ok(server::GetThingResponse::Ok(text.unwrap_or_default()))
        }
    }
    server::router(Arc::new(Stub), Options::default())
}

#[tokio::test]
async fn a_parameter_is_judged_by_its_type() {
    for (query, text) in [
        ("since=2022-04-20T22:42:40%2B02:00", "2022-04-20T20:42:40.000Z"),
        ("host=anywhere", "anywhere"),
        ("until=2022-04-20T20:42:40Z&word=abc&offset=9223372036854775807&serial=7", ""),
    ] {
        let answer = get(select_thing(), &format!("/thing?{query}")).send().await;
        assert_eq!(answer.body, text, "{query}");
    }
    for (query, error) in [
        ("since=yesterday", "since is invalid"),
        ("until=tomorrow", "until is invalid"),
        ("word=ABC", "word is invalid"),
        ("offset=-1", "offset is invalid"),
    ] {
        let answer = get(select_thing(), &format!("/thing?{query}")).send().await;
        assert_eq!(answer.error(), (400, error), "{query}");
    }
    let deep = |depth| get(select_thing(), "/thing").header("x-depth", depth).send();
    assert_eq!(deep("32767").await.status, 200);
    assert_eq!(deep("32768").await.error(), (400, "X-Depth is invalid"));
}

fn parts() -> Router {
    use crate::path_with_several_parameters::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn get_thing(
            &self,
            request: server::GetThingRequest,
        ) -> server::Outcome<server::GetThingResponse> {
            Ok(server::GetThingResponse::Ok(format!("{} {}", request.shop, request.id?)))
        }
        async fn get_part(
            &self,
            request: server::GetPartRequest,
        ) -> server::Outcome<server::GetPartResponse> {
            let server::GetPartRequest { name, thing, part_id, .. } = request;
            Ok(server::GetPartResponse::Ok(format!("{name} {} {}", thing?, *part_id?)))
        }
    }
    server::router(Arc::new(Stub), Options::default())
}

#[tokio::test]
async fn a_parameter_of_a_path_is_taken_by_its_name() {
    for (uri, text) in
        [("/shops/a%2Fb/things/1", "a/b 1"), ("/shops/a/things/1/parts/32767", "a 1 32767")]
    {
        assert_eq!(get(parts(), uri).send().await.body, text, "{uri}");
    }
    for (uri, error) in [
        ("/shops/a/things/x", "id is invalid"),
        ("/shops/a/things/1/parts/32768", "404 Not found"),
        ("/shops/a/things/2147483648/parts/1", "404 Not found"),
        ("/shops/%FF/things/1", "404 Not found"),
        ("/shops/a/things", "404 Not Found"),
    ] {
        assert_eq!(get(parts(), uri).send().await.error(), (404, error), "{uri}");
    }
}

#[tokio::test]
async fn the_uri_and_a_parameter_of_that_name_are_told_apart() {
    use crate::names_that_are_taken::{server, types};
    struct Stub;
    impl server::Api for Stub {
        error_in_words!();
        async fn request(
            &self,
            request: server::RequestRequest,
        ) -> server::Outcome<server::RequestResponse> {
            let uri = request.uri_.unwrap_or_default();
            Ok(server::RequestResponse::Ok(format!("{uri} of {}", request.uri.path())))
        }
    }
    let router = server::router(Arc::new(Stub), Options::default());
    let answer = get(router, "/things/a?uri=b").send().await;
    assert_eq!(answer.body, "b of /things/a");
}
