//! Answers without what every implementation chooses for itself: ids, times, secrets, users.

use serde_json::{Map, Value, json};

use crate::generated::RequirementId as R;
use crate::model::state::Action;
use crate::transport::Exchange;

/// One answer of a program.
#[derive(Clone, Debug)]
pub(crate) struct Traced {
    /// What was done, in words.
    pub(crate) told: String,
    /// What the model judges by it; nothing where the sources leave it open.
    pub(crate) requirement: Option<R>,
    /// What came.
    pub(crate) seen: Seen,
    /// What the model says is broken.
    pub(crate) wrong: Option<R>,
    /// What is judged on every exchange and is broken.
    pub(crate) odd: Option<R>,
}

/// An answer in a form in which it can be compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// What is known of a program's things: their ids by number.
pub(super) struct Known<'p> {
    pub(super) agents: &'p [u64],
    pub(super) tokens: &'p [u64],
    pub(super) urls: &'p [u64],
    /// What the names of the run begin with.
    pub(super) prefix: String,
}

impl Known<'_> {
    pub(super) fn answer(
        &self,
        action: Action,
        answer: &Exchange,
        listed: Option<Vec<u64>>,
    ) -> Seen {
        let body = match action {
            // The project has agents of others, too.
            Action::ListAgents { .. } => {
                let own = listed.unwrap_or_default().into_iter();
                own.filter_map(|id| number("agent", self.agents, id)).collect()
            }
            _ if !answer.is_success() => Value::Null,
            _ => self.value(self.ids(action), answer.json().unwrap_or(&Value::Null)),
        };
        Seen { status: answer.status, body }
    }

    /// What the `id` of an answer is about.
    fn ids(&self, action: Action) -> (&'static str, &[u64]) {
        match action {
            Action::Register { .. }
            | Action::GetAgent { .. }
            | Action::DeleteAgent { .. }
            | Action::ListAgents { .. } => ("agent", self.agents),
            Action::CreateToken { .. }
            | Action::GetToken { .. }
            | Action::RevokeToken { .. }
            | Action::ListTokens { .. } => ("token", self.tokens),
            _ => ("configuration", self.urls),
        }
    }

    fn value(&self, ids: (&'static str, &[u64]), value: &Value) -> Value {
        match value {
            Value::Object(fields) => {
                let fields = fields.iter().filter(|(_, value)| !value.is_null());
                let pairs = fields.map(|(key, value)| (key.clone(), self.field(ids, key, value)));
                Value::Object(pairs.collect::<Map<_, _>>())
            }
            Value::Array(items) => items.iter().map(|item| self.value(ids, item)).collect(),
            Value::String(text) => Value::from(text.replace(&self.prefix, "cfm-{run}-")),
            other => other.clone(),
        }
    }

    fn field(&self, ids: (&'static str, &[u64]), key: &str, value: &Value) -> Value {
        let id = value.as_u64().unwrap_or_default();
        let instead = match key {
            "id" => number(ids.0, ids.1, id),
            "agent_id" => number("agent", self.agents, id),
            "config_project" => Some(String::from("<project>")),
            "created_by_user_id" => Some(String::from("<user>")),
            "token" | "public_key" => Some(format!("<{key}>")),
            _ if key.ends_with("_at") => Some(String::from("<time>")),
            _ => None,
        };
        instead.map_or_else(|| self.value(ids, value), |text| json!(text))
    }
}

fn number(kind: &str, ids: &[u64], id: u64) -> Option<String> {
    ids.iter().position(|known| *known == id).map(|index| format!("{kind} #{}", index + 1))
}
