//! Values near the limits of two schemas, the smallest first.

use std::collections::BTreeSet;
use std::time::Instant;

use serde_json::{Map, Value, json};

use super::scalars::{self, limits};
use super::valid;
use crate::diff::types;
use crate::spec::Node;

/// How deep values are made.
const MAX_DEPTH: usize = 7;
/// How many ways through `oneOf` and `anyOf` are tried.
const MAX_SHAPES: usize = 12;
/// How many values one schema gives.
const MAX_VALUES: usize = 400;
/// The longest text and list that is made.
pub(crate) const MAX_LENGTH: usize = 20_000;

/// Values that `good` may allow and `bad` may not. `path` names where the schemas differ, so that
/// other members are left alone.
pub(crate) fn near(good: &Node<'_>, bad: &Node<'_>, path: &str, deadline: Instant) -> Vec<Value> {
    let path: BTreeSet<_> = path.split('/').map(str::to_owned).collect();
    let maker = Maker { path, deadline };
    maker.values(std::slice::from_ref(good), std::slice::from_ref(bad), 0)
}

/// The smallest value found that a schema allows.
pub(crate) fn minimal(schema: &Node<'_>, to_server: bool) -> Option<Value> {
    let deadline = Instant::now() + std::time::Duration::from_millis(500);
    let maker = Maker { path: BTreeSet::new(), deadline };
    maker.minimal(schema, to_server, 0)
}

struct Maker {
    path: BTreeSet<String>,
    deadline: Instant,
}

/// The parts that hold together for one way through the branches of a schema.
type Shape<'s> = Vec<Node<'s>>;

fn shapes<'s>(schema: &Node<'s>, depth: usize) -> Vec<Shape<'s>> {
    let mut shapes = vec![vec![schema.clone()]];
    if depth > MAX_DEPTH {
        return shapes;
    }
    for part in schema.list("allOf") {
        shapes = product(&shapes, &self::shapes(&part, depth + 1));
    }
    for key in ["oneOf", "anyOf"] {
        let branches = schema.list(key);
        let ways: Vec<_> = branches.iter().flat_map(|b| self::shapes(b, depth + 1)).collect();
        if !ways.is_empty() {
            shapes = product(&shapes, &ways);
        }
    }
    // A part that comes by two ways holds once.
    shapes.into_iter().map(|shape| distinct(shape.into_iter())).collect()
}

fn product<'s>(left: &[Shape<'s>], right: &[Shape<'s>]) -> Vec<Shape<'s>> {
    let join = |a: &Shape<'s>, b: &Shape<'s>| a.iter().chain(b).cloned().collect();
    let all = left.iter().flat_map(|a| right.iter().map(move |b| join(a, b)));
    all.take(MAX_SHAPES).collect()
}

/// All ways through schemas that hold one by one.
fn ways<'s>(schemas: &[Node<'s>]) -> Vec<Shape<'s>> {
    schemas.iter().flat_map(|schema| shapes(schema, 0)).collect()
}

fn members<'s>(parts: &[Node<'s>], key: &str) -> Vec<Node<'s>> {
    distinct(parts.iter().filter_map(|part| part.get(key)))
}

/// Each definition once, or schemas that branch at every level would multiply.
fn distinct<'s>(schemas: impl Iterator<Item = Node<'s>>) -> Vec<Node<'s>> {
    let mut seen = BTreeSet::new();
    schemas.filter(|schema| seen.insert(schema.pointer().to_owned())).collect()
}

fn property<'s>(parts: &[Node<'s>], name: &str) -> Vec<Node<'s>> {
    distinct(members(parts, "properties").iter().filter_map(|properties| properties.get(name)))
}

impl Maker {
    fn minimal(&self, schema: &Node<'_>, to_server: bool, depth: usize) -> Option<Value> {
        let values = self.values(std::slice::from_ref(schema), &[], depth);
        values.into_iter().find(|value| {
            Instant::now() < self.deadline && valid::allows(schema, value, to_server, false)
        })
    }

    /// Past the deadline nothing is allowed, which ends the search.
    fn allows(&self, schema: &Node<'_>, value: &Value) -> bool {
        Instant::now() < self.deadline && valid::allows(schema, value, true, false)
    }

    /// Values for what `good` (or, if it says nothing, `bad`) describes, with limits of both.
    fn values(&self, good: &[Node<'_>], bad: &[Node<'_>], depth: usize) -> Vec<Value> {
        let mut values = vec![Value::Null, json!(false), json!(0), json!(""), json!([]), json!({})];
        if depth > MAX_DEPTH || Instant::now() > self.deadline {
            return values;
        }
        let others = distinct(ways(bad).into_iter().flatten());
        let chosen = ways(if good.is_empty() { bad } else { good });
        for shape in chosen.iter().take_while(|_| Instant::now() < self.deadline) {
            self.of_shape(shape, &others, depth, &mut values);
        }
        sorted(values)
    }

