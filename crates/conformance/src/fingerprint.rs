//! A fingerprint of the requests of a run: the same for the same seed and two fresh targets.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::transport::{Body, Credential, Exchange, Request};

/// The requests of one check. What a target numbers itself is written as the request that made it,
/// since checks run side by side and whichever comes first gets the lower id.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    digest: Sha256,
    made: BTreeMap<(String, String), u32>,
}

impl Requests {
    /// Takes note of a request that goes out as the check's `number`th.
    pub(crate) fn sent(&mut self, number: u32, request: &Request) {
        let (path, credential) = (self.path(request), credential(&request.credential));
        let head = format!("{number} {} {path} {credential}", request.method);
        let query = self.query(&request.query);
        self.digest.update(format!("{head} {query:?} {:?}\n", request.headers));
        match &request.body {
            Body::None => {}
            Body::Json(body) => self.digest.update(self.body(body.clone()).to_string()),
            Body::Raw { media_type, bytes } => {
                self.digest.update(media_type.unwrap_or_default());
                self.digest.update(bytes);
            }
        }
    }

    /// Takes note of what it made.
    pub(crate) fn answered(&mut self, number: u32, exchange: &Exchange) {
        let id = exchange.field("id").as_u64().filter(|_| exchange.is_success());
        let kind = exchange.request.path.rsplit('/').next();
        if let (Some(id), Some(kind), "POST") = (id, kind, exchange.request.method.as_str()) {
            self.made.insert((kind.to_owned(), id.to_string()), number);
        }
    }

    /// The fingerprint so far.
    pub(crate) fn hash(&self) -> String {
        short(&self.digest.clone().finalize())
    }

    /// What made a thing with this id, if a request of the check did.
    fn maker(&self, kind: &str, id: &str) -> Option<String> {
        let number = self.made.get(&(kind.to_owned(), id.to_owned()))?;
        Some(format!("made by {number}"))
    }

    /// A body that names an agent.
    fn body(&self, mut body: Value) -> Value {
        if let Some(agent) = body.get_mut("agent_id")
            && let Some(maker) = self.maker("cluster_agents", &agent.to_string())
        {
            *agent = maker.into();
        }
        body
    }

    /// A query that names an agent: targets repeat the path in their links to further pages.
    fn query(&self, query: &[(String, String)]) -> Vec<(String, String)> {
        let mut query = query.to_vec();
        for (_, value) in query.iter_mut().filter(|(name, _)| name == "agent_id") {
            if let Some(maker) = self.maker("cluster_agents", value) {
                *value = maker;
            }
        }
        query
    }

    fn path(&self, request: &Request) -> String {
        let mut kind = "";
        let segments = request.path.split('/').map(|segment| {
            let maker = self.maker(kind, segment);
            kind = segment;
            maker.unwrap_or_else(|| segment.to_owned())
        });
        segments.collect::<Vec<_>>().join("/")
    }
}

/// The first 64 bits of a digest in hexadecimal.
pub(crate) fn short(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// How the caller identifies itself, without what is secret.
fn credential(credential: &Credential) -> String {
    match credential {
        Credential::None => String::from("nobody"),
        Credential::PrivateToken(actor) => format!("private-token {}", actor.variable()),
        Credential::Bearer(actor) => format!("bearer {}", actor.variable()),
        Credential::Elsewhere { header, before, actor } => {
            format!("{header} {before}{}", actor.variable())
        }
        // The label may name a token by its id.
        Credential::Made { header, .. } => format!("{header} made"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api;
    use crate::oracle::tests::answered;
    use crate::target::Project;

    /// Registers an agent, which gets the id, and creates a token of it.
    fn hash(id: u64, token_name: &str) -> String {
        let project = Project::Number(20);
        let mut requests = Requests::default();
        let register = api::register_agent(&project, "cfm-1-a");
        requests.sent(1, &register);
        requests.answered(1, &answered(register, 201, &[], &json!({ "id": id }).to_string()));
        let body = json!({ "name": token_name, "agent_id": id });
        requests.sent(2, &api::create_token(&project, id, body));
        requests.sent(3, &api::list_tokens(&project, id).query("agent_id", id));
        requests.hash()
    }

    #[test]
    fn ids_of_the_target_do_not_matter_and_everything_else_does() {
        assert_eq!(hash(5, "a"), hash(77, "a"));
        assert_ne!(hash(5, "a"), hash(5, "b"));
    }
}
