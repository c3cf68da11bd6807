//! Whether two values mean the same: references followed, order of members and prose aside.

use std::collections::HashSet;

use serde_json::Value;

use super::rest::PROSE;
use crate::spec::Node;

/// More comparisons than this make two values different, which is the safe answer.
const MAX_STEPS: usize = 100_000;
/// Deeper values are different, for the same reason.
const MAX_DEPTH: usize = 500;

/// Whether `base` and `revision` mean the same. Recursive values are the same if no difference is
/// found on the way round.
pub(crate) fn same(base: &Node<'_>, revision: &Node<'_>) -> bool {
    Comparison { assumed: HashSet::new(), steps: 0, depth: 0 }.values(base, revision)
}

/// The members that mean something.
fn counted<'s>(node: &Node<'s>) -> Vec<(&'s str, Node<'s>)> {
    node.members().into_iter().filter(|(key, _)| !PROSE.contains(key)).collect()
}

struct Comparison {
    assumed: HashSet<(String, String)>,
    steps: usize,
    depth: usize,
}

impl Comparison {
    fn values(&mut self, base: &Node<'_>, revision: &Node<'_>) -> bool {
        self.steps += 1;
        if self.steps > MAX_STEPS || self.depth > MAX_DEPTH {
            return false;
        }
        self.depth += 1;
        let same = self.inside(base, revision);
        self.depth -= 1;
        same
    }

    fn inside(&mut self, base: &Node<'_>, revision: &Node<'_>) -> bool {
        match (base.value(), revision.value()) {
            (Value::Object(_), Value::Object(_)) => {
                let pair = (base.pointer().to_owned(), revision.pointer().to_owned());
                !self.assumed.insert(pair) || self.objects(base, revision)
            }
            (Value::Array(_), Value::Array(_)) => self.lists(base, revision),
            (base, revision) => base == revision,
        }
    }

    fn objects(&mut self, base: &Node<'_>, revision: &Node<'_>) -> bool {
        let (base, revision) = (counted(base), counted(revision));
        base.len() == revision.len()
            && base.iter().all(|(key, value)| {
                let other = revision.iter().find(|(other, _)| other == key);
                other.is_some_and(|(_, other)| self.values(value, other))
            })
    }

    /// Lists of plain values are sets in OpenAPI (`required`, `enum`, `type`); others have an order.
    fn lists(&mut self, base: &Node<'_>, revision: &Node<'_>) -> bool {
        let (base, revision) = (base.items(), revision.items());
        let is_set = |items: &[Node<'_>]| !items.iter().any(|item| item.value().is_object());
        if base.len() != revision.len() {
            return false;
        }
        if is_set(&base) && is_set(&revision) {
            let known: HashSet<_> = base.iter().map(|item| item.value().to_string()).collect();
            return revision.iter().all(|item| known.contains(&item.value().to_string()));
        }
        base.iter().zip(&revision).all(|(base, revision)| self.values(base, revision))
    }
}