    fn of_shape(
        &self,
        shape: &[Node<'_>],
        others: &[Node<'_>],
        depth: usize,
        out: &mut Vec<Value>,
    ) {
        let all: Vec<_> = shape.iter().chain(others).cloned().collect();
        for part in &all {
            for key in ["enum", "example", "default", "const"] {
                match part.value().get(key) {
                    Some(Value::Array(values)) if key == "enum" => out.extend(values.clone()),
                    Some(value) => out.push(value.clone()),
                    None => {}
                }
            }
        }
        let names: BTreeSet<_> = shape.iter().flat_map(types::of).collect();
        let any = names.is_empty();
        if any || names.contains("string") {
            scalars::texts(&all, out);
        }
        if any || names.contains("integer") || names.contains("number") {
            scalars::numbers(&all, out);
        }
        if any || names.contains("boolean") {
            out.push(json!(true));
        }
        let describes = |key: &str| all.iter().any(|part| part.get(key).is_some());
        if names.contains("array") || any && describes("items") {
            self.lists(shape, others, depth, out);
        }
        if names.contains("object") || any && (describes("properties") || describes("required")) {
            self.objects(shape, others, depth, out);
        }
    }

    fn lists(&self, shape: &[Node<'_>], others: &[Node<'_>], depth: usize, out: &mut Vec<Value>) {
        let (good, bad) = (members(shape, "items"), members(others, "items"));
        let values = self.values(&good, &bad, depth + 1);
        let fits = |value: &&Value| good.iter().all(|node| self.allows(node, value));
        let fitting: Vec<_> = values.iter().filter(fits).cloned().collect();
        let all: Vec<_> = shape.iter().chain(others).cloned().collect();
        if let Some(first) = fitting.first() {
            let lengths = limits(&all, &["minItems", "maxItems"]);
            for length in lengths.into_iter().chain([1, 2]).filter(|n| *n <= MAX_LENGTH / 10) {
                out.push(vec![first.clone(); length].into());
                // Different items, where there are enough.
                out.push(fitting.iter().take(length).cloned().collect());
            }
        }
        out.extend(values.into_iter().map(|value| json!([value])));
    }

    fn objects(&self, shape: &[Node<'_>], others: &[Node<'_>], depth: usize, out: &mut Vec<Value>) {
        let smallest = self.smallest_object(shape, depth);
        out.push(smallest.clone().into());
        for name in required(others) {
            let mut without = smallest.clone();
            if without.remove(&name).is_some() {
                out.push(without.into());
            }
        }
        for name in names(shape).union(&names(others)) {
            if depth > 0 && !self.path.is_empty() && !self.path.contains(name) {
                continue;
            }
            let (good, bad) = (property(shape, name), property(others, name));
            for value in self.values(&good, &bad, depth + 1) {
                let mut with = smallest.clone();
                with.insert(name.clone(), value);
                out.push(with.into());
            }
        }
        let extra = shape.iter().find_map(|part| part.get("additionalProperties"));
        let other = others.iter().find_map(|part| part.get("additionalProperties"));
        let is_schema = |node: &Node<'_>| node.value().is_object();
        let extras = self.values(
            &extra.into_iter().filter(is_schema).collect::<Vec<_>>(),
            &other.into_iter().filter(is_schema).collect::<Vec<_>>(),
            depth + 1,
        );
        for value in extras.iter().take(60) {
            let mut with = smallest.clone();
            with.insert("x".to_owned(), value.clone());
            out.push(with.into());
        }
        let all: Vec<_> = shape.iter().chain(others).cloned().collect();
        for count in limits(&all, &["minProperties", "maxProperties"]) {
            let mut with = smallest.clone();
            let mut index = 0;
            while with.len() < count.min(1_000) {
                with.insert(format!("x{index}"), json!(0));
                index += 1;
            }
            out.push(with.into());
        }
    }

    fn smallest_object(&self, shape: &[Node<'_>], depth: usize) -> Map<String, Value> {
        let mut object = Map::new();
        for name in required(shape) {
            let nodes = property(shape, &name);
            let values = self.values(&nodes, &[], depth + 1);
            let fits = |value: &&Value| nodes.iter().all(|node| self.allows(node, value));
            object.insert(name, values.iter().find(fits).cloned().unwrap_or_default());
        }
        object
    }
}

fn required(parts: &[Node<'_>]) -> BTreeSet<String> {
    let lists = parts.iter().filter_map(|part| part.value().get("required")?.as_array());
    lists.flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn names(parts: &[Node<'_>]) -> BTreeSet<String> {
    let members = parts.iter().flat_map(|part| part.members_of("properties"));
    members.map(|(name, _)| name.to_owned()).collect()
}

fn sorted(mut values: Vec<Value>) -> Vec<Value> {
    values.sort_by_cached_key(|value| {
        let text = value.to_string();
        (text.len(), text)
    });
    values.dedup();
    values.truncate(MAX_VALUES);
    values
}
