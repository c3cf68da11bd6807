//! Generated sequences of operations, each compared with the reference model step by step.

use crate::check::Check;
use crate::context::{Context, Outcome};
use crate::generated::RequirementId as R;
use crate::model;
use crate::property::{self, Broken};

pub(super) const CHECKS: &[Check] = &[
    Check::new("model", CORE, |cx| Box::pin(programs(cx, false))),
    Check::new("model-urls", URLS, |cx| Box::pin(programs(cx, true))).receptive(),
];

const CORE: &[R] = &[
    R::AgentRegister,
    R::AgentGet,
    R::AgentListComplete,
    R::AgentNameUnique,
    R::AgentDelete,
    R::AgentDeleteCascade,
    R::TokenCreate,
    R::TokenGet,
    R::TokenGetRevoked,
    R::TokenListActive,
    R::TokenLimit,
    R::TokenLimitFreed,
    R::TokenRevoke,
    R::IsolationToken,
    R::IsolationAgent,
    R::IsolationNamePerProject,
    R::RoleLowAgentReads,
    R::RoleLowTokenReads,
    R::RoleLowAgentWrites,
    R::RoleLowTokenWrites,
    R::ExchangeIds,
];

/// What the programs over configurations judge beside that.
const URLS: &[R] = &[
    R::UrlCreateJwt,
    R::UrlRead,
    R::UrlLimit,
    R::UrlDelete,
    R::UrlRecreate,
    R::IsolationUrl,
    R::RoleUrlReadsLow,
    R::RoleUrlWritesLow,
];

/// How many inputs of the other properties cost as much as one program.
const SHARE: u32 = 3;

async fn programs(cx: &Context<'_>, urls: bool) -> Outcome {
    let count = cx.session.plan.cases.div_ceil(SHARE);
    let programs = model::program(urls, cx.session.target);
    for turns in property::samples(cx, cx.check.name, count, programs)? {
        if let Some(broken) = model::run(cx, &turns, urls).await? {
            let again = async |turns: &[_]| model::run(cx, turns, urls).await;
            let Broken { requirement, finding } = model::shortest(turns, broken, again).await?;
            cx.report(requirement, finding);
            break;
        }
    }
    Ok(())
}
