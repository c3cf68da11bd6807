//! Whether keys that may be null are always there, or always left out when they are null.

use serde_json::Value;

use crate::generated::RequirementId as R;
use crate::oracle::{Observation, objects};
use crate::transport::Exchange;

/// How the target writes null in agents and tokens, as far as it was seen.
///
/// Leaving nulls out says the same as writing them, if it is done everywhere; a key that is missing
/// here and null elsewhere was forgotten.
#[derive(Debug, Default)]
pub(crate) struct Nulls {
    written: Option<String>,
    left_out: Option<String>,
}

impl Nulls {
    pub(super) fn observe(&mut self, exchange: &Exchange) -> Option<Observation> {
        let keys = nullable_keys(exchange.request.operation?.id);
        if keys.is_empty() || !exchange.is_success() {
            return None;
        }
        let operation = exchange.request.operation_id();
        for (object, key) in
            objects(exchange).iter().flat_map(|object| keys.iter().map(move |key| (object, key)))
        {
            let place = || format!("`{}` of {operation}", &key[1..]);
            match object.pointer(key) {
                None => self.left_out = self.left_out.take().or_else(|| Some(place())),
                Some(Value::Null) => self.written = self.written.take().or_else(|| Some(place())),
                Some(_) => {}
            }
        }
        self.judge()
    }

    fn judge(&self) -> Option<Observation> {
        let (written, left_out) = (self.written.as_ref()?, self.left_out.as_ref()?);
        let expected = format!("{left_out}, since null is written elsewhere ({written})");
        Some(Observation::broken(R::ExchangeSchema, expected, "no such key"))
    }
}

/// Where the keys are that the document requires and that may be null.
fn nullable_keys(operation: &str) -> &'static [&'static str] {
    match operation {
        "listAgents" | "getAgent" | "registerAgent" => {
            &["/created_by_user_id", "/config_project/description"]
        }
        "listAgentTokens" => &["/description", "/created_by_user_id"],
        "getAgentToken" | "createAgentToken" => {
            &["/description", "/created_by_user_id", "/last_used_at"]
        }
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api;
    use crate::oracle::tests::answered;
    use crate::target::Project;

    fn judge(bodies: &[Value]) -> bool {
        let mut nulls = Nulls::default();
        let request = api::get_token(&Project::Number(20), 5, 1);
        bodies.iter().all(|body| {
            nulls.observe(&answered(request.clone(), 200, &[], &body.to_string())).is_none()
        })
    }

    #[test]
    fn nulls_are_written_everywhere_or_nowhere() {
        let written = json!({ "description": null, "created_by_user_id": 1, "last_used_at": null });
        let left_out = json!({ "created_by_user_id": 1 });
        let forgotten = json!({ "description": null, "created_by_user_id": 1 });
        assert!(judge(&[written.clone(), written.clone()]));
        assert!(judge(&[left_out.clone(), left_out.clone()]));
        assert!(!judge(&[forgotten]));
        assert!(!judge(&[written, left_out]));
    }
}
