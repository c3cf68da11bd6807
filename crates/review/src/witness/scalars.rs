//! Texts and numbers at and beside the limits of schemas.

use std::collections::BTreeSet;

use serde_json::Value;

use super::candidates::MAX_LENGTH;
use super::pattern;
use crate::spec::Node;

/// The numbers at and beside the limits.
pub(crate) fn limits(parts: &[Node<'_>], keys: &[&str]) -> BTreeSet<usize> {
    let mut limits = BTreeSet::new();
    for part in parts {
        for key in keys {
            if let Some(limit) = part.value().get(key).and_then(Value::as_u64) {
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                limits.extend([limit.saturating_sub(1), limit, limit.saturating_add(1)]);
            }
        }
    }
    limits
}

pub(crate) fn texts(parts: &[Node<'_>], out: &mut Vec<Value>) {
    let mut texts: Vec<String> = ["", "a", "A", "0", "-", " ", "a b", "é", "a/b", "true"]
        .into_iter()
        .chain(["2000-01-01", "2000-01-01T00:00:00Z", "00000000-0000-4000-8000-000000000000"])
        .chain(["a@example.com", "https://example.com/"])
        .map(str::to_owned)
        .collect();
    for pattern in parts.iter().filter_map(|part| part.text("pattern")) {
        texts.extend(pattern::samples(pattern));
    }
    let seeds = texts.clone();
    for length in limits(parts, &["minLength", "maxLength"]) {
        if length <= MAX_LENGTH {
            texts.extend(["a", "0"].iter().map(|c| c.repeat(length)));
            // The last character once more: that is where patterns repeat.
            texts.extend(seeds.iter().filter_map(|seed| stretched(seed, length)));
        }
    }
    out.extend(texts.into_iter().map(Value::from));
}

fn stretched(seed: &str, length: usize) -> Option<String> {
    let count = seed.chars().count();
    let last = seed.chars().last()?;
    (count < length)
        .then(|| seed.chars().chain(std::iter::repeat_n(last, length - count)).collect())
}

pub(crate) fn numbers(parts: &[Node<'_>], out: &mut Vec<Value>) {
    let mut whole = BTreeSet::from([0, 1, -1, 2, 3, 4_294_967_296_i64]);
    let mut fractions = vec![0.5];
    for part in parts {
        for key in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] {
            match part.value().get(key) {
                Some(Value::Number(number)) if number.is_i64() => {
                    let limit = number.as_i64().unwrap_or(0);
                    whole.extend([limit.saturating_sub(1), limit, limit.saturating_add(1)]);
                }
                Some(Value::Number(number)) => {
                    let limit = number.as_f64().unwrap_or(0.0);
                    fractions.extend([limit - 0.5, limit, limit + 0.5]);
                }
                _ => {}
            }
        }
    }
    out.extend(whole.into_iter().map(Value::from));
    out.extend(fractions.into_iter().map(Value::from));
}
