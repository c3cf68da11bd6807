//! Registering, getting, listing and deleting agents.

use serde_json::Value;

use crate::api;
use crate::check::Check;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;

pub(super) const CHECKS: &[Check] =
    &[Check::new("agent-register", &[R::AgentRegister, R::AgentGet], |cx| Box::pin(register(cx)))];

async fn register(cx: &Context<'_>) -> Outcome {
    let name = cx.name();
    let answer = cx.send(api::register_agent(cx.project(), &name)).await?;
    cx.same(R::AgentRegister, &answer, "name", &Value::from(name), answer.field("name"));
    Ok(())
}
