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
    Defect::new(
        "list-answers-206",
        R::ExchangeStatus,
        "A list that has more pages is answered with 206.",
        Wire(|| {
            pages(|_, answer| {
                if !answer.header("x-next-page").is_empty() {
                    answer.status = 206;
                }
            })
        }),
    ),
    Defect::new(
        "register-redirects",
        R::ExchangeStatus,
        "Registering redirects to the new agent.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::RegisterAgent]) && answer.is_success() {
                    answer.status = 303;
                    answer.set_header("location", "/");
                }
            })
        }),
    ),
    Defect::new(
        "tokens-of-unknown-agent-empty",
        R::ExchangeIdUnknown,
        "The list of tokens of an unknown agent is empty.",
        Wire(|| missing(O::ListAgentTokens, || Answer::json(200, &json!([])))),
    ),
    Defect::new(
        "urls-of-unknown-agent-empty",
        R::ExchangeIdUnknown,
        "The list of URL configurations of an unknown agent is empty.",
        Wire(|| missing(O::ListUrlConfigurations, || Answer::json(200, &json!([])))),
    ),
    Defect::new(
        "word-as-id-answers-500",
        R::ExchangeNoServerError,
        "A word in the place of a number is a server error.",
        Wire(|| {
            after(|call, answer| {
                if call.op().is_some()
                    && answer.status == 400
                    && call.agent().starts_with(|c: char| c.is_ascii_alphabetic())
                {
                    answer.status = 500;
                }
            })
        }),
    ),
    Defect::new(
        "large-id-answers-500",
        R::ExchangeNoServerError,
        "An id beyond 64 bits is a server error.",
        Wire(|| {
            after(|call, answer| {
                if call.agent().len() > 19 || call.item().len() > 19 {
                    *answer = Answer::error(500, "500 Internal Server Error");
                }
            })
        }),
    ),
    Defect::new(
        "unknown-token-revoked",
        R::ExchangeIdUnknown,
        "Revoking an unknown token succeeds.",
        Wire(|| missing(O::RevokeAgentToken, || Answer::empty(204))),
    ),
    Defect::new(
        "refused-with-200",
        R::AgentNameRequired,
        "A refused registration is a 200 with an error in it.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::RegisterAgent]) && answer.status == 400 {
                    answer.status = 200;
                }
            })
        }),
    ),
    Defect::new(
        "forbidden-writes-missing",
        R::RoleWriteStatus,
        "A write by a role that is too small is a 404.",
        Wire(|| {
            after(|call, answer| {
                if call.method != Method::GET && says(answer, "403 Forbidden") {
                    *answer = Answer::error(404, "404 Not found");
                }
            })
        }),
    ),
    Defect::new(
        "errors-without-body",
        R::ExchangeErrorShape,
        "Errors have no body.",
        Wire(|| {
            after(|_, answer| {
                if answer.status >= 400 {
                    answer.body = Default::default();
                }
            })
        }),
    ),
    Defect::new(
        "errors-as-text",
        R::ExchangeErrorShape,
        "Errors are a JSON text and no object.",
        Wire(|| {
            after(|_, answer| {
                if answer.status >= 400 {
                    answer.set_value(&json!("something went wrong"));
                }
            })
        }),
    ),
    Defect::new(
        "patch-accepted",
        R::ExchangeUnknownRoute,
        "A PATCH of an agent is answered with the agent.",
        Wire(|| {
            before(|call| {
                if call.method == Method::PATCH {
                    call.method = Method::GET;
                }
            })
        }),
    ),
    Defect::new(
        "delete-on-list-deletes",
        R::ExchangeUnknownRoute,
        "A DELETE on the list of agents deletes the first of them.",
        Wire(delete_on_list),
    ),
    Defect::new(
        "text-plain-read",
        R::ExchangeMediaTypeRead,
        "A body that is labelled text/plain is read as JSON.",
        Wire(|| {
            before(|call| {
                if call
                    .headers
                    .get("content-type")
                    .is_some_and(|label| label.as_bytes().starts_with(b"text/plain"))
                {
                    call.headers.insert("content-type", JSON);
                }
            })
        }),
    ),
    Defect::new(
        "charset-refused",
        R::ExchangeMediaTypeRead,
        "A charset behind application/json is refused.",
        Wire(|| {
            instead(|call| {
                call.headers
                    .get("content-type")
                    .is_some_and(|label| label.as_bytes().contains(&b';'))
                    .then(|| Answer::error(415, "415 Unsupported Media Type"))
            })
        }),
    ),
    Defect::new(
        "empty-body-registers",
        R::ExchangeMalformedBody,
        "Registering without a body makes up a name.",
        Wire(|| {
            before(|call| {
                if call.is(&[O::RegisterAgent]) && call.body.is_empty() {
                    call.body = "{\"name\":\"unnamed\"}".into();
                    call.headers.insert("content-type", JSON);
                }
            })
        }),
    ),
    Defect::new(
        "large-description-accepted",
        R::ExchangeLargeBody,
        "A description of any length is accepted.",
        Wire(|| accepts(O::CreateAgentToken, "description", |text| length(text) > 1024)),
    ),
    Defect::new(
        "condition-ignored",
        R::ExchangeIfUnmodifiedSince,
        "If-Unmodified-Since is not looked at.",
        Store(Slip::NoPrecondition),
    ),
    Defect::new(
        "condition-never-met",
        R::ExchangeIfUnmodifiedSince,
        "Every delete with If-Unmodified-Since is refused.",
        Wire(|| {
            instead(|call| {
                (call.is(&[O::DeleteAgent, O::DeleteUrlConfiguration])
                    && call.headers.contains_key("if-unmodified-since"))
                .then(|| Answer::error(412, "412 Precondition Failed"))
            })
        }),
    ),
    Defect::new(
        "condition-fails-and-deletes",
        R::ExchangeIfUnmodifiedSince,
        "A delete whose condition fails is answered with 412 and done.",
        Wire(condition_fails_and_deletes),
    ),
    Defect::new(
        "head-without-pagination",
        R::ExchangeHead,
        "HEAD on a list has no pagination headers.",
        Wire(|| {
            after(|call, answer| {
                if call.method == Method::HEAD {
                    answer.headers.remove("x-total");
                    answer.headers.remove("x-page");
                    answer.headers.remove("x-per-page");
                    answer.headers.remove("link");
                }
            })
        }),
    ),
];
