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
];
