//! What is read beyond the document, and how malformed requests are answered.

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::json;

use crate::server::{AGENTS, Answer, Server};

#[tokio::test]
async fn a_field_is_read_from_json_form_or_query_and_the_body_wins() {
    let server = Server::start().await;
    let post = |path: &str| server.by("maintainer", Method::POST, path);
    let form = "application/x-www-form-urlencoded";
    for (request, name) in [
        (post(AGENTS).header(CONTENT_TYPE, form).body("name=form"), "form"),
        (post(&format!("{AGENTS}?name=query")), "query"),
        (post(&format!("{AGENTS}?name=query")).json(&json!({"name": "body"})), "body"),
        (post(AGENTS).json(&json!({"name": 123, "id": 77, "unknown": {}})), "123"),
        (
            post(AGENTS)
                .header(CONTENT_TYPE, "application/json; charset=utf-8")
                .body(r#"{"name":"charset"}"#),
            "charset",
        ),
    ] {
        assert_eq!(Answer::of(request).await.created()["name"], name);
    }
}

#[tokio::test]
async fn a_field_is_read_from_a_multipart_form() {
    let server = Server::start_with(|settings| settings.max_body_bytes = 1000).await;
    let post = |part: &str, value: &str| {
        let body =
            format!("--b\r\nContent-Disposition: form-data; {part}\r\n\r\n{value}\r\n--b--\r\n");
        let request = server.by("maintainer", Method::POST, AGENTS);
        Answer::of(request.header(CONTENT_TYPE, "multipart/form-data; boundary=b").body(body))
    };
    let created = post("name=\"name\"", "multipart").await.created();
    assert_eq!(created["name"], "multipart");
    let file = post("name=\"name\"; filename=\"a.txt\"", "a").await;
    file.is(400, json!({"error": "name is invalid"}));
    let large = post("name=\"name\"", &"a".repeat(1000)).await;
    assert!(large.status == 413 && large.body["error"].is_string());
    let request = server.by("maintainer", Method::POST, AGENTS);
    let cut = request.header(CONTENT_TYPE, "multipart/form-data; boundary=b").body("--b\r\n");
    assert_eq!(Answer::of(cut).await.status, 400);
}

#[tokio::test]
async fn a_body_that_is_no_object_has_no_fields() {
    let server = Server::start().await;
    for body in [json!([1]), json!("x"), json!(null)] {
        let answer = server.post("maintainer", AGENTS, body).await;
        answer.is(400, json!({"error": "name is missing"}));
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_a_400_and_another_media_type_a_415() {
    let server = Server::start().await;
    let post = |media_type: &str, body: &'static str| {
        let request = server.by("maintainer", Method::POST, AGENTS);
        request.header(CONTENT_TYPE, media_type.to_owned()).body(body)
    };
    let malformed = Answer::of(post("application/json", "{")).await;
    assert!(malformed.status == 400 && malformed.body["error"].is_string());
    let text = Answer::of(post("text/plain", "name=a")).await;
    assert!(text.status == 415 && text.body["error"].is_string());
    let empty = Answer::of(post("text/plain", "")).await;
    empty.is(400, json!({"error": "name is missing"}));
}

#[tokio::test]
async fn a_body_above_the_limit_is_a_413() {
    let server = Server::start_with(|settings| settings.max_body_bytes = 1000).await;
    let body = json!({"name": "a".repeat(1000)});
    let answer = server.post("maintainer", AGENTS, body).await;
    assert!(answer.status == 413 && answer.body["error"].is_string());
}

#[tokio::test]
async fn reads_and_deletions_do_not_mind_a_media_type_or_a_body() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    let get = server.by("developer", Method::GET, &agent).header(CONTENT_TYPE, "application/json");
    assert_eq!(Answer::of(get).await.status, 200);
    let delete = server.by("maintainer", Method::DELETE, &agent).json(&json!({}));
    Answer::of(delete).await.no_content();
}

#[tokio::test]
async fn numbers_in_the_path_may_be_written_in_odd_ways_and_nothing_else_may() {
    let server = Server::start().await;
    server.agent("agent-1").await;
    for id in ["1", "01", "+1", "%201"] {
        assert_eq!(server.get("developer", &format!("{AGENTS}/{id}")).await.status, 200, "{id}");
    }
    for id in ["0", "-1", "2", "99999999999999999999"] {
        let answer = server.get("developer", &format!("{AGENTS}/{id}")).await;
        answer.is(404, json!({"message": "404 Not found"}));
    }
    for id in ["abc", "0x10", "1e3", "1.0"] {
        let answer = server.get("developer", &format!("{AGENTS}/{id}")).await;
        answer.is(400, json!({"error": "agent_id is invalid"}));
    }
}

#[tokio::test]
async fn everything_that_is_wrong_with_the_form_is_told_together() {
    let server = Server::start().await;
    let (get, post) = (Method::GET, Method::POST);
    for (method, path, error) in [
        (&post, "/abc/tokens", "agent_id is invalid, name is missing"),
        (&post, "/abc/url_configurations", "agent_id is invalid, url is missing"),
        (&get, "/abc/tokens/def", "agent_id is invalid, token_id is invalid"),
        (
            &get,
            "/a/tokens?page=b&per_page=0",
            "agent_id is invalid, page is invalid, per_page has a value not allowed",
        ),
        (&get, "?per_page=c", "per_page is invalid"),
    ] {
        // Nothing of it needs a role.
        let request = server.by("guest", method.clone(), &format!("{AGENTS}{path}"));
        let answer = Answer::of(request.json(&json!({"description": null}))).await;
        answer.is(400, json!({"error": error}));
    }
    let tokens = format!("{AGENTS}/abc/tokens");
    let answer = server.post("maintainer", &tokens, json!({"name": [], "description": {}})).await;
    let error = "agent_id is invalid, name is invalid, description is invalid";
    answer.is(400, json!({"error": error}));
}

#[tokio::test]
async fn the_form_is_judged_before_the_project_and_the_role_and_what_is_named_after_them() {
    let server = Server::start().await;
    let (get, post, delete) = (Method::GET, Method::POST, Method::DELETE);
    let huge = "99999999999999999999";
    let project = json!({"message": "404 Project Not Found"});
    for (actor, method, path, status, body) in [
        (
            "guest",
            &post,
            "projects/99/cluster_agents".into(),
            400,
            json!({"error": "name is missing"}),
        ),
        (
            "guest",
            &post,
            "projects/no-path/cluster_agents".into(),
            400,
            json!({"error": "name is missing"}),
        ),
        ("guest", &get, "projects/no-path/cluster_agents".into(), 404, project.clone()),
        (
            "guest",
            &get,
            "projects/99/cluster_agents/abc".into(),
            400,
            json!({"error": "agent_id is invalid"}),
        ),
        ("guest", &delete, format!("projects/99/cluster_agents/{huge}"), 404, project),
        ("guest", &delete, format!("{AGENTS}/{huge}"), 403, json!({"message": "403 Forbidden"})),
        (
            "guest",
            &delete,
            format!("{AGENTS}/1/tokens/{huge}"),
            403,
            json!({"message": "403 Forbidden"}),
        ),
        (
            "guest",
            &post,
            format!("{AGENTS}/{huge}/tokens"),
            400,
            json!({"error": "name is missing"}),
        ),
        (
            "maintainer",
            &delete,
            format!("{AGENTS}/{huge}"),
            404,
            json!({"message": "404 Not found"}),
        ),
    ] {
        let answer = Answer::of(server.by(actor, method.clone(), &path)).await;
        assert_eq!((answer.status, &answer.body), (status, &body), "{actor}: {method} {path}");
    }
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_told_before_the_credential() {
    let server = Server::start_with(|settings| settings.max_body_bytes = 1000).await;
    let large = format!("{{\"name\":\"{}\"}}", "a".repeat(1000));
    for (media_type, body, status) in [
        ("application/json", "{", 400),
        ("application/json", large.as_str(), 413),
        ("text/plain", "name=a", 415),
        ("application/json", "{}", 401),
    ] {
        let request = server.request(Method::POST, AGENTS).header(CONTENT_TYPE, media_type);
        let answer = Answer::of(request.body(body.to_owned())).await;
        assert_eq!(answer.status, status, "{media_type} {}", answer.body);
    }
}

#[tokio::test]
async fn an_unknown_path_or_method_is_a_404_without_a_credential() {
    let server = Server::start().await;
    for (method, path) in [
        (Method::GET, "projects/20/cluster_agent"),
        (Method::GET, "projects/root/test/cluster_agents"),
        (Method::GET, "projects/20/cluster_agents/1/token/1"),
        (Method::GET, ""),
        (Method::DELETE, AGENTS),
        (Method::PUT, AGENTS),
        (Method::POST, "projects/20/cluster_agents/1"),
        (Method::PATCH, "projects/20/cluster_agents/1"),
        (Method::POST, "user"),
        (Method::GET, "../v3/projects"),
        (Method::GET, "../../anything"),
    ] {
        let answer = Answer::of(server.request(method.clone(), path)).await;
        assert_eq!(
            (answer.status, answer.body),
            (404, json!({"error": "404 Not Found"})),
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn a_slash_or_json_at_the_end_and_an_empty_query_do_not_matter() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    for path in [format!("{AGENTS}/"), format!("{AGENTS}?"), format!("{AGENTS}.json")] {
        assert_eq!(server.get("developer", &path).await.status, 200, "{path}");
    }
    for path in [format!("{agent}/"), format!("{agent}.json"), format!("{agent}/tokens/?")] {
        assert_eq!(server.get("developer", &path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn head_has_the_status_and_headers_of_get_without_a_body() {
    let server = Server::start().await;
    server.agent("agent-1").await;
    for path in [AGENTS, "projects/20/cluster_agents/1", "projects/20/cluster_agents/9", "user"] {
        let get = server.get("developer", path).await;
        let head = Answer::of(server.by("developer", Method::HEAD, path)).await;
        assert_eq!((head.status, &head.body), (get.status, &json!(null)), "{path}");
        for name in ["content-type", "content-length", "link", "x-total"] {
            assert_eq!(head.headers.get(name), get.headers.get(name), "{name} of {path}");
        }
    }
}

#[tokio::test]
async fn every_answer_has_an_id_and_the_headers_that_protect_browsers() {
    let server = Server::start().await;
    let mut ids = Vec::new();
    for path in [AGENTS, "nowhere", "projects/99/cluster_agents"] {
        let answer = server.get("developer", path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "SAMEORIGIN");
        assert_eq!(answer.header("content-type"), "application/json");
        assert!(answer.headers.get("location").is_none());
        ids.push(answer.header("x-request-id").to_owned());
    }
    ids.dedup();
    assert_eq!(ids.len(), 3);
}
