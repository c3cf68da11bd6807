//! Who may call: requirements of the document and of an operation, and the schemes behind them.

use serde_json::Value;

use super::at::At;
use super::document::where_felt;
use super::same::same;
use super::walk::{Pair, Walk};
use super::{operations, rest};
use crate::change::Effect;
use crate::spec::Node;

/// One way to be let in: schemes that are needed together, each with its scopes.
#[derive(Debug, Clone, PartialEq)]
struct Requirement(Vec<(String, Vec<String>)>);

impl Requirement {
    fn schemes(&self) -> Vec<&str> {
        self.0.iter().map(|(scheme, _)| scheme.as_str()).collect()
    }

    fn value(&self) -> Value {
        self.schemes().join(" and ").into()
    }
}

/// The requirements in `security`; absent is different from empty.
fn requirements(node: &Node<'_>, names: &dyn Fn(&str) -> String) -> Option<Vec<Requirement>> {
    let list = node.value().get("security")?.as_array()?;
    let read = |requirement: &Value| {
        let schemes = requirement.as_object().into_iter().flatten();
        let mut schemes: Vec<_> = schemes
            .map(|(scheme, scopes)| {
                let scopes = scopes.as_array().into_iter().flatten();
                let scopes = scopes.filter_map(Value::as_str).map(str::to_owned).collect();
                (names(scheme), scopes)
            })
            .collect();
        schemes.sort();
        Requirement(schemes)
    };
    Some(list.iter().map(read).collect())
}

fn schemes<'s>(root: &Node<'s>) -> Vec<(&'s str, Node<'s>)> {
    let components = root.get("components").and_then(|node| node.get("securitySchemes"));
    components.map(|node| node.members()).unwrap_or_default()
}

/// The name of a base's scheme in the revision: its own, or that of the same scheme renamed.
fn new_name(roots: &Pair<'_>, name: &str) -> String {
    let (old, new) = (schemes(&roots.base), schemes(&roots.revision));
    let definition = old.iter().find(|(other, _)| *other == name);
    let is_free = |other: &str| !old.iter().any(|(known, _)| *known == other);
    if new.iter().any(|(other, _)| *other == name) {
        return name.to_owned();
    }
    let renamed = definition.and_then(|(_, scheme)| {
        new.iter().find(|(other, candidate)| is_free(other) && same(scheme, candidate))
    });
    renamed.map_or(name, |(other, _)| other).to_owned()
}

/// The requirements of the document, which count where an operation names none.
pub(crate) fn document(walk: &mut Walk, roots: &Pair<'_>) {
    let old = requirements(&roots.base, &|name| new_name(roots, name)).unwrap_or_default();
    let new = requirements(&roots.revision, &str::to_owned).unwrap_or_default();
    for at in where_felt(&roots.revision, "security") {
        compare(walk, &at, roots, "api-global-security", (&old, &new));
    }
    components(walk, roots);
}

/// One place per operation that asks for a scheme; the document itself if none does.
fn users(root: &Node<'_>, scheme: &str) -> Vec<At> {
    let asks = |node: &Node<'_>| {
        let own = requirements(node, &str::to_owned);
        let all = own.or_else(|| requirements(root, &str::to_owned)).unwrap_or_default();
        all.iter().any(|requirement| requirement.schemes().contains(&scheme))
    };
    let operations = operations::all(root).into_iter().filter(|op| asks(&op.node));
    let mut places: Vec<_> = operations.map(|op| At::operation(&op.name(), false)).collect();
    if places.is_empty() {
        places.push(At::document());
    }
    places
}

/// The requirements of one operation, if either side names its own.
pub(crate) fn operation(walk: &mut Walk, at: &At, roots: &Pair<'_>, pair: &Pair<'_>) {
    let rename = |name: &str| new_name(roots, name);
    let old = requirements(&pair.base, &rename);
    let new = requirements(&pair.revision, &str::to_owned);
    if old.is_none() && new.is_none() {
        return;
    }
    let old = old.or_else(|| requirements(&roots.base, &rename)).unwrap_or_default();
    let new = new.or_else(|| requirements(&roots.revision, &str::to_owned)).unwrap_or_default();
    compare(walk, at, pair, "api-security", (&old, &new));
}

