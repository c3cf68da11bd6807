//! Laws of the comparison, over documents and edits that are made up.
#![allow(missing_docs, clippy::unwrap_used)]

use cluster_agents_review::change::{Change, Direction, Effect};
use cluster_agents_review::{Spec, diff};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const DOCUMENT: &str = include_str!("../../../openapi/cluster-agents.yaml");

fn changes(base: &str, revision: &str) -> Vec<Change> {
    let read = |text: &str| Spec::parse("x", text).unwrap();
    diff::changes(&read(base), &read(revision), "2026-01-31").unwrap()
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        (0..20_u32, 20..40_u32)
            .prop_map(|(a, b)| json!({"type": "string", "minLength": a, "maxLength": b})),
        (-9..9_i32, 10..99_i32)
            .prop_map(|(a, b)| json!({"type": "integer", "minimum": a, "maximum": b})),
        prop::collection::btree_set("[a-c]", 1..4)
            .prop_map(|v| json!({"type": "string", "enum": v})),
        any::<bool>().prop_map(|n| json!({"type": "boolean", "nullable": n})),
        Just(json!({"$ref": "#/components/schemas/Tree"})),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(3, 24, 4, |inner| {
        let members = prop::collection::btree_map("[a-e]", inner.clone(), 0..4);
        let object = (members, any::<u8>()).prop_map(|(members, bits)| {
            let required: Vec<_> = members
                .keys()
                .enumerate()
                .filter(|(i, _)| bits >> i & 1 == 1)
                .map(|(_, k)| k)
                .collect();
            let mut schema = json!({"type": "object", "properties": members});
            if !required.is_empty() {
                schema["required"] = json!(required);
            }
            schema
        });
        let list = inner.clone().prop_map(|items| json!({"type": "array", "items": items}));
        let choice = prop::collection::vec(inner, 1..3).prop_map(|of| json!({"oneOf": of}));
        prop_oneof![3 => object, 1 => list, 1 => choice]
    })
}

fn document(body: &Value, answer: &Value, parameter: &Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1.0.0"},
        "paths": {"/things/{id}": {"post": {
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
                {"name": "q", "in": "query", "schema": parameter},
            ],
            "requestBody": {"content": {"application/json": {"schema": body}}},
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": answer}}}},
        }}},
        "components": {"schemas": {"Tree": {
            "type": "object",
            "properties": {"next": {"$ref": "#/components/schemas/Tree"}, "name": {"type": "string"}},
        }}},
    })
}

fn documents() -> impl Strategy<Value = Value> {
    (schema(), schema(), leaf()).prop_map(|(a, b, c)| document(&a, &b, &c))
}

/// The members of all objects in the opposite order.
fn reordered(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            map.iter().rev().map(|(k, v)| (k.clone(), reordered(v))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(reordered).collect(),
        other => other.clone(),
    }
}

