//! The objects of a ledger and their keys.

use crate::document::shape::{Key, Object, Shape, may, must};

const fn object(name: &'static str, keys: &'static [Key]) -> Object {
    Object { name, keys, extensible: false }
}

pub(super) static LEDGER: Object = object(
    "a ledger",
    &[
        must("version", Shape::Count),
        must("requirements", Shape::List(&Shape::Object(&REQUIREMENT))),
    ],
);

static REQUIREMENT: Object = object(
    "a requirement",
    &[
        must("id", Shape::Text),
        must("level", Shape::Word(&["must", "should", "may"])),
        must("profile", Shape::Word(&["core", "receptive"])),
        must("operations", Shape::List(&Shape::Text)),
        must("statement", Shape::Text),
        must("why", Shape::Text),
        must("source", Shape::Object(&SOURCE)),
        may("accepts", Shape::List(&Shape::Object(&ACCEPTED))),
    ],
);

static SOURCE: Object = object(
    "a source",
    &[
        must("section", Shape::Text),
        must("basis", Shape::Word(&["documented", "observed", "inferred"])),
    ],
);

static ACCEPTED: Object = object(
    "an accepted outcome",
    &[
        must("outcome", Shape::Text),
        must("because", Shape::Text),
        may("status", Shape::List(&Shape::Count)),
    ],
);
