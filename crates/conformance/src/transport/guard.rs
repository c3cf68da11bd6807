//! What keeps a mistake in a check away from what belongs to others.

use reqwest::{Method, Url};
use serde_json::Value;

use crate::api;
use crate::journal::Journal;
use crate::run_id::RunId;
use crate::target::{Target, encode_segment};
use crate::transport::request::{Body, Request};

/// What is known when a request is about to go out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guard<'g> {
    pub(crate) run: &'g RunId,
    pub(crate) target: &'g Target,
    pub(crate) journal: &'g Journal,
    /// Whether nothing at all may be changed.
    pub(crate) read_only: bool,
}

/// Whether a request may go out.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Ruling {
    Allowed,
    /// Only if a read of the same agent shows that it is not somebody else's.
    AfterLooking {
        project: String,
        agent: String,
    },
    Forbidden(String),
}

/// What a path is about, its segments as they are sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place<'r> {
    Agents { project: &'r str },
    Agent { project: &'r str, agent: &'r str },
}

impl Guard<'_> {
    /// Writes go only to agents that this run has made, in the project in which it has made them,
    /// and a name that an implementation could accept has the prefix of the run.
    pub(crate) fn rule(&self, request: &Request) -> Ruling {
        if self.read_only && !matches!(request.method, Method::GET | Method::HEAD) {
            return Ruling::Forbidden(format!("{} in a read-only run", request.method));
        }
        if !request.is_write() {
            return Ruling::Allowed;
        }
        if !is_sent_as_written(&request.path) {
            return Ruling::Forbidden(format!("`{}` would be sent as another path", request.path));
        }
        match Place::of(&request.path) {
            None => Ruling::Forbidden(format!("`{}` is no place for agents", request.path)),
            Some(Place::Agent { project, agent }) => self.agent(project, agent),
            Some(Place::Agents { .. }) if request.method == Method::DELETE => {
                Ruling::Forbidden(String::from("the list of all agents is not ours to delete"))
            }
            Some(Place::Agents { project }) => self.creation(project, request),
        }
    }

    fn agent(&self, project: &str, agent: &str) -> Ruling {
        let id = agent.parse().ok().filter(|id: &u64| id.to_string() == agent);
        match id.is_some_and(|id| self.journal.is_ours(project, id)) {
            true => Ruling::Allowed,
            false => Ruling::AfterLooking { project: project.to_owned(), agent: agent.to_owned() },
        }
    }

    fn creation(&self, project: &str, request: &Request) -> Ruling {
        if !self.is_known(project) {
            return Ruling::Forbidden(format!("the project `{project}` was not given for the run"));
        }
        let foreign = names(request).into_iter().find(|name| !self.run.owns(name));
        match foreign {
            None => Ruling::Allowed,
            Some(name) => Ruling::Forbidden(format!("the name `{name}` is not one of this run")),
        }
    }

    /// Whether a project was given, or is one that cannot exist.
    fn is_known(&self, project: &str) -> bool {
        let mut given = self.target.projects();
        given.any(|given| given.segment() == project)
            || project == api::NOBODYS.to_string()
            || project.starts_with(&encode_segment(&self.run.prefix()))
    }
}

impl<'r> Place<'r> {
    pub(crate) fn of(path: &'r str) -> Option<Self> {
        let segments: Vec<&str> = path.split('/').collect();
        match segments[..] {
            ["", "projects", project, "cluster_agents"]
            | ["", "projects", project, "cluster_agents", ""] => Some(Self::Agents { project }),
            ["", "projects", project, "cluster_agents", agent, ..] if !agent.is_empty() => {
                Some(Self::Agent { project, agent })
            }
            _ => None,
        }
    }
}

/// Whether nothing in a path is rewritten on its way, as `..` and a backslash would be.
fn is_sent_as_written(path: &str) -> bool {
    let url = Url::parse(&format!("http://localhost{path}"));
    url.is_ok_and(|url| url.path() == path && url.query().is_none() && url.fragment().is_none())
}

/// Every name in a create that some implementation could accept, wherever it might look for one.
fn names(request: &Request) -> Vec<String> {
    let query = request.query.iter().filter(|(key, _)| key == "name");
    let mut names: Vec<String> = query.map(|(_, value)| value.clone()).collect();
    match &request.body {
        Body::None => {}
        Body::Json(body) => names_in(body, &mut names),
        Body::Raw { bytes, .. } => names.extend(names_in_text(&String::from_utf8_lossy(bytes))),
    }
    names.retain(|name| is_valid(name));
    names
}

fn names_in(body: &Value, names: &mut Vec<String>) {
    match body {
        Value::Array(items) => items.iter().for_each(|item| names_in(item, names)),
        Value::Object(fields) => {
            names.extend(fields.get("name").and_then(Value::as_str).map(str::to_owned));
        }
        _ => {}
    }
}

