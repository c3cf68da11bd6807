//! What is right nearly always.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "error-1-in-20",
        R::ExchangeNoServerError,
        "One answer in twenty is a server error.",
        Wire(|| {
            one_in(20, ANY, |answer| *answer = Answer::error(500, "500 Internal Server Error"))
        }),
    ),
    Defect::new(
        "missing-1-in-20",
        R::ExchangeSteady,
        "One read of an agent in twenty finds nothing.",
        Wire(|| one_in(20, &[O::GetAgent], |answer| *answer = Answer::error(404, "404 Not found"))),
    ),
    Defect::new(
        "empty-list-1-in-20",
        R::ExchangeSteady,
        "One list in twenty is empty.",
        Wire(|| {
            one_in(20, PAGES, |answer| {
                if answer.is_success() {
                    answer.set_value(&json!([]));
                }
            })
        }),
    ),
    Defect::new(
        "dropped-1-in-20",
        R::ExchangeComplete,
        "One connection in twenty is closed without an answer.",
        Wire(|| one_in(20, ANY, |answer| answer.delivery = Delivery::Dropped)),
    ),
    Defect::new(
        "forbidden-1-in-20",
        R::ExchangeSteady,
        "One answer in twenty to a read is forbidden.",
        Wire(|| {
            one_in(20, READS, |answer| {
                if answer.is_success() {
                    *answer = Answer::error(403, "403 Forbidden");
                }
            })
        }),
    ),
    Defect::new(
        "unauthorized-1-in-20",
        R::ExchangeSteady,
        "One answer in twenty is unauthorized.",
        Wire(|| {
            one_in(20, ANY, |answer| {
                if answer.is_success() {
                    *answer = Answer::error(401, "401 Unauthorized");
                }
            })
        }),
    ),
    Defect::new(
        "other-name-1-in-20",
        R::ExchangeSteady,
        "One agent in twenty is shown with another name.",
        Wire(|| {
            one_in(20, &[O::GetAgent], |answer| {
                if answer.is_success() {
                    answer.each(|agent| put(agent, "name", "agent"));
                }
            })
        }),
    ),
    Defect::new(
        "created-and-500-1-in-20",
        R::ExchangeNoServerError,
        "One token in twenty is created and answered with a server error.",
        Wire(|| {
            one_in(20, &[O::CreateAgentToken], |answer| {
                if answer.is_success() {
                    *answer = Answer::error(500, "500 Internal Server Error");
                }
            })
        }),
    ),
    Defect::new(
        "cut-1-in-20",
        R::ExchangeComplete,
        "One answer in twenty is cut off.",
        Wire(|| {
            one_in(20, ANY, |answer| {
                if !answer.body.is_empty() {
                    answer.delivery = Delivery::Cut(5);
                }
            })
        }),
    ),
    Defect::new(
        "html-1-in-20",
        R::ExchangeMediaType,
        "One success in twenty is a page of a proxy.",
        Wire(|| {
            one_in(20, READS, |answer| {
                if answer.is_success() {
                    answer.body = "<html>try again</html>".into();
                    answer.set_header("content-type", "text/html");
                }
            })
        }),
    ),
    Defect::new(
        "revoke-forgets-1-in-20",
        R::TokenRevoke,
        "One revocation in twenty does nothing.",
        Wire(|| forgets_one_in(20, O::RevokeAgentToken)),
    ),
    Defect::new(
        "delete-forgets-1-in-20",
        R::AgentDelete,
        "One deletion of an agent in twenty does nothing.",
        Wire(|| forgets_one_in(20, O::DeleteAgent)),
    ),
];
