//! Parameters: matched by place and name, those in the path by their position.

use serde_json::Value;

use super::at::{At, Kind};
use super::lifecycle::{self, Names, Sunset};
use super::listing::{Parameter, in_template, of, schema_of};
use super::operations::Operation;
use super::walk::{Pair, Walk};
use super::{rest, schema};
use crate::change::{Direction, Effect, Part, Site};
use crate::spec::Node;

const PARAMETER: &[&str] = &[
    "name",
    "in",
    "required",
    "deprecated",
    "schema",
    "content",
    "style",
    "explode",
    "x-sunset",
    "x-stability-level",
];

/// The name that a parameter of the base has in the revision.
fn new_name(parameter: &Parameter<'_>, old: &Operation<'_>, new: &Operation<'_>) -> String {
    let position = in_template(&old.path).iter().position(|name| *name == parameter.name);
    let renamed = position.and_then(|index| in_template(&new.path).get(index).copied());
    match renamed {
        Some(name) if parameter.location == "path" => name.to_owned(),
        _ => parameter.name.clone(),
    }
}

fn is_same(location: &str, name: &str, other: &Parameter<'_>) -> bool {
    // Names of headers have no case.
    let same_name = if location == "header" {
        other.name.eq_ignore_ascii_case(name)
    } else {
        other.name == name
    };
    other.location == location && same_name
}

pub(crate) fn compare(walk: &mut Walk, at: &At, old: &Operation<'_>, new: &Operation<'_>) {
    let (base, revision) = (of(old), of(new));
    let mut matched = Vec::new();
    for parameter in &base {
        let name = new_name(parameter, old, new);
        match revision.iter().position(|other| is_same(&parameter.location, &name, other)) {
            Some(index) => {
                matched.push(index);
                both(walk, at, parameter, &revision[index]);
            }
            None => removed(walk, at, parameter, new),
        }
    }
    for (index, parameter) in revision.iter().enumerate() {
        if !matched.contains(&index) {
            added(walk, at, parameter, old);
        }
    }
}

fn place(at: &At, parameter: &Parameter<'_>) -> At {
    let (location, name) = (parameter.location.clone(), parameter.name.clone());
    let path = vec![name.clone()];
    let at = at.part(Direction::Request, Kind::Parameter, Part::Parameter { location, name });
    At { path, typed: false, ..at }
}

fn removed(walk: &mut Walk, at: &At, parameter: &Parameter<'_>, new: &Operation<'_>) {
    let at = place(at, parameter);
    let node = &parameter.node;
    let suffix = match (node.flag("deprecated"), lifecycle::sunset(node)) {
        (false, _) => "removed",
        (true, Sunset::Unreadable) => "sunset-parse",
        (true, Sunset::On(date)) if date.as_str() > walk.today() => "removed-before-sunset",
        (true, _) => "removed-with-deprecation",
    };
    let pointers = (node.pointer(), new.node.pointer());
    let old = Value::from(parameter.name.as_str());
    walk.note_at(&at, at.id(suffix), Effect::Narrows, pointers, (old, Value::Null));
}

fn added(walk: &mut Walk, at: &At, parameter: &Parameter<'_>, old: &Operation<'_>) {
    let at = place(at, parameter);
    let required = parameter.required();
    let id = match (parameter.location.as_str(), parameter.of_path, required) {
        ("path", _, _) => "new-request-path-parameter",
        (_, true, true) => "new-required-request-default-parameter-to-existing-path",
        (_, true, false) => "new-optional-request-default-parameter-to-existing-path",
        (_, false, true) => "new-required-request-parameter",
        (_, false, false) => "new-optional-request-parameter",
    };
    let effect = if required { Effect::Narrows } else { Effect::Widens };
    let pointers = (old.node.pointer(), parameter.node.pointer());
    walk.note_at(&at, id, effect, pointers, (Value::Null, parameter.name.as_str().into()));
}

fn both(walk: &mut Walk, at: &At, old: &Parameter<'_>, new: &Parameter<'_>) {
    let at = place(at, new);
    let pair = Pair::new(&old.node, &new.node);
    let (was, is) = (old.required(), new.required());
    if was != is {
        let id = at.id(if is { "became-required" } else { "became-optional" });
        let effect = if is { Effect::Narrows } else { Effect::Widens };
        walk.note(&at, id, effect, &pair, (was.into(), is.into()));
    }
    lifecycle::deprecation(walk, &at, &pair, &lifecycle_names());
    lifecycle::stability_change(walk, &at, &pair, "request-parameter");
    serialization(walk, &at, &pair, old);
    // Not as `required()`: a document that forgets to say it of a path parameter gets no exemption.
    let must_be_sent = old.node.flag("required") || new.node.flag("required");
    values(walk, &at, &pair, must_be_sent);
    rest::compare(walk, &at, &pair, PARAMETER);
}