fn compare(
    walk: &mut Walk,
    at: &At,
    pair: &Pair<'_>,
    prefix: &str,
    (old, new): (&[Requirement], &[Requirement]),
) {
    let alike = |a: &Requirement, b: &Requirement| a.schemes() == b.schemes();
    for requirement in old {
        match new.iter().find(|other| alike(requirement, other)) {
            Some(other) => scopes(walk, at, pair, prefix, (requirement, other)),
            None => {
                // The last requirement gone means that everybody is let in.
                let effect = if new.is_empty() { Effect::Widens } else { Effect::Narrows };
                let values = (requirement.value(), Value::Null);
                walk.note(at, format!("{prefix}-removed"), effect, pair, values);
            }
        }
    }
    for requirement in new.iter().filter(|other| !old.iter().any(|known| alike(known, other))) {
        let effect = if old.is_empty() { Effect::Narrows } else { Effect::Widens };
        let values = (Value::Null, requirement.value());
        walk.note(at, format!("{prefix}-added"), effect, pair, values);
    }
}

fn scopes(
    walk: &mut Walk,
    at: &At,
    pair: &Pair<'_>,
    prefix: &str,
    (old, new): (&Requirement, &Requirement),
) {
    for ((_, old), (_, new)) in old.0.iter().zip(&new.0) {
        for scope in new.iter().filter(|scope| !old.contains(scope)) {
            let values = (Value::Null, scope.as_str().into());
            walk.note(at, format!("{prefix}-scope-added"), Effect::Narrows, pair, values);
        }
        for scope in old.iter().filter(|scope| !new.contains(scope)) {
            let values = (scope.as_str().into(), Value::Null);
            walk.note(at, format!("{prefix}-scope-removed"), Effect::Widens, pair, values);
        }
    }
}

fn components(walk: &mut Walk, roots: &Pair<'_>) {
    let at = &At::document();
    let (old, new) = (schemes(&roots.base), schemes(&roots.revision));
    let mut matched = Vec::new();
    for (name, scheme) in &old {
        let renamed = new_name(roots, name);
        match new.iter().find(|(other, _)| *other == renamed) {
            Some((other, candidate)) => {
                matched.push(*other);
                for at in users(&roots.revision, other) {
                    scheme_change(walk, &at.below(name), &Pair::new(scheme, candidate));
                }
            }
            None => {
                let values = ((*name).into(), Value::Null);
                let id = "api-security-component-removed";
                walk.note_at(at, id, Effect::Narrows, (scheme.pointer(), ""), values);
            }
        }
    }
    for (name, scheme) in new.iter().filter(|(name, _)| !matched.contains(name)) {
        let values = (Value::Null, (*name).into());
        let id = "api-security-component-added";
        walk.note_at(at, id, Effect::Widens, ("", scheme.pointer()), values);
    }
}

fn scheme_change(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    let (old, new) = pair.values("type");
    if old != new {
        let id = "api-security-component-type-changed";
        walk.note(at, id, Effect::Changes, pair, (old, new));
        return;
    }
    for key in ["name", "in", "scheme", "openIdConnectUrl"] {
        let (old, new) = pair.values(key);
        if old != new {
            let id = "api-security-component-changed";
            walk.note(&at.below(key), id, Effect::Changes, pair, (old, new));
        }
    }
    if let Some(flows) = pair.get("flows") {
        for (name, _) in flows.base.members() {
            if let Some(flow) = flows.get(name) {
                self::flow(walk, &at.below(name), &flow);
            }
        }
        let both = |name: &&str| flows.get(name).is_some();
        let names = flows.base.members();
        let known: Vec<_> = names.iter().map(|(name, _)| *name).filter(both).collect();
        rest::compare(walk, at, &flows, &known);
    }
    let known = ["type", "name", "in", "scheme", "openIdConnectUrl", "flows", "bearerFormat"];
    rest::compare(walk, at, pair, &known);
}

fn flow(walk: &mut Walk, at: &At, pair: &Pair<'_>) {
    for (key, id) in [
        ("authorizationUrl", "api-security-component-oauth-url-changed"),
        ("tokenUrl", "api-security-component-oauth-token-url-changed"),
    ] {
        let (old, new) = pair.values(key);
        if old != new {
            walk.note(at, id, Effect::Changes, pair, (old, new));
        }
    }
    let (old, new) = (pair.base.members_of("scopes"), pair.revision.members_of("scopes"));
    for (name, text) in &old {
        let (id, value) = match new.iter().find(|(other, _)| other == name) {
            None => ("api-security-component-oauth-scope-removed", Value::Null),
            Some((_, other)) if other.value() != text.value() => {
                ("api-security-component-oauth-scope-changed", other.value().clone())
            }
            Some(_) => continue,
        };
        walk.note(&at.below(name), id, Effect::Annotates, pair, (text.value().clone(), value));
    }
    for (name, text) in new.iter().filter(|(name, _)| !old.iter().any(|(o, _)| o == name)) {
        let id = "api-security-component-oauth-scope-added";
        let values = (Value::Null, text.value().clone());
        walk.note(&at.below(name), id, Effect::Annotates, pair, values);
    }
    rest::compare(walk, at, pair, &["authorizationUrl", "tokenUrl", "scopes"]);
}
