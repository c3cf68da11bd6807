use std::time::{Duration, SystemTime};

use reqwest::Method;
use serde_json::{Value, json};

use crate::server::{AGENTS, Answer, Server, all};

#[tokio::test]
async fn an_agent_is_shown_as_documented_by_register_get_and_list() {
    let server = Server::start().await;
    let mut agent = server.post("maintainer", AGENTS, json!({"name": "agent-1"})).await.created();
    let id = agent["id"].clone();
    assert_eq!(server.get("developer", &format!("{AGENTS}/{id}")).await.ok(), agent);
    assert_eq!(server.get("developer", AGENTS).await.ok(), json!([agent]));
    agent["created_at"] = "[now]".into();
    insta::assert_json_snapshot!(agent, @r#"
    {
      "id": 1,
      "name": "agent-1",
      "config_project": {
        "id": 20,
        "description": "",
        "name": "test",
        "name_with_namespace": "Administrator / test",
        "path": "test",
        "path_with_namespace": "root/test",
        "created_at": "2022-03-20T20:42:40.221Z"
      },
      "created_at": "[now]",
      "created_by_user_id": 42,
      "is_receptive": false
    }
    "#);
}

#[tokio::test]
async fn names_that_break_a_rule_are_refused_with_its_words() {
    let server = Server::start().await;
    let rule = "Name can contain only lowercase letters, digits, and '-', \
                but cannot start or end with '-'";
    for name in ["A", "-a", "a-", "a_b", "a\n", "é", " "] {
        let answer = server.post("maintainer", AGENTS, json!({"name": name})).await;
        answer.breaks(&format!("[{rule:?}]"));
    }
    for name in [json!(null), json!("")] {
        let answer = server.post("maintainer", AGENTS, json!({"name": name})).await;
        answer.breaks(&format!("[\"Name can't be blank\", {rule:?}]"));
    }
    let long = server.post("maintainer", AGENTS, json!({"name": "a".repeat(64)})).await;
    long.breaks("[\"Name is too long (maximum is 63 characters)\"]");
    for name in ["1", "a--b", &"a".repeat(63)] {
        server.post("maintainer", AGENTS, json!({"name": name})).await.created();
    }
}

#[tokio::test]
async fn a_missing_name_is_told_before_the_role_and_a_broken_one_after() {
    let server = Server::start().await;
    for body in [json!({}), json!({"title": "a"})] {
        server.post("guest", AGENTS, body).await.is(400, json!({"error": "name is missing"}));
    }
    let wrong_type = server.post("guest", AGENTS, json!({"name": ["a"]})).await;
    wrong_type.is(400, json!({"error": "name is invalid"}));
    let broken = server.post("guest", AGENTS, json!({"name": "A"})).await;
    broken.is(403, json!({"message": "403 Forbidden"}));
}

#[tokio::test]
async fn a_name_is_taken_only_within_its_project_and_only_while_its_agent_exists() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    let again = json!({"name": "agent-1"});
    let taken = server.post("maintainer", AGENTS, again.clone()).await;
    taken.breaks("[\"Name has already been taken\"]");
    server.post("maintainer", "projects/21/cluster_agents", again.clone()).await.created();
    server.delete("maintainer", &agent).await.no_content();
    let new = server.post("maintainer", AGENTS, again).await.created();
    assert_ne!(format!("{AGENTS}/{}", new["id"]), agent);
}

#[tokio::test]
async fn a_deleted_agent_is_gone_with_everything_that_belongs_to_it() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    server.post("maintainer", &format!("{agent}/tokens"), json!({"name": "t"})).await.created();
    let url = json!({"url": "grpc://h"});
    server.post("maintainer", &format!("{agent}/url_configurations"), url).await.created();
    server.delete("maintainer", &agent).await.no_content();
    for path in [&agent, &format!("{agent}/tokens"), &format!("{agent}/url_configurations")] {
        server.get("maintainer", path).await.is(404, json!({"message": "404 Not found"}));
    }
    let again = server.delete("maintainer", &agent).await;
    again.is(404, json!({"message": "404 Not found"}));
    assert_eq!(server.get("maintainer", AGENTS).await.ok(), json!([]));
}

#[tokio::test]
async fn an_agent_of_another_project_is_not_found() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    let elsewhere = agent.replace("/20/", "/21/");
    for answer in [
        server.get("maintainer", &elsewhere).await,
        server.delete("maintainer", &elsewhere).await,
        server.get("maintainer", &format!("{elsewhere}/tokens")).await,
        server.post("maintainer", &format!("{elsewhere}/tokens"), json!({"name": "t"})).await,
    ] {
        answer.is(404, json!({"message": "404 Not found"}));
    }
}