/// What the changes say, without the words for up and down.
fn summary(changes: &[Change], flip: bool) -> Vec<String> {
    let mut lines: Vec<_> = changes
        .iter()
        .filter(|change| change.direction != Direction::None)
        .map(|change| {
            let effect = if flip { change.effect.reversed() } else { change.effect };
            let (old, new) =
                if flip { (&change.new, &change.old) } else { (&change.old, &change.new) };
            format!("{:?} {effect:?} {} {old} {new}", change.direction, change.path)
        })
        .collect();
    lines.sort();
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_document_does_not_differ_from_itself(document in documents()) {
        let text = document.to_string();
        prop_assert_eq!(changes(&text, &text).len(), 0);
    }

    #[test]
    fn the_order_of_members_is_no_change(document in documents()) {
        let found = changes(&document.to_string(), &reordered(&document).to_string());
        prop_assert_eq!(found.len(), 0, "{:?}", found);
    }

    #[test]
    fn renaming_a_component_is_no_change(document in documents()) {
        let text = document.to_string();
        let found = changes(&text, &text.replace("Tree", "Forest"));
        prop_assert_eq!(found.len(), 0, "{:?}", found);
    }

    #[test]
    fn renaming_a_path_parameter_is_no_change(document in documents()) {
        let text = document.to_string();
        let renamed = text.replace("{id}", "{thing}").replace(r#""name":"id""#, r#""name":"thing""#);
        let found = changes(&text, &renamed);
        prop_assert_eq!(found.len(), 0, "{:?}", found);
    }

    #[test]
    fn moving_a_schema_to_the_components_is_no_change(body in schema(), answer in schema()) {
        let inline = document(&body, &answer, &json!({"type": "string"}));
        let mut moved = document(
            &json!({"$ref": "#/components/schemas/Body"}), &answer, &json!({"type": "string"}));
        moved["components"]["schemas"]["Body"] = body;
        let found = changes(&inline.to_string(), &moved.to_string());
        prop_assert_eq!(found.len(), 0, "{:?}", found);
    }

    #[test]
    fn an_all_of_around_one_schema_is_no_change(body in schema(), answer in schema()) {
        let plain = document(&body, &answer, &json!({"type": "string"}));
        let around = |schema: &Value| json!({"description": "The same.", "allOf": [schema]});
        let mut wrapped = document(&around(&body), &around(&answer), &json!({"type": "string"}));
        wrapped["components"] = plain["components"].clone();
        let found = changes(&plain.to_string(), &wrapped.to_string());
        let found: Vec<_> = found.iter().filter(|c| c.id != "documentation-changed").collect();
        prop_assert_eq!(found.len(), 0, "{:?}", found);
    }

    #[test]
    fn the_way_back_has_the_opposite_effects(a in leaf(), b in leaf()) {
        let same = json!({"type": "string"});
        let old = document(&json!({"type": "object", "properties": {"p": a}}), &same, &same).to_string();
        let new = document(&json!({"type": "object", "properties": {"p": b}}), &same, &same).to_string();
        let forth = summary(&changes(&old, &new), false);
        let back = summary(&changes(&new, &old), true);
        prop_assert_eq!(forth, back);
    }

    #[test]
    fn a_request_and_an_answer_change_alike(a in schema(), b in schema()) {
        let same = json!({"type": "string"});
        let as_body = changes(&document(&a, &same, &same).to_string(), &document(&b, &same, &same).to_string());
        let as_answer = changes(&document(&same, &a, &same).to_string(), &document(&same, &b, &same).to_string());
        let effects = |found: &[Change]| {
            let mut list: Vec<_> = found.iter().map(|c| (c.path.clone(), c.old.to_string(), c.new.to_string())).collect();
            list.sort();
            list
        };
        prop_assert_eq!(effects(&as_body), effects(&as_answer));
    }
}

#[test]
fn our_own_document_does_not_differ_from_itself_reordered() {
    let spec = Spec::parse("x", DOCUMENT).unwrap();
    let text = reordered(spec.json()).to_string();
    let found = changes(DOCUMENT, &text);
    // Paths and operations keep their own order of parameters; nothing else may be noticed.
    assert!(found.is_empty(), "{found:?}");
    assert!(!changes(DOCUMENT, &text.replace("\"minLength\":1", "\"minLength\":2")).is_empty());
}

#[test]
fn an_effect_turned_twice_is_itself() {
    for effect in [Effect::Narrows, Effect::Widens, Effect::Changes, Effect::Annotates] {
        assert_eq!(effect.reversed().reversed(), effect);
    }
}

#[test]
fn a_branch_that_another_component_replaces_is_told_even_if_their_content_is_the_same() {
    let with = |name: &str| {
        let body = json!({"anyOf": [{"$ref": format!("#/components/schemas/{name}")}]});
        let mut document = document(&body, &json!({}), &json!({}));
        let schemas = &mut document["components"]["schemas"];
        schemas["Cat"] = json!({"type": "object"});
        schemas["Rabbit"] = json!({"type": "object"});
        document.to_string()
    };
    let found = changes(&with("Cat"), &with("Rabbit"));
    let ids: Vec<_> = found.iter().map(|change| change.id.as_str()).collect();
    assert_eq!(ids, ["request-body-any-of-removed", "request-body-any-of-added"]);
}

#[test]
fn one_value_of_a_query_may_become_a_list_and_one_of_a_path_may_not() {
    let with = |place: &str, schema: Value| {
        let mut document = document(&json!({}), &json!({}), &json!({"type": "string"}));
        let parameters = &mut document["paths"]["/things/{id}"]["post"]["parameters"];
        let index = usize::from(place == "query");
        parameters[index]["schema"] = schema;
        document.to_string()
    };
    let list = json!({"type": "array", "items": {"type": "string", "maxLength": 9}});
    let ids = |place: &str| -> Vec<String> {
        let found = changes(&with(place, json!({"type": "string"})), &with(place, list.clone()));
        found.into_iter().map(|change| change.id).collect()
    };
    assert_eq!(
        ids("query"),
        ["request-parameter-type-generalized", "request-parameter-max-length-set"]
    );
    assert!(ids("path").contains(&"request-parameter-type-changed".to_owned()));
}
