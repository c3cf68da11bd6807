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
                });
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
    Defect::new(
        "capitals-accepted",
        R::AgentNameCharset,
        "Capitals in the name of an agent are accepted.",
        Wire(|| {
            accepts(O::RegisterAgent, "name", |name| {
                name.as_str().is_some_and(|name| {
                    name.chars().any(|c| c.is_ascii_uppercase()) && is_name(&name.to_lowercase())
                })
            })
        }),
    ),
    Defect::new(
        "underscore-accepted",
        R::AgentNameCharset,
        "Underscores in the name of an agent are accepted.",
        Wire(|| {
            accepts(O::RegisterAgent, "name", |name| {
                name.as_str()
                    .is_some_and(|name| name.contains('_') && is_name(&name.replace('_', "a")))
            })
        }),
    ),
    Defect::new(
        "unicode-name-accepted",
        R::AgentNameCharset,
        "Letters of any script are accepted in the name of an agent.",
        Wire(|| {
            accepts(O::RegisterAgent, "name", |name| {
                name.as_str().is_some_and(|name| {
                    !name.is_ascii() && name.chars().all(|c| c.is_alphanumeric() || c == '-')
                })
            })
        }),
    ),
    Defect::new(
        "line-break-accepted",
        R::AgentNameCharset,
        "A line break at the end of a name is accepted.",
        Wire(|| {
            accepts(O::RegisterAgent, "name", |name| {
                name.as_str().is_some_and(|name| name.ends_with('\n') && is_name(name.trim_end()))
            })
        }),
    ),
    Defect::new(
        "name-trimmed",
        R::AgentNameCharset,
        "White space around the name of an agent is cut off.",
        Wire(|| {
            before(|call| change(call, O::RegisterAgent, "name", |name| name.trim().to_owned()))
        }),
    ),
    Defect::new(
        "leading-hyphen-accepted",
        R::AgentNameCharset,
        "A name may begin with a hyphen.",
        Wire(|| {
            accepts(O::RegisterAgent, "name", |name| {
                name.as_str().is_some_and(|name| {
                    name.starts_with('-') && is_name(name.trim_start_matches('-'))
                })
            })
        }),
    ),
    Defect::new(
        "double-hyphen-refused",
        R::AgentNameAccepted,
        "Two hyphens in a row are refused.",
        Wire(|| {
            refuses(O::RegisterAgent, "name", |name| {
                name.as_str().is_some_and(|name| name.contains("--"))
            })
        }),
    ),
    Defect::new(
        "digit-first-refused",
        R::AgentNameAccepted,
        "A name that begins with a digit is refused.",
        Wire(|| {
            refuses(O::RegisterAgent, "name", |name| {
                name.as_str().is_some_and(|name| name.starts_with(|c: char| c.is_ascii_digit()))
            })
        }),
    ),
    Defect::new(
        "name-cut",
        R::AgentNameLength,
        "A name of more than 63 characters is cut.",
        Wire(|| {
            before(|call| {
                change(call, O::RegisterAgent, "name", |name| name.chars().take(63).collect());
            })
        }),
    ),
    Defect::new(
        "empty-name-accepted",
        R::AgentNameRequired,
        "An agent may have an empty name.",
        Wire(|| accepts(O::RegisterAgent, "name", |name| name.as_str() == Some(""))),
    ),
    Defect::new(
        "missing-name-made-up",
        R::AgentNameRequired,
        "An agent without a name gets one.",
        Wire(|| {
            before(|call| {
                if call.is(&[O::RegisterAgent])
                    && call.json().get("name").is_none()
                    && call.json().is_object()
                {
                    call.set_field("name", json!("agent"));
                }
            })
        }),
    ),
    Defect::new(
        "token-name-of-256-accepted",
        R::TokenTextLength,
        "A token may have a name of 256 characters.",
        Wire(|| accepts(O::CreateAgentToken, "name", |name| length(name) > 255)),
    ),
    Defect::new(
        "token-name-of-255-refused",
        R::TokenTextLength,
        "A token may not have a name of 255 characters.",
        Wire(|| refuses(O::CreateAgentToken, "name", |name| length(name) == 255)),
    ),
    Defect::new(
        "description-of-1024-refused",
        R::TokenTextLength,
        "A description of 1,024 characters is refused.",
        Wire(|| refuses(O::CreateAgentToken, "description", |text| length(text) == 1024)),
    ),
    Defect::new(
        "description-of-1025-accepted",
        R::TokenTextLength,
        "A description of 1,025 characters is accepted.",
        Wire(|| accepts(O::CreateAgentToken, "description", |text| length(text) == 1025)),
    ),
    Defect::new(
        "name-limit-in-bytes",
        R::TokenTextLength,
        "The length of a token's name is counted in bytes.",
        Wire(|| {
            refuses(O::CreateAgentToken, "name", |name| {
                name.as_str().is_some_and(|name| name.len() > 255)
            })
        }),
    ),
    Defect::new(
        "token-name-null-accepted",
        R::TokenNameRequired,
        "A token may have null for a name.",
        Wire(|| {
            before(|call| {
                if call.is(&[O::CreateAgentToken]) && call.json().get("name") == Some(&Value::Null)
                {
                    call.set_field("name", json!("null"));
                }
            })
        }),
    ),
    Defect::new(
        "token-name-made-up",
        R::TokenNameRequired,
        "A token without a name gets one.",
        Wire(|| {
            before(|call| {
                if call.is(&[O::CreateAgentToken])
                    && call.json().is_object()
                    && call.json().get("name").is_none()
                {
                    call.set_field("name", json!("token"));
                }
            })
        }),
    ),
    Defect::new(
        "token-name-lowered",
        R::TokenNameKept,
        "The name of a token is stored in lower case.",
        Wire(|| before(|call| change(call, O::CreateAgentToken, "name", str::to_lowercase))),
    ),
    Defect::new(
        "token-name-collapsed",
        R::TokenNameKept,
        "White space within the name of a token is collapsed.",
        Wire(|| {
            before(|call| {
                change(call, O::CreateAgentToken, "name", |name| {
                    if name.trim().is_empty() {
                        name.to_owned()
                    } else {
                        name.split_whitespace().collect::<Vec<_>>().join(" ")
                    }
                });
            })
        }),
    ),
    Defect::new(
        "emoji-lost",
        R::TokenNameKept,
        "Characters beyond the basic plane are lost.",
        Wire(|| {
            before(|call| {
                change(call, O::CreateAgentToken, "name", |name| {
                    name.chars().filter(|c| u32::from(*c) < 0x10000).collect()
                });
            })
        }),
    ),
    Defect::new(
        "description-quotes-lost",
        R::TokenNameKept,
        "Quotation marks in a description are lost.",
        Wire(|| {
            before(|call| {
                change(call, O::CreateAgentToken, "description", |text| {
                    text.replace(['"', '\''], "")
                });
            })
        }),
    ),
    Defect::new(
        "shared-name-refused",
        R::TokenNameShared,
        "Two tokens of an agent may not have one name.",
        Wire(shared_name_refused),
    ),
    Defect::new(
        "object-as-description-accepted",
        R::ExchangeFieldTypes,
        "A description that is an object is taken as its JSON.",
        Wire(|| {
            before(|call| {
                if call.is(&[O::CreateAgentToken]) && call.field("description").is_object() {
                    call.set_field("description", json!(call.field("description").to_string()));
                }
            })
        }),
    ),
    Defect::new(
        "body-agent-wins",
        R::ExchangeNoMassAssignment,
        "An agent_id in the body wins over that of the path.",
        Wire(|| {
            before(|call| {
                if call.is(CREATES)
                    && !call.agent().is_empty()
                    && let Some(id) = call.field("agent_id").as_i64()
                {
                    call.set_segment(2, &id.to_string());
                }
            })
        }),
    ),
    Defect::new(
        "body-creator-wins",
        R::ExchangeNoMassAssignment,
        "A created_by_user_id in the body is stored.",
        Wire(|| assigned("created_by_user_id")),
    ),
    Defect::new(
        "body-token-wins",
        R::ExchangeNoMassAssignment,
        "A token in the body becomes the secret.",
        Wire(|| assigned("token")),
    ),
    Defect::new(
        "body-status-wins",
        R::ExchangeNoMassAssignment,
        "A status in the body is stored.",
        Wire(|| assigned("status")),
    ),
    Defect::new(
        "body-public-key-wins",
        R::ExchangeNoMassAssignment,
        "A public_key in the body is stored.",
        Wire(|| assigned("public_key")),
    ),
];
