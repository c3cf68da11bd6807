//! The notes of a walk over two documents.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::at::{At, Role};
use super::{MAX_CHANGES, MAX_STEPS, TooEntangled};
use crate::change::{Change, Direction, Effect};
use crate::spec::Node;

/// The same thing in both documents.
#[derive(Debug, Clone)]
pub(crate) struct Pair<'s> {
    pub(crate) base: Node<'s>,
    pub(crate) revision: Node<'s>,
}

impl<'s> Pair<'s> {
    pub(crate) fn new(base: &Node<'s>, revision: &Node<'s>) -> Self {
        Self { base: base.clone(), revision: revision.clone() }
    }

    /// The same member of both, if both have it.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        Some(Self { base: self.base.get(key)?, revision: self.revision.get(key)? })
    }

    /// A member as plain values, null where it is absent.
    pub(crate) fn values(&self, key: &str) -> (Value, Value) {
        let value = |node: &Node<'_>| node.value().get(key).cloned().unwrap_or_default();
        (value(&self.base), value(&self.revision))
    }
}

type Key = (String, String, String, String, Value, Value);

/// Collects changes; the same change of a shared definition is noted once, with all its sites.
#[derive(Debug)]
pub(crate) struct Walk {
    today: String,
    changes: Vec<Change>,
    index: HashMap<Key, usize>,
    steps: usize,
    /// Schemas that were compared in this message, by their place in memory, and in which role.
    seen: HashSet<(usize, usize, Role)>,
    /// Components of which nothing changed.
    unchanged: HashSet<String>,
}

impl Walk {
    pub(crate) fn new(today: &str, unchanged: HashSet<String>) -> Self {
        Self {
            today: today.to_owned(),
            changes: Vec::new(),
            index: HashMap::new(),
            steps: 0,
            seen: HashSet::new(),
            unchanged,
        }
    }

    pub(crate) fn today(&self) -> &str {
        &self.today
    }

    /// Whether there is still room for work; past the bound every part of the walk returns at once.
    pub(crate) fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps <= MAX_STEPS && self.changes.len() <= MAX_CHANGES
    }

    /// Forgets which schemas were compared: called before each message.
    pub(crate) fn begin_message(&mut self) {
        self.seen.clear();
    }

    /// Whether two schemas are compared for the first time in this message and role, which ends
    /// the walk over recursive schemas.
    pub(crate) fn is_new(&mut self, at: &At, pair: &Pair<'_>) -> bool {
        let (base, revision) = (pair.base.pointer(), pair.revision.pointer());
        if base == revision && self.unchanged.contains(base) {
            return false;
        }
        let address = |node: &Node<'_>| std::ptr::from_ref(node.value()).addr();
        let key = (address(&pair.base), address(&pair.revision), at.role());
        self.step() && self.seen.insert(key)
    }

    /// Notes a change of the thing that `pair` is.
    pub(crate) fn note(
        &mut self,
        at: &At,
        id: impl Into<String>,
        effect: Effect,
        pair: &Pair<'_>,
        (old, new): (Value, Value),
    ) {
        let (base, revision) = (pair.base.pointer(), pair.revision.pointer());
        self.note_at(at, id, effect, (base, revision), (old, new));
    }

    pub(crate) fn note_at(
        &mut self,
        at: &At,
        id: impl Into<String>,
        effect: Effect,
        (base, revision): (&str, &str),
        (old, new): (Value, Value),
    ) {
        if self.changes.len() > MAX_CHANGES {
            return;
        }
        let (id, direction) = named(at, id.into());
        let last = at.path.last().cloned().unwrap_or_default();
        let key = (id.clone(), base.into(), revision.into(), last, old.clone(), new.clone());
        let index = *self.index.entry(key).or_insert_with(|| {
            self.changes.push(Change {
                id,
                direction,
                effect: if at.exempt { Effect::Annotates } else { effect },
                sites: Vec::new(),
                path: at.path.join("/"),
                base_pointer: base.into(),
                revision_pointer: revision.into(),
                old,
                new,
                never_sent: at.exempt,
                unstable: at.unstable,
            });
            self.changes.len() - 1
        });
        let change = &mut self.changes[index];
        change.unstable &= at.unstable;
        // The same site only comes again while its message is walked.
        if let Some(site) = &at.site
            && change.sites.last() != Some(site)
        {
            change.sites.push(site.clone());
        }
    }

    pub(crate) fn finish(self) -> Result<Vec<Change>, TooEntangled> {
        if self.steps > MAX_STEPS || self.changes.len() > MAX_CHANGES {
            return Err(TooEntangled);
        }
        Ok(self.changes)
    }
}

/// Inside a callback an id says so, and the client is who gets the request.
fn named(at: &At, id: String) -> (String, Direction) {
    let is_plain = |id: &str| {
        ["unclassified-change", "extension-changed", "documentation-changed"].contains(&id)
    };
    match (at.callback, is_plain(&id)) {
        (false, _) => (id, at.direction),
        (true, true) => (id, at.direction.reversed()),
        (true, false) => (format!("callback-{id}"), at.direction.reversed()),
    }
}