#[tokio::test]
async fn the_list_is_sorted_by_name_and_paged_as_its_headers_say() {
    let server = Server::start().await;
    for name in ["c", "a", "e", "b", "d"] {
        server.agent(name).await;
    }
    let page = server.get("developer", &format!("{AGENTS}?page=2&per_page=2&x=y")).await;
    for (name, value) in [
        ("x-total", "5"),
        ("x-total-pages", "3"),
        ("x-per-page", "2"),
        ("x-page", "2"),
        ("x-next-page", "3"),
        ("x-prev-page", "1"),
    ] {
        assert_eq!(page.header(name), value, "{name}");
    }
    let link = page.header("link").replace(&server.address().to_string(), "[address]");
    insta::assert_snapshot!(link.replace(", ", ",\n"), @r#"
    <http://[address]/api/v4/projects/20/cluster_agents?id=20&page=1&per_page=2&x=y>; rel="prev",
    <http://[address]/api/v4/projects/20/cluster_agents?id=20&page=3&per_page=2&x=y>; rel="next",
    <http://[address]/api/v4/projects/20/cluster_agents?id=20&page=1&per_page=2&x=y>; rel="first",
    <http://[address]/api/v4/projects/20/cluster_agents?id=20&page=3&per_page=2&x=y>; rel="last"
    "#);
    assert_eq!(all(&page.ok(), "name"), ["c", "d"]);
}

#[tokio::test]
async fn following_the_links_shows_every_agent_once() {
    let server = Server::start().await;
    for number in 0..7 {
        server.agent(&format!("agent-{number}")).await;
    }
    let mut names = Vec::new();
    let mut next = Some(format!("{AGENTS}?per_page=3"));
    while let Some(path) = next {
        let page = server.get("developer", &path).await;
        let links = page.header("link").to_owned();
        let link = links.split(", ").find(|link| link.ends_with("rel=\"next\""));
        let root = format!("<{}/", server.running.base_url());
        next = link.map(|link| link.split('>').next().unwrap().replace(&root, ""));
        names.extend(all(&page.ok(), "name"));
    }
    let expected: Vec<Value> = (0..7).map(|number| format!("agent-{number}").into()).collect();
    assert_eq!(names, expected);
}

#[tokio::test]
async fn page_numbers_and_sizes_are_brought_into_range_or_refused() {
    let server = Server::start().await;
    server.agent("agent-1").await;
    let get = async |query: &str| server.get("developer", &format!("{AGENTS}?{query}")).await;
    for (query, page, per_page) in [
        ("page=0", "1", "20"),
        ("page=-3", "1", "20"),
        ("page=&per_page=", "1", "20"),
        ("per_page=101", "1", "100"),
        ("per_page=-1", "1", "20"),
        ("page=9", "9", "20"),
    ] {
        let answer = get(query).await;
        assert_eq!(
            (answer.header("x-page"), answer.header("x-per-page")),
            (page, per_page),
            "{query}"
        );
    }
    for (query, error) in [
        ("page=abc", "page is invalid"),
        ("page=1.5", "page is invalid"),
        ("per_page=abc", "per_page is invalid"),
        ("per_page=0", "per_page has a value not allowed"),
    ] {
        get(query).await.is(400, json!({"error": error}));
    }
    let past = get("page=9").await;
    assert_eq!((past.header("x-next-page"), past.header("x-prev-page")), ("", ""));
    assert_eq!(past.ok(), json!([]));
}

#[tokio::test]
async fn a_precondition_keeps_what_has_changed_since() {
    let server = Server::start().await;
    let agent = server.agent("agent-1").await;
    let delete = async |time: String| {
        let request = server.by("maintainer", Method::DELETE, &agent);
        Answer::of(request.header("If-Unmodified-Since", time)).await
    };
    let refused = json!({"message": "412 Precondition Failed"});
    delete("Wed, 20 Apr 2022 20:42:41 GMT".into()).await.is(412, refused.clone());
    delete("2022-04-20T20:42:41Z".into()).await.is(412, refused);
    // An agent is unmodified since the very moment that it shows.
    let created_at = server.get("maintainer", &agent).await.ok()["created_at"].clone();
    delete(created_at.as_str().unwrap().into()).await.no_content();
}

#[tokio::test]
async fn a_precondition_in_the_future_or_one_that_is_no_time_does_not_matter() {
    let server = Server::start().await;
    let tomorrow = SystemTime::now() + Duration::from_secs(86_400);
    let tomorrow = chrono::DateTime::<chrono::Utc>::from(tomorrow).to_rfc2822();
    for time in [tomorrow.as_str(), "yesterday"] {
        let agent = server.agent("agent-1").await;
        let request = server.by("maintainer", Method::DELETE, &agent);
        Answer::of(request.header("If-Unmodified-Since", time)).await.no_content();
    }
}

#[tokio::test]
async fn a_project_is_found_by_number_or_encoded_path_in_any_spelling() {
    let server = Server::start().await;
    for id in ["20", "root%2Ftest", "root%2ftest", "ROOT%2FTest", "r%6fot%2Ftes%74"] {
        let answer = server.get("developer", &format!("projects/{id}/cluster_agents")).await;
        assert_eq!(answer.ok(), json!([]), "{id}");
    }
    for id in ["community%2Ftools%2Fpublic", "root%2Fsecond%2Eproject"] {
        server.get("maintainer", &format!("projects/{id}/cluster_agents")).await.ok();
    }
    for id in ["test", "99", "99999999999999999999", "root%2Fother", "root%252Ftest"] {
        let answer = server.get("developer", &format!("projects/{id}/cluster_agents")).await;
        answer.is(404, json!({"message": "404 Project Not Found"}));
    }
}

#[tokio::test]
async fn two_hundred_clients_that_register_one_name_get_one_agent() {
    let server = Server::start().await;
    let body = json!({"name": "agent-1"});
    let attempts = (0..200).map(|_| server.post("maintainer", AGENTS, body.clone()));
    let answers = futures_util::future::join_all(attempts).await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(201), count(400)), (1, 199));
    assert_eq!(server.get("maintainer", AGENTS).await.ok().as_array().unwrap().len(), 1);
}
