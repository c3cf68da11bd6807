//! Reading a list to its end, page by page.

use serde_json::{Value, json};

use crate::api;
use crate::context::{Agent, Context, Stop};
use crate::target::Project;
use crate::transport::{Exchange, Request};

/// The size of the pages.
const PAGE: usize = 100;
/// How many pages are read. Projects with more agents than this are not read to the end.
const PAGES: usize = 50;

/// A list that was read to its end.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) items: Vec<Value>,
    /// The last page, as evidence.
    pub(crate) last: Exchange,
}

impl Context<'_> {
    /// All agents of a project, in the order of the list.
    pub(crate) async fn listed_agents(&self, project: &Project) -> Result<Listing, Stop> {
        self.listed(|| api::list_agents(project)).await
    }

    /// The entry of an agent in the list, if it has one, with the page that it is on.
    pub(crate) async fn find_agent(
        &self,
        agent: &Agent,
    ) -> Result<Option<(Exchange, Value)>, Stop> {
        let Listing { items, last } = self.listed_agents(&agent.project).await?;
        let entry = items.into_iter().find(|item| item["id"].as_u64() == Some(agent.id));
        Ok(entry.map(|entry| (last, entry)))
    }

    /// What is kept of an entry. A project may have thousands of agents of others, and of these only
    /// id and name are of interest.
    fn kept(&self, item: &Value) -> Value {
        let is_ours = item["name"].as_str().is_some_and(|name| self.session.plan.run.owns(name));
        match is_ours {
            true => item.clone(),
            false => json!({ "id": item["id"], "name": item["name"] }),
        }
    }

    async fn listed(&self, request: impl Fn() -> Request) -> Result<Listing, Stop> {
        let mut items: Vec<Value> = Vec::new();
        for page in 1..=PAGES {
            let answer = self.send(request().query("per_page", PAGE).query("page", page)).await?;
            let Some(found) = answer.items().filter(|_| answer.is_success()) else {
                return Err(self.blocked("a list could not be read", &answer));
            };
            // A target without pages gives the same again.
            let found: Vec<Value> = found.iter().map(|item| self.kept(item)).collect();
            let is_new = !found.first().is_some_and(|item| items.contains(item));
            if is_new {
                items.extend(found.iter().cloned());
            }
            if items.len() > PAGE * PAGES {
                break;
            }
            let says_more = answer.header("x-next-page").map(|next| !next.is_empty());
            if !is_new || found.is_empty() || says_more == Some(false) {
                return Ok(Listing { items, last: answer });
            }
        }
        Err(Stop::Skip(format!("a list has more than {} entries", PAGE * PAGES)))
    }
}
