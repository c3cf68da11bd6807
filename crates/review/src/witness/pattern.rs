//! Short texts that match a pattern.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How long a made text may be.
const MAX_LENGTH: usize = 4_096;

/// A few texts that should match: the shortest way through, and the same with one more repetition.
/// Whether they do is for the validator to say; look-around is not understood.
pub(crate) fn samples(pattern: &str) -> Vec<String> {
    let Ok(hir) = regex_syntax::parse(pattern) else { return Vec::new() };
    let mut samples = Vec::new();
    for more in 0..3 {
        let mut text = String::new();
        if write(&hir, more, &mut text) && !samples.contains(&text) {
            samples.push(text);
        }
    }
    samples
}

fn write(hir: &Hir, more: u32, out: &mut String) -> bool {
    if out.len() > MAX_LENGTH {
        return false;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => {
                out.push_str(text);
                true
            }
            Err(_) => false,
        },
        HirKind::Class(class) => character(class).map(|c| out.push(c)).is_some(),
        HirKind::Repetition(repetition) => {
            let times = repetition.min.saturating_add(more);
            let times = repetition.max.map_or(times, |max| times.min(max));
            (0..times).all(|_| write(&repetition.sub, more, out))
        }
        HirKind::Capture(capture) => write(&capture.sub, more, out),
        HirKind::Concat(parts) => parts.iter().all(|part| write(part, more, out)),
        HirKind::Alternation(ways) => {
            let index = usize::try_from(more).unwrap_or(0).min(ways.len().saturating_sub(1));
            ways.get(index).is_some_and(|way| write(way, more, out))
        }
    }
}

/// A character of a class, a plain one if there is one.
fn character(class: &Class) -> Option<char> {
    match class {
        Class::Unicode(class) => {
            let plain = "a0A-_.".chars().find(|c| {
                class.ranges().iter().any(|range| range.start() <= *c && *c <= range.end())
            });
            plain.or_else(|| class.ranges().first().map(|range| range.start()))
        }
        Class::Bytes(class) => class.ranges().first().map(|range| char::from(range.start())),
    }
}

#[cfg(test)]
mod tests {
    use super::samples;

    #[test]
    fn a_sample_matches_its_pattern() {
        for pattern in ["^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "^grpcs?://\\S+$", "^(a|b){3}$"] {
            let regex = regress::Regex::new(pattern).unwrap();
            let samples = samples(pattern);
            assert!(
                samples.iter().any(|text| regex.find(text).is_some()),
                "{pattern}: {samples:?}"
            );
        }
    }
}
