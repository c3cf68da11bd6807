//! Values that are accepted and should not be, or the other way round.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "name-of-64-accepted",
        R::AgentNameLength,
        "A name of 64 characters is accepted.",
        Wire(|| accepts(O::RegisterAgent, "name", |name| length(name) == 64)),
    ),
    Defect::new(
        "name-of-63-refused",
        R::AgentNameLength,
        "A name of 63 characters is refused.",
        Wire(|| refuses(O::RegisterAgent, "name", |name| length(name) == 63)),
    ),
    Defect::new(
        "name-lowered",
        R::AgentNameCharset,
        "Capitals of a name are lowered instead of refused.",
        Wire(|| before(|call| change(call, O::RegisterAgent, "name", str::to_lowercase))),
    ),
    Defect::new(
        "short-name-refused",
        R::AgentNameAccepted,
        "A name of one letter is refused.",
        Wire(|| refuses(O::RegisterAgent, "name", |name| length(name) == 1)),
    ),
    Defect::new(
        "token-name-blank-accepted",
        R::TokenNameRequired,
        "A token may have a name of blanks.",
        Wire(|| {
            accepts(O::CreateAgentToken, "name", |name| {
                name.as_str().is_some_and(|name| !name.is_empty() && name.trim().is_empty())
            })
        }),
    ),
    Defect::new(
        "token-name-trimmed",
        R::TokenNameKept,
        "Blanks around the name of a token are cut off.",
        Wire(|| {
            before(|call| change(call, O::CreateAgentToken, "name", |name| name.trim().to_owned()))
        }),
    ),
    Defect::new(
        "token-name-ascii-only",
        R::TokenNameKept,
        "The name of a token may only have ASCII characters.",
        Wire(|| {
            refuses(O::CreateAgentToken, "name", |name| {
                name.as_str().is_some_and(|name| !name.is_ascii())
            })
        }),
    ),
    Defect::new(
        "description-cut",
        R::TokenTextLength,
        "A description is cut after 255 characters.",
        Wire(|| {
            before(|call| {
                change(call, O::CreateAgentToken, "description", |text| {
                    text.chars().take(255).collect()
                })
            })
        }),
    ),
    Defect::new(
        "null-name-accepted",
        R::AgentNameRequired,
        "A name of null becomes the name null.",
        Wire(|| {
            before(|call| {
                if call.is(&[O::RegisterAgent]) && call.json().get("name") == Some(&Value::Null) {
                    call.set_field("name", json!("null"));
                }
            })
        }),
    ),
    Defect::new(
        "duplicate-name-accepted",
        R::AgentNameUnique,
        "Two agents of a project may have one name.",
        Store(Slip::NoNameRule),
    ),
    Defect::new(
        "list-as-name-accepted",
        R::ExchangeFieldTypes,
        "A name that is an array of one text is taken for this text.",
        Wire(|| {
            before(|call| {
                if let Some([Value::String(name)]) =
                    call.field("name").as_array().map(Vec::as_slice)
                {
                    call.set_field("name", json!(name));
                }
            })
        }),
    ),
    Defect::new(
        "body-id-wins",
        R::ExchangeNoMassAssignment,
        "A project id in the body wins over that of the path.",
        Wire(|| {
            before(|call| {
                if call.is(CREATES)
                    && let Some(id) = call.field("id").as_i64()
                {
                    call.set_segment(0, &id.to_string());
                }
            })
        }),
    ),
    Defect::new(
        "unknown-field-refused",
        R::ExchangeUnknownFields,
        "A field that is not documented is a 400.",
        Wire(|| {
            before(|call| {
                if call.is(CREATES) && has_unknown_field(call) {
                    call.body = "{}".into();
                }
            })
        }),
    ),
    Defect::new(
        "trailing-hyphen-accepted",
        R::AgentNameCharset,
        "A name may end with a hyphen.",
        Wire(|| {
            accepts(O::RegisterAgent, "name", |name| {
                name.as_str().is_some_and(|name| {
                    name.len() > 1 && name.ends_with('-') && is_name(name.trim_end_matches('-'))
                })
            })
        }),
    ),
];
