//! An agent with all that it can have, and every operation on it.

use serde_json::json;

use crate::api;
use crate::context::{Agent, Context, Stop};
use crate::generated::RequirementId as R;
use crate::target::Project;
use crate::transport::Exchange;
use crate::transport::Request;

/// What an actor may or may not do something to.
#[derive(Debug)]
pub(super) struct Things {
    /// Has one token, so that it could have another.
    pub(super) agent: Agent,
    pub(super) token: u64,
    /// An agent without anything, which could have a URL configuration.
    pub(super) bare: Agent,
    /// The URL configuration of the agent, where there are such.
    pub(super) url: Option<u64>,
}

impl Things {
    pub(super) async fn make(cx: &Context<'_>) -> Result<Self, Stop> {
        Self::make_in(cx, cx.project()).await
    }

    pub(super) async fn make_in(cx: &Context<'_>, project: &Project) -> Result<Self, Stop> {
        let (agent, bare) = (cx.agent_in(project).await?, cx.agent_in(project).await?);
        let token = cx.token(&agent).await?.id;
        let url = if cx.session.facts.receptive { Some(cx.url(&agent).await?.0) } else { None };
        Ok(Self { agent, token, bare, url })
    }

    pub(super) fn agent_reads(&self) -> Vec<Request> {
        let project = &self.agent.project;
        vec![api::list_agents(project), api::get_agent(project, self.agent.id)]
    }

    pub(super) fn token_reads(&self) -> Vec<Request> {
        let (project, id) = (&self.agent.project, self.agent.id);
        vec![api::list_tokens(project, id), api::get_token(project, id, self.token)]
    }

    pub(super) fn url_reads(&self) -> Vec<Request> {
        let (project, id) = (&self.agent.project, self.agent.id);
        let on = |url| vec![api::list_urls(project, id), api::get_url(project, id, url)];
        self.url.map_or_else(Vec::new, on)
    }

    pub(super) fn agent_writes(&self, cx: &Context<'_>) -> Vec<Request> {
        let project = &self.agent.project;
        vec![api::register_agent(project, &cx.name()), api::delete_agent(project, self.agent.id)]
    }

    pub(super) fn token_writes(&self, cx: &Context<'_>) -> Vec<Request> {
        let (project, id) = (&self.agent.project, self.agent.id);
        let body = json!({ "name": cx.name() });
        vec![api::create_token(project, id, body), api::revoke_token(project, id, self.token)]
    }

    pub(super) fn url_writes(&self) -> Vec<Request> {
        let project = &self.agent.project;
        let body = json!({ "url": "grpcs://agent.example.com:4242" });
        let on = |url| {
            vec![
                api::create_url(project, self.bare.id, body),
                api::delete_url(project, self.agent.id, url),
            ]
        };
        self.url.map_or_else(Vec::new, on)
    }

    pub(super) fn reads(&self) -> Vec<Request> {
        [self.agent_reads(), self.token_reads(), self.url_reads()].concat()
    }

    /// All writes; what deletes comes last.
    pub(super) fn writes(&self, cx: &Context<'_>) -> Vec<Request> {
        [self.token_writes(cx), self.url_writes(), self.agent_writes(cx)].concat()
    }

    pub(super) fn all(&self, cx: &Context<'_>) -> Vec<Request> {
        [self.reads(), self.writes(cx)].concat()
    }

    /// Judges that a refused request has left everything as it was made.
    pub(super) async fn are_untouched(
        &self,
        cx: &Context<'_>,
        requirement: R,
        refused: &Exchange,
    ) -> Result<(), Stop> {
        let project = &self.agent.project;
        let agent = cx.send(api::get_agent(project, self.agent.id)).await?;
        if !cx.expect(requirement, agent.is_success(), refused, "the agent is still there") {
            return Ok(());
        }
        let (expected, got) = (json!([self.token]), json!(cx.active_tokens(&self.agent).await?));
        cx.same(requirement, refused, "the active tokens", &expected, &got);
        if let Some(url) = self.url {
            self.urls_are_untouched(cx, requirement, refused, url).await?;
        }
        Ok(())
    }

    async fn urls_are_untouched(
        &self,
        cx: &Context<'_>,
        requirement: R,
        refused: &Exchange,
        url: u64,
    ) -> Result<(), Stop> {
        for (agent, expected) in [(&self.agent, vec![url]), (&self.bare, Vec::new())] {
            let list = cx.send(api::list_urls(&agent.project, agent.id)).await?;
            let got = json!(list.ids().unwrap_or_default());
            cx.same(requirement, refused, "the URL configurations", &json!(expected), &got);
        }
        Ok(())
    }
}
