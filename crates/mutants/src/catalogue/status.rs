//! The wrong status, or the right one for the wrong thing.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "register-answers-200",
        R::ExchangeSuccessStatus,
        "Registering is answered with 200.",
        Wire(|| status(&[O::RegisterAgent], 201, 200)),
    ),
    Defect::new(
        "delete-answers-200",
        R::ExchangeSuccessStatus,
        "Deleting an agent is answered with 200 and a sentence.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::DeleteAgent]) && answer.status == 204 {
                    *answer = Answer::error(200, "Agent deleted");
                }
            })
        }),
    ),
    Defect::new(
        "missing-agent-answers-null",
        R::ExchangeIdUnknown,
        "An unknown agent is a 200 with null.",
        Wire(|| missing(O::GetAgent, || Answer::json(200, &Value::Null))),
    ),
    Defect::new(
        "missing-agent-answers-500",
        R::ExchangeNoServerError,
        "An unknown agent is a server error.",
        Wire(|| missing(O::GetAgent, || Answer::error(500, "500 Internal Server Error"))),
    ),
    Defect::new(
        "duplicate-name-answers-500",
        R::ExchangeNoServerError,
        "The unique index of the database surfaces as a server error.",
        Wire(|| refused_with("been taken", 500)),
    ),
    Defect::new(
        "broken-json-answers-500",
        R::ExchangeNoServerError,
        "A body that is no JSON is a server error.",
        Wire(|| {
            after(|call, answer| {
                if answer.status == 400 && !call.body.is_empty() && call.json().is_null() {
                    *answer = Answer::error(500, "500 Internal Server Error");
                }
            })
        }),
    ),
    Defect::new(
        "unknown-project-is-empty",
        R::ProjectUnknown,
        "The list of an unknown project is empty.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::ListAgents]) && says(answer, "404 Project Not Found") {
                    *answer = Answer::json(200, &json!([]));
                }
            })
        }),
    ),
    Defect::new(
        "missing-token-answers-403",
        R::ExchangeIdUnknown,
        "An unknown token is forbidden.",
        Wire(|| missing(O::GetAgentToken, || Answer::error(403, "403 Forbidden"))),
    ),
    Defect::new(
        "delete-again-answers-204",
        R::ExchangeDeleteAgain,
        "Deleting a missing agent succeeds.",
        Wire(|| missing(O::DeleteAgent, || Answer::empty(204))),
    ),
    Defect::new(
        "errors-as-html",
        R::ExchangeErrorShape,
        "Errors are pages for people.",
        Wire(|| {
            after(|_, answer| {
                if answer.status >= 400 {
                    answer.body = "<html><body><h1>Error</h1></body></html>".into();
                    answer.set_header("content-type", "text/html");
                }
            })
        }),
    ),
    Defect::new(
        "json-labelled-as-text",
        R::ExchangeMediaType,
        "JSON is labelled text/plain.",
        Wire(|| {
            after(|_, answer| {
                if answer.is_success() && !answer.body.is_empty() {
                    answer.set_header("content-type", "text/plain; charset=utf-8");
                }
            })
        }),
    ),
    Defect::new(
        "put-is-get",
        R::ExchangeUnknownRoute,
        "A PUT on an agent is answered like a GET.",
        Wire(|| {
            before(|call| {
                if call.method == Method::PUT {
                    call.method = Method::GET;
                }
            })
        }),
    ),
    Defect::new(
        "head-with-other-status",
        R::ExchangeHead,
        "HEAD says 200 for whatever is missing.",
        Wire(|| {
            after(|call, answer| {
                if call.method == Method::HEAD && answer.status == 404 {
                    answer.status = 200;
                }
            })
        }),
    ),
    Defect::new(
        "limit-answers-500",
        R::ExchangeNoServerError,
        "A third token is a server error.",
        Wire(|| refused_with("two active", 500)),
    ),
];
