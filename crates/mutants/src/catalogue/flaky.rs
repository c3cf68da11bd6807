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
];
