//! What may stand where in a file: tables of objects and their keys, and the walk that compares.
//!
//! The walk is also what finds every object of a kind, so that a rule can ask for "each schema".

use serde_json::Value;

use super::pointer;
use super::source::Source;
use crate::finding::{Finding, Findings};

mod values;

/// What may stand at a place.
#[derive(Debug)]
pub(crate) enum Shape {
    /// Any value; nothing below it is looked at.
    Any,
    Text,
    /// One of these texts.
    Word(&'static [&'static str]),
    Flag,
    Number,
    /// A whole number, not negative.
    Count,
    Object(&'static Object),
    /// An object, or `$ref` to one.
    Reference(&'static Object),
    /// `true`, `false`, an object, or `$ref` to one.
    FlagOrReference(&'static Object),
    List(&'static Shape),
    /// A map with keys of the author's choice.
    Map(&'static Shape),
}

/// A kind of object and its keys.
#[derive(Debug)]
pub(crate) struct Object {
    /// What to call one of them, with its article.
    pub(crate) name: &'static str,
    pub(crate) keys: &'static [Key],
    /// Whether keys that begin with `x-` are the author's own.
    pub(crate) extensible: bool,
}

/// A key that an object may or must have.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) shape: Shape,
}

/// Shorthand for the tables: a key that must be there.
pub(crate) const fn must(name: &'static str, shape: Shape) -> Key {
    Key { name, required: true, shape }
}

/// Shorthand for the tables: a key that may be there.
pub(crate) const fn may(name: &'static str, shape: Shape) -> Key {
    Key { name, required: false, shape }
}

/// An object that the walk met.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) pointer: String,
    pub(crate) object: &'static Object,
    /// The object around it, and the key of that object under which this one stands.
    pub(crate) owner: &'static Object,
    pub(crate) slot: &'static str,
}

/// A `$ref` that the walk met where `place.object` may stand.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    pub(crate) place: Place,
    pub(crate) target: String,
}

/// Everything in a file that has the right shape.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    places: Vec<Place>,
    references: Vec<Reference>,
}

impl Outline {
    /// Compares a whole file with the table of its root.
    pub(crate) fn of(source: &Source, root: &'static Object) -> Result<Self, Findings> {
        let mut walk = Walk { source, outline: Self::default(), findings: Vec::new() };
        let place = Place { pointer: String::new(), object: root, owner: root, slot: "" };
        walk.object(place, source.json());
        Findings::none_in(walk.findings)?;
        let mut outline = walk.outline;
        outline.places.sort_by_cached_key(|place| source.position(&place.pointer));
        Ok(outline)
    }

    /// Each object of one kind that is written out (not by `$ref`), in the order of the file.
    pub(crate) fn each(&self, object: &'static Object) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(move |place| std::ptr::eq(place.object, object))
    }

    pub(crate) fn references(&self) -> &[Reference] {
        &self.references
    }
}

struct Walk<'a> {
    source: &'a Source,
    outline: Outline,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    fn object(&mut self, place: Place, value: &Value) {
        let Some(members) = value.as_object() else {
            return self.mismatch(&place.pointer, place.object.name, value);
        };
        for (name, member) in members {
            match place.object.keys.iter().find(|key| key.name == name) {
                Some(key) => {
                    let pointer = pointer::join(&place.pointer, name);
                    let below = Place { pointer, slot: key.name, owner: place.object, ..place };
                    self.value(below, &key.shape, member);
                }
                None => self.unknown_key(&place, name, member),
            }
        }
        for key in place.object.keys {
            if key.required && !members.contains_key(key.name) {
                self.missing_key(&place, key.name);
            }
        }
        self.outline.places.push(place);
    }

    /// `place.object` is still that of the object around; only objects below set it.
    fn value(&mut self, place: Place, shape: &'static Shape, value: &Value) {
        match shape {
            Shape::Object(object) => self.object(Place { object, ..place }, value),
            Shape::Reference(object) => self.reference(Place { object, ..place }, value),
            Shape::FlagOrReference(_) if value.is_boolean() => {}
            Shape::FlagOrReference(object) => self.reference(Place { object, ..place }, value),
            Shape::List(item) => self.list(&place, item, value),
            Shape::Map(member) => self.map(&place, member, value),
            scalar => {
                if !values::fits(scalar, value) {
                    self.mismatch(&place.pointer, &values::expected(scalar), value);
                }
            }
        }
    }

    fn reference(&mut self, place: Place, value: &Value) {
        let Some(reference) = value.get("$ref") else {
            return self.object(place, value);
        };
        match reference.as_str() {
            Some(target) => {
                self.siblings(&place, value);
                self.outline.references.push(Reference { place, target: target.to_owned() });
            }
            None => self.mismatch(&pointer::join(&place.pointer, "$ref"), "a text", reference),
        }
    }

    fn siblings(&mut self, place: &Place, value: &Value) {
        for key in value.as_object().into_iter().flatten().map(|(key, _)| key) {
            if key != "$ref" {
                self.findings.push(self.source.finding(
                    "ref-sibling",
                    &pointer::join(&place.pointer, key),
                    format!("`{key}` beside `$ref` is ignored by OpenAPI 3.0"),
                    "Put the `$ref` into `allOf: [{ $ref: … }]` and leave the key beside that, or remove the key.",
                ));
            }
        }
    }

    fn list(&mut self, place: &Place, item: &'static Shape, value: &Value) {
        let Some(items) = value.as_array() else {
            return self.mismatch(&place.pointer, "a list", value);
        };
        for (index, value) in items.iter().enumerate() {
            let pointer = pointer::join(&place.pointer, index.to_string());
            self.value(Place { pointer, ..*place }, item, value);
        }
    }

    fn map(&mut self, place: &Place, member: &'static Shape, value: &Value) {
        let Some(members) = value.as_object() else {
            return self.mismatch(&place.pointer, "a map", value);
        };
        for (key, value) in members {
            let pointer = pointer::join(&place.pointer, key);
            self.value(Place { pointer, ..*place }, member, value);
        }
    }

    fn mismatch(&mut self, pointer: &str, expected: &str, value: &Value) {
        let found = values::describe(value);
        let quotes =
            if expected == "a text" { "; quote one that looks like something else" } else { "" };
        self.findings.push(self.source.finding(
            "wrong-value",
            pointer,
            format!("{} must be {expected}, not {found}", values::name_of(pointer)),
            format!("Write {expected}{quotes}."),
        ));
    }

    fn unknown_key(&mut self, place: &Place, key: &str, value: &Value) {
        let object = place.object;
        if object.extensible && key.starts_with("x-") {
            return;
        }
        let own = if object.extensible { " Keys of your own begin with `x-`." } else { "" };
        let help = if value.is_null() && key.contains(' ') {
            "Quote the text before it, if that is where it belongs: in braces a comma ends a text."
                .to_owned()
        } else {
            format!("{}{own}", values::known_keys(object, key))
        };
        let message = format!("{} has no key `{key}` here", object.name);
        let at = pointer::join(&place.pointer, key);
        self.findings.push(self.source.finding("unknown-key", &at, message, help));
    }

    fn missing_key(&mut self, place: &Place, key: &str) {
        self.findings.push(self.source.finding(
            "missing-key",
            &place.pointer,
            format!("{} must have the key `{key}`", place.object.name),
            format!("Add `{key}`."),
        ));
    }
}
