//! Other answers that say the same.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::SecondsFormat;
use cluster_agents_server::Operation as O;
use http::Method;
use serde_json::{Value, json};

use super::Odd;
use super::kit::*;
use crate::kit::*;
use crate::seam::call::Answer;
use crate::seam::wire::{after, before, instead, items};
use crate::server::Plant::Wire;

pub(super) const ODDS: &[Odd] = &[
    // Bodies.
    Odd::new(
        "extra-keys",
        "Every object has keys that nobody documented.",
        Wire(|| {
            items(ANY, |object| {
                put(object, "web_path", "/-/agents");
                put(object, "labels", json!({"a": [1, null]}));
            })
        }),
    ),
    Odd::new(
        "nulls-left-out",
        "No key is null: it is left out.",
        Wire(|| items(ANY, without_nulls)),
    ),
    Odd::new(
        "url-keys-null",
        "Optional keys of URL configurations are there and null.",
        Wire(|| {
            items(URLS, |object| {
                for key in ["public_key", "client_cert", "ca_cert", "tls_host"] {
                    object.entry(key).or_insert(Value::Null);
                }
            })
        }),
    ),
    Odd::new(
        "keys-reversed",
        "The keys of objects are in reverse order.",
        Wire(|| items(ANY, reversed)),
    ),
    Odd::new(
        "pretty-printed",
        "JSON is written over many lines, and ends with a line break.",
        Wire(|| {
            after(|_, answer| {
                if !answer.body.is_empty() {
                    let text = serde_json::to_string_pretty(&answer.value()).unwrap_or_default();
                    answer.body = (text + "\n").into();
                }
            })
        }),
    ),
    Odd::new(
        "escaped-json",
        "JSON has escapes for everything beyond ASCII.",
        Wire(|| after(|_, answer| escaped(answer))),
    ),
    Odd::new(
        "creator-gone",
        "The account that created everything is gone.",
        Wire(|| items(AGENTS_AND_TOKENS, |object| put(object, "created_by_user_id", Value::Null))),
    ),
    Odd::new(
        "token-creator-as-text",
        "The creator of a token is a text of digits.",
        Wire(|| {
            items(TOKENS, |token| {
                let id = at(token, "created_by_user_id").to_string();
                put(token, "created_by_user_id", id);
            })
        }),
    ),
    Odd::new(
        "receptive-not-told",
        "Agents do not tell whether they are receptive.",
        Wire(|| items(AGENTS, |agent| take(agent, "is_receptive"))),
    ),
    Odd::new(
        "project-described-by-null",
        "Projects have null for a description.",
        Wire(|| {
            items(AGENTS, |agent| {
                inside(agent, "config_project", |project| put(project, "description", Value::Null));
            })
        }),
    ),
    // Times, numbers, secrets.
    Odd::new(
        "microseconds",
        "Times have microseconds.",
        Wire(|| times(|time| time.to_rfc3339_opts(SecondsFormat::Micros, true))),
    ),
    Odd::new(
        "whole-seconds",
        "Times have no fraction.",
        Wire(|| times(|time| time.to_rfc3339_opts(SecondsFormat::Secs, true))),
    ),
    Odd::new("offset", "Times are told with an offset of two hours.", Wire(|| times(with_offset))),
    Odd::new("clock-ahead", "The server's clock is five minutes ahead.", Wire(clock_ahead)),
    Odd::new(
        "large-ids",
        "Ids are beyond 32 bits.",
        Wire(|| renumbered(|id| id + 9_000_000_000, |id| id - 9_000_000_000)),
    ),
    Odd::new(
        "sparse-ids",
        "Ids are seven apart.",
        Wire(|| renumbered(|id| id * 7 + 3, |id| (id - 3) / 7)),
    ),
    Odd::new(
        "random-ids",
        "Ids are in no order.",
        Wire(|| renumbered(|id| id ^ 0x2f5a_6b3c, |id| id ^ 0x2f5a_6b3c)),
    ),
    Odd::new(
        "secret-without-prefix",
        "Secrets have no prefix.",
        Wire(|| new_secret(|_, _, random| random.trim_start_matches("glagent-").to_owned())),
    ),
    Odd::new(
        "routable-secret",
        "Secrets have routing parts and a check sum.",
        Wire(|| {
            new_secret(|number, agent, random| {
                let payload = format!("{}\nc:1\no:1\np:{agent}\n", &random[8..30]);
                format!("glagent-{}.01.1x{number:07}", URL_SAFE_NO_PAD.encode(payload))
            })
        }),
    ),
    Odd::new(
        "instance-prefix",
        "Secrets have the prefix of the instance before that of agents.",
        Wire(|| new_secret(|_, _, random| format!("example-{random}"))),
    ),
    // Errors.
    Odd::new(
        "other-words",
        "Errors are worded otherwise.",
        Wire(|| errors(|_| json!({ "message": "This request was not served." }))),
    ),
    Odd::new(
        "errors-under-error",
        "All errors are under the key error.",
        Wire(|| errors(|text| json!({ "error": text }))),
    ),
    Odd::new(
        "errors-by-field",
        "Messages are an object of reasons by field.",
        Wire(|| errors(|text| json!({ "message": { "base": [text] } }))),
    ),
    Odd::new(
        "small-roles-forbidden",
        "A read by a role that is too small is forbidden instead of not found.",
        Wire(|| {
            after(|call, answer| {
                if call.is(READS)
                    && call.by(&["guest", "reporter"])
                    && answer.status == 404
                    && !says(answer, "404 Project Not Found")
                {
                    *answer = Answer::error(403, "403 Forbidden");
                }
            })
        }),
    ),
    Odd::new(
        "duplicate-409",
        "A name that is taken is a conflict.",
        Wire(|| error_status("been taken", 400, 409)),
    ),
    Odd::new(
        "limit-403",
        "A third token is forbidden.",
        Wire(|| error_status("two active", 400, 403)),
    ),
    Odd::new(
        "limit-409",
        "A second URL configuration is a conflict.",
        Wire(|| error_status("already exists", 400, 409)),
    ),
    Odd::new(
        "invalid-422",
        "A value that breaks a rule is a 422.",
        Wire(|| error_status("400 Bad request", 400, 422)),
    ),
    Odd::new(
        "malformed-id-404",
        "What cannot be an id is not found.",
        Wire(|| {
            after(|call, answer| {
                if call.op().is_some()
                    && !call.is(PAGES)
                    && answer.status == 400
                    && call.method == Method::GET
                {
                    *answer = Answer::error(404, "404 Not found");
                }
            })
        }),
    ),
    Odd::new(
        "media-type-406",
        "A foreign media type is a 406.",
        Wire(|| error_status("", 415, 406)),
    ),
    Odd::new(
        "media-type-400",
        "A foreign media type is a 400.",
        Wire(|| error_status("", 415, 400)),
    ),
    Odd::new(
        "method-405",
        "A method that a path does not have is a 405.",
        Wire(|| {
            after(|call, answer| {
                if call.op().is_none() && answer.status == 404 && call.method != Method::GET {
                    answer.status = 405;
                }
            })
        }),
    ),
    Odd::new("gone-410", "What was deleted is gone instead of not found.", Wire(gone)),
    Odd::new(
        "revoke-again-404",
        "Revoking a revoked token finds none.",
        Wire(revoke_again_missing),
    ),
    Odd::new(
        "page-zero-refused",
        "A page below one is refused.",
        Wire(|| {
            instead(|call| {
                let below = |name| {
                    call.query(name)
                        .and_then(|value| value.parse::<i64>().ok())
                        .is_some_and(|value| value < 1)
                };
                (call.is(PAGES) && !call.token().is_empty() && (below("page") || below("per_page")))
                    .then(|| Answer::json(400, &json!({ "error": "page is invalid" })))
            })
        }),
    ),
    Odd::new(
        "challenge",
        "A 401 has a challenge.",
        Wire(|| {
            after(|_, answer| {
                if answer.status == 401 {
                    answer.set_header("www-authenticate", "Bearer realm=\"example\"");
                }
            })
        }),
    ),
    // Values.
    Odd::new(
        "numbers-refused",
        "A number in the place of a text is refused.",
        Wire(|| {
            before(|call| {
                if call.is(CREATES) {
                    for field in ["name", "description", "url", "tls_host"] {
                        if call.field(field).is_number() || call.field(field).is_boolean() {
                            call.set_field(field, json!({}));
                        }
                    }
                }
            })
        }),
    ),
    Odd::new(
        "token-name-trimmed",
        "Blanks around the name of a token are cut off.",
        Wire(|| {
            before(|call| change(call, O::CreateAgentToken, "name", |name| name.trim().to_owned()))
        }),
    ),
    Odd::new(
        "forged-fields-refused",
        "A body with what the server decides is refused.",
        Wire(|| {
            before(|call| {
                if forges(call) {
                    call.body = "{}".into();
                }
            })
        }),
    ),
    Odd::new(
        "certificate-alone-ignored",
        "A client certificate without a key is left out.",
        Wire(|| {
            before(|call| {
                if call.is(&[O::CreateUrlConfiguration]) && blank(&call.field("client_key")) {
                    call.edit(|body| take(body, "client_cert"));
                }
            })
        }),
    ),
    Odd::new(
        "certificates-as-base64",
        "Certificates come as Base64 of their PEM.",
        Wire(base64_certificates),
    ),
    Odd::new(
        "wrapped-public-key",
        "The public key ends with a line break.",
        Wire(|| items(URLS, |url| edit(url, "public_key", |key| format!("{key}\n")))),
    ),
];
