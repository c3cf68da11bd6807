//! Patterns: regular expressions of ECMAScript.

use crate::document::draft::Draft;
use crate::document::{model, pointer};
use crate::finding::Finding;

/// The longest pattern, in bytes.
const MAX_LENGTH: usize = 500;

pub(super) fn pattern(document: &Draft, findings: &mut Vec<Finding>) {
    for (place, schema) in document.each(&model::SCHEMA) {
        let Some(pattern) = schema.get("pattern").and_then(serde_json::Value::as_str) else {
            continue;
        };
        let (message, help) = if pattern.len() > MAX_LENGTH {
            let help = "Use a simpler pattern, and say the rest in the description.";
            (format!("the pattern has more than {MAX_LENGTH} bytes"), help)
        } else if let Err(error) = regress::Regex::new(pattern) {
            (format!("the pattern does not compile: {error}"), "Write it as ECMAScript has it.")
        } else if looks_around(pattern) {
            let message = "the pattern looks around or back, which not every engine can";
            (
                message.to_owned(),
                "Write it without `(?=`, `(?!`, `(?<` and `\\1`, and say the rest in the description.",
            )
        } else if !is_anchored(pattern) {
            let message = "the pattern is not anchored, so it fits anything that contains a match";
            (message.to_owned(), "Write `^(…)$`, with alternatives inside of the group.")
        } else {
            continue;
        };
        let at = pointer::join(&place.pointer, "pattern");
        findings.push(document.finding("pattern", &at, message, help));
    }
}

/// Whether a pattern has look-around, named groups or back-references.
fn looks_around(pattern: &str) -> bool {
    let is_back = |pair: &[u8]| pair[0] == b'\\' && matches!(pair[1], b'1'..=b'9' | b'k');
    let escaped_pairs = pattern.replace("\\\\", "");
    ["(?=", "(?!", "(?<"].iter().any(|group| pattern.contains(group))
        || escaped_pairs.as_bytes().windows(2).any(is_back)
}

/// Whether a pattern begins with `^`, ends with `$`, and has no `|` outside of groups.
fn is_anchored(pattern: &str) -> bool {
    let (mut depth, mut in_class, mut escaped) = (0_u32, false, false);
    let mut last = ' ';
    for character in pattern.chars() {
        last = if escaped { ' ' } else { character };
        match last {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => in_class = false,
            _ if in_class => last = ' ',
            '[' => in_class = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => return false,
            _ => {}
        }
    }
    pattern.starts_with('^') && last == '$'
}
