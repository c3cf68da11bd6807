//! Plain values: whether one fits, and how messages speak of it.

use serde_json::Value;

use super::{Object, Shape};
use crate::document::pointer;

/// How many letters of a key are compared with known ones.
const MAX_COMPARED: usize = 80;

pub(super) fn fits(shape: &Shape, value: &Value) -> bool {
    match shape {
        Shape::Text => value.is_string(),
        Shape::Word(words) => value.as_str().is_some_and(|word| words.contains(&word)),
        Shape::Flag => value.is_boolean(),
        Shape::Number => value.is_number(),
        Shape::Count => value.is_u64(),
        _ => true,
    }
}

pub(super) fn expected(shape: &Shape) -> String {
    match shape {
        Shape::Text => "a text".to_owned(),
        Shape::Word(words) => format!("one of `{}`", words.join("`, `")),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::Count => "a whole number from 0".to_owned(),
        _ => "something else".to_owned(),
    }
}

pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) => format!("the flag `{value}`"),
        Value::Number(_) => format!("the number `{value}`"),
        Value::String(text) if text.chars().count() > 40 => "a long text".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a map".to_owned(),
    }
}

/// What to call the value at a pointer: its key, or its number in a list.
pub(super) fn name_of(pointer: &str) -> String {
    let name = pointer::last(pointer);
    if name.is_empty() { "the file".to_owned() } else { format!("`{name}`") }
}

/// The key that was probably meant, or all that there are.
pub(super) fn known_keys(object: &Object, unknown: &str) -> String {
    let names = || object.keys.iter().map(|key| key.name);
    let nearest = names().min_by_key(|name| distance(name, unknown));
    match nearest {
        Some(name) if distance(name, unknown) <= 2 => format!("Did you mean `{name}`?"),
        _ => format!("Known keys: {}.", names().collect::<Vec<_>>().join(", ")),
    }
}

/// How many letters must be added, removed or changed to make one word of the other (Levenshtein).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().take(MAX_COMPARED).collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().take(MAX_COMPARED).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        for column in 0..to.len() {
            let changed = diagonal + usize::from(to[column] != letter);
            diagonal = row[column + 1];
            row[column + 1] = changed.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}