fn lifecycle_names() -> Names {
    Names {
        deprecated: "request-parameter-deprecated".into(),
        with_sunset: "request-parameter-deprecated".into(),
        unreadable: "request-parameter-sunset-parse".into(),
        too_soon: "request-parameter-sunset-date-too-small".into(),
        reactivated: "request-parameter-reactivated".into(),
        sunset_deleted: "request-parameter-sunset-deleted".into(),
        sunset_moved: "request-parameter-sunset-date-changed-too-small".into(),
    }
}

/// How the value becomes text: `style` and `explode`, with the defaults of the place.
fn method(node: &Node<'_>, location: &str) -> (String, bool) {
    let default = if matches!(location, "query" | "cookie") { "form" } else { "simple" };
    let style = node.text("style").unwrap_or(default).to_owned();
    let explode = node.value().get("explode").and_then(Value::as_bool);
    let explode = explode.unwrap_or(style == "form");
    (style, explode)
}

fn serialization(walk: &mut Walk, at: &At, pair: &Pair<'_>, parameter: &Parameter<'_>) {
    let old = method(&pair.base, &parameter.location);
    let new = method(&pair.revision, &parameter.location);
    if old != new {
        let text = |(style, explode): (String, bool)| {
            Value::from(format!("{style}, {}", if explode { "exploded" } else { "not exploded" }))
        };
        walk.note(at, at.id("style-changed"), Effect::Changes, pair, (text(old), text(new)));
    }
}

fn values(walk: &mut Walk, at: &At, pair: &Pair<'_>, required: bool) {
    walk.begin_message();
    let (old, new) = (schema_of(&pair.base), schema_of(&pair.revision));
    match (old, new) {
        (Some((old, typed)), Some((new, new_typed))) => {
            if typed != new_typed {
                let values = (pair.values("content").0, pair.values("content").1);
                walk.note(at, at.id("style-changed"), Effect::Changes, pair, values);
            }
            let at = with_schemas(At { typed: new_typed, ..at.clone() }, &old, &new);
            let schemas = Pair::new(&old, &new);
            schema::values::default(walk, &at, &schemas, required);
            let schemas = match items_of_list(&at, &pair.revision, &schemas) {
                Some(items) => {
                    let values = schemas.values("type");
                    walk.note(&at, at.id("type-generalized"), Effect::Annotates, pair, values);
                    items
                }
                None => schemas,
            };
            schema::compare(walk, &at, &schemas);
        }
        (None, Some((new, _))) => {
            let id = at.id("schema-added");
            walk.note(at, id, Effect::Narrows, pair, (Value::Null, new.value().clone()));
        }
        (Some((old, _)), None) => {
            let id = at.id("schema-removed");
            walk.note(at, id, Effect::Widens, pair, (old.value().clone(), Value::Null));
        }
        (None, None) => {}
    }
}

/// The same place, with the schemas that its message is held against.
pub(crate) fn with_schemas(at: At, old: &Node<'_>, new: &Node<'_>) -> At {
    let site = at.site.clone().map(|site| Site {
        base_schema: Some(old.pointer().to_owned()),
        revision_schema: Some(new.pointer().to_owned()),
        ..site
    });
    At { site, ..at }
}

/// One value that became a list whose values are sent as `?a=1&a=2`: a single one is a list as well,
/// so that only its items are to be compared.
fn items_of_list<'s>(at: &At, parameter: &Node<'s>, pair: &Pair<'s>) -> Option<Pair<'s>> {
    let Part::Parameter { location, .. } = &at.site.as_ref()?.part else { return None };
    let is_repeated = method(parameter, location) == ("form".to_owned(), true);
    let (old, new) = (schema::types::of(&pair.base), schema::types::of(&pair.revision));
    let is_single = !old.is_empty() && !old.iter().any(|name| ["array", "object"].contains(name));
    let fewest = pair.revision.value().get("minItems").and_then(Value::as_u64).unwrap_or(0);
    let items = pair.revision.get("items")?;
    let is_list = is_repeated && is_single && new == ["array"] && fewest < 2;
    is_list.then(|| Pair::new(&pair.base, &items))
}
