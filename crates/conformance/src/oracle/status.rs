//! Whether the status is one that the document, or the ledger, has for the operation.

use std::collections::BTreeSet;

use crate::generated::{OperationInfo, RequirementId as R};
use crate::ledger::Ledger;
use crate::oracle::Observation;
use crate::transport::Exchange;

pub(super) fn observe(exchange: &Exchange, ledger: &Ledger) -> Vec<Observation> {
    let mut seen = vec![no_server_error(exchange)];
    // What is said about 5xx is said by `exchange-no-server-error`, once.
    if let Some(operation) = exchange.request.operation.filter(|_| exchange.status < 500) {
        seen.push(documented(exchange, operation, ledger));
        seen.extend(usual_success(exchange, operation));
    }
    seen
}

fn no_server_error(exchange: &Exchange) -> Observation {
    let got = || format!("status {}", exchange.status);
    // HTTP has 501 for methods that a server does not have, so it is no fault there.
    let may_lack_method = exchange.request.operation.is_none() || exchange.request.is_head();
    let holds = exchange.status < 500 || (exchange.status == 501 && may_lack_method);
    Observation::of(R::ExchangeNoServerError, holds, "a status below 500", got)
}

fn documented(exchange: &Exchange, operation: &OperationInfo, ledger: &Ledger) -> Observation {
    let allowed = allowed(operation, ledger);
    let list: Vec<String> = allowed.iter().map(u16::to_string).collect();
    let got = || format!("status {}", exchange.status);
    let expected = format!("one of the statuses {}", list.join(", "));
    Observation::of(R::ExchangeStatus, allowed.contains(&exchange.status), expected, got)
}

/// The success statuses follow from the method; the refusals are the documented ones and all that
/// any requirement of the operation accepts.
fn allowed(operation: &OperationInfo, ledger: &Ledger) -> BTreeSet<u16> {
    let success: &[u16] = match operation.method {
        "POST" => &[200, 201],
        "DELETE" => &[200, 202, 204],
        _ => &[200],
    };
    let concerns = |name: &String| name == "all" || name == operation.id;
    let accepted = ledger
        .iter()
        .filter(|requirement| requirement.operations.iter().any(concerns))
        .flat_map(|requirement| &requirement.accepts)
        .flat_map(|accept| accept.status.iter());
    let refusals = accepted.chain(operation.statuses).filter(|status| (400..500).contains(*status));
    success.iter().chain(refusals).copied().collect()
}

fn usual_success(exchange: &Exchange, operation: &OperationInfo) -> Option<Observation> {
    let is_write = exchange.request.is_write() && exchange.is_success();
    is_write.then(|| {
        let expected = format!("status {}", operation.success);
        let got = || format!("status {}", exchange.status);
        let holds = exchange.status == operation.success;
        Observation::of(R::ExchangeSuccessStatus, holds, expected, got)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api;
    use crate::oracle::tests::{answered, broken};
    use crate::target::Project;
    use crate::transport::Request;

    fn judge(request: Request, status: u16) -> Vec<R> {
        let ledger = Ledger::embedded().expect("a ledger");
        broken(&observe(&answered(request, status, &[], ""), &ledger))
    }

    #[test]
    fn what_the_sources_leave_open_is_no_failure() {
        let project = Project::Number(20);
        for status in [200, 400, 401, 403, 404, 405, 422, 429] {
            assert_eq!(judge(api::get_agent(&project, 5), status), [], "{status}");
        }
        for status in [201, 409, 413, 415, 422] {
            assert_eq!(judge(api::register_agent(&project, "a"), status), [], "{status}");
        }
    }

    #[test]
    fn a_status_that_nobody_announced_is_a_failure() {
        let project = Project::Number(20);
        for status in [201, 204, 302, 418] {
            let broken = judge(api::get_agent(&project, 5), status);
            assert_eq!(broken, [R::ExchangeStatus], "{status}");
        }
    }

    #[test]
    fn a_server_error_is_reported_once() {
        let broken = judge(api::get_agent(&Project::Number(20), 5), 500);
        assert_eq!(broken, [R::ExchangeNoServerError]);
    }

    #[test]
    fn an_unusual_success_is_only_a_warning() {
        let broken = judge(api::delete_agent(&Project::Number(20), 5), 200);
        assert_eq!(broken, [R::ExchangeSuccessStatus]);
    }
}
