//! Answers that break HTTP or take too long.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "never-answers",
        R::ExchangeComplete,
        "Getting a token is never answered.",
        Wire(|| delivered(&[O::GetAgentToken], Delivery::Never)),
    ),
    Defect::new(
        "body-cut",
        R::ExchangeComplete,
        "The last ten bytes of a list are missing.",
        Wire(|| delivered(&[O::ListAgents], Delivery::Cut(10))),
    ),
    Defect::new(
        "trailing-bytes",
        R::ExchangeOneBody,
        "After the announced length of an answer come more bytes.",
        Wire(|| delivered(&[O::GetAgent], Delivery::Followed(b"{\"id\":0}"))),
    ),
    Defect::new(
        "body-after-204",
        R::ExchangeEmpty204,
        "A body follows on 204.",
        Wire(|| {
            after(|_, answer| {
                if answer.status == 204 {
                    answer.delivery = Delivery::Followed(b"deleted");
                }
            })
        }),
    ),
    Defect::new(
        "length-too-large",
        R::ExchangeComplete,
        "A longer body is announced than comes.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::GetAgent]) && answer.is_success() {
                    answer.body = [&answer.body[..], b"          "].concat().into();
                    answer.delivery = Delivery::Cut(10);
                }
            })
        }),
    ),
    Defect::new(
        "length-too-small",
        R::ExchangeOneBody,
        "A shorter body is announced than comes.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::GetAgent]) && answer.is_success() {
                    answer.delivery = Delivery::Announced(answer.body.len() - 5);
                }
            })
        }),
    ),
    Defect::new(
        "body-twice",
        R::ExchangeOneBody,
        "The JSON of an agent comes twice in one body.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::GetAgent]) && answer.is_success() {
                    answer.body = [&answer.body[..], &answer.body[..]].concat().into();
                }
            })
        }),
    ),
    Defect::new(
        "answer-takes-15-s",
        R::ExchangeComplete,
        "Getting a token takes 15 seconds.",
        Wire(|| slow(&[O::GetAgentToken], 15_000)),
    ),
    Defect::new(
        "dropped-after-create",
        R::ExchangeComplete,
        "The connection is closed instead of the answer to a created URL configuration.",
        Wire(|| delivered(&[O::CreateUrlConfiguration], Delivery::Dropped)),
    ),
    Defect::new(
        "json-after-revoke",
        R::ExchangeEmpty204,
        "A revocation is answered with 204 and a JSON body.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::RevokeAgentToken]) && answer.status == 204 {
                    answer.delivery = Delivery::Followed(b"{\"message\":\"204 No Content\"}");
                }
            })
        }),
    ),
];