/// What follows the word in a text that may be JSON with a key twice, a form, or neither.
fn names_in_text(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let after = text.split("name").skip(1);
    let values = after.map(|rest| rest.trim_start_matches(|c| !is_part(c)));
    values.map(|value| value.chars().take_while(|c| is_part(*c)).collect()).collect()
}

fn is_valid(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.bytes().all(inner) && !name.starts_with('-') && !name.ends_with('-')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::target::Project;

    const PROJECT: Project = Project::Number(20);

    /// What a run in project 20 that has made the agent 5 there may do.
    fn rule(request: &Request) -> Ruling {
        rule_in(request, false)
    }

    fn rule_in(request: &Request, read_only: bool) -> Ruling {
        let mut target = Target::new("http://127.0.0.1/api/v4", PROJECT).expect("a good URL");
        target.second_project = Some(Project::Path(String::from("other/project")));
        let mut journal = Journal::default();
        journal.created("20", "cfm-1-a", 5);
        let (run, target, journal) = (&RunId::from_seed(1), &target, &journal);
        Guard { run, target, journal, read_only }.rule(request)
    }

    fn is_forbidden(request: &Request) -> bool {
        matches!(rule(request), Ruling::Forbidden(_))
    }

    #[test]
    fn a_write_reaches_agents_of_this_run_at_once_and_others_after_a_look() {
        assert_eq!(rule(&api::delete_agent(&PROJECT, 5)), Ruling::Allowed);
        assert_eq!(rule(&api::get_agent(&PROJECT, 6)), Ruling::Allowed);
        let other = Project::Number(21);
        for request in [
            api::delete_agent(&PROJECT, 6),
            api::revoke_token(&PROJECT, 6, 1),
            api::create_url(&PROJECT, 6, json!({})),
            api::delete_agent(&other, 5),
            api::delete_agent(&PROJECT, "05"),
            api::delete_agent(&PROJECT, "+5"),
            api::delete_agent(&PROJECT, "%35"),
            api::delete_agent(&PROJECT, "5.json"),
            api::delete_agent(&PROJECT, "5%2F..%2F6"),
        ] {
            let ruling = rule(&request);
            assert!(matches!(ruling, Ruling::AfterLooking { .. }), "{} {ruling:?}", request.path);
        }
    }

    #[test]
    fn a_path_that_is_rewritten_on_its_way_or_leads_elsewhere_is_forbidden() {
        for path in [
            "/projects/20/cluster_agents",
            "/projects/20/cluster_agents/",
            "/projects/20/cluster_agents/5/../6",
            "/projects/20/cluster_agents/5/%2e%2e/6",
            "/projects/20/cluster_agents/5\\..\\6",
            "/projects/20/cluster_agents/5?x",
            "/projects/20/cluster_agents//tokens",
            "/projects/20",
            "/groups/20/cluster_agents/5",
        ] {
            assert!(is_forbidden(&Request::undocumented(Method::DELETE, path)), "{path}");
        }
    }

    #[test]
    fn agents_are_registered_in_the_projects_that_were_given() {
        for project in ["20", "other/project", "2147483629", "cfm-1-a/nothing"] {
            let project = Project::parse(project, "--project").expect("a project");
            assert_eq!(rule(&api::register_agent(&project, "cfm-1-a")), Ruling::Allowed);
        }
        assert!(is_forbidden(&api::register_agent(&Project::Number(21), "cfm-1-a")));
    }

    #[test]
    fn a_name_that_could_be_accepted_has_the_prefix_of_the_run() {
        for (name, allowed) in [("cfm-1-a", true), ("production", false), ("Not Valid", true)] {
            let request = api::register_agent(&PROJECT, name);
            assert_eq!(rule(&request) == Ruling::Allowed, allowed, "{name}");
        }
    }

    #[test]
    fn a_name_is_found_wherever_an_implementation_might_look_for_it() {
        let bare = || api::register_agent_as(&PROJECT, json!({}));
        for (body, allowed) in [
            ("name=cfm-1-a", true),
            ("name=production", false),
            (r#"{"name":"cfm-1-a""#, true),
            (r#"{"name":"production""#, false),
            (r#"{"name":"production","name":"cfm-1-a"}"#, false),
            (r#"{"name":"cfm-1-a","name":"production"}"#, false),
            (r#"[{"name":"production"}]"#, false),
            (r#""name""#, true),
            ("", true),
        ] {
            let request = bare().raw(None, body);
            assert_eq!(rule(&request) == Ruling::Allowed, allowed, "{body}");
        }
        assert!(is_forbidden(&bare().query("name", "production")));
        assert!(is_forbidden(&bare().json(json!([{ "name": "production" }]))));
    }

    #[test]
    fn a_read_only_run_sends_get_and_head_only() {
        let read = api::get_agent(&PROJECT, 6);
        assert_eq!(rule_in(&read, true), Ruling::Allowed);
        assert_eq!(rule_in(&read.head(), true), Ruling::Allowed);
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
            let request = Request::undocumented(method, "/projects/20/cluster_agents/5");
            assert!(matches!(rule_in(&request, true), Ruling::Forbidden(_)));
        }
    }
}
