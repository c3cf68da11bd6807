//! Puts a value into one segment of a path.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but what RFC 3986 calls unreserved. Above all `/`, which would begin another segment,
/// and `\`, which URL parsers take for `/`.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The value as one segment: a project's path, or a number.
pub(crate) fn encode(value: &str) -> String {
    // Most are.
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return value.to_owned();
    }
    utf8_percent_encode(value, ENCODED).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_value_is_it_stays_one_segment() {
        for (value, segment) in [
            ("20", "20"),
            ("group/sub.group/a-b_c", "group%2Fsub.group%2Fa-b_c"),
            ("a/..\\..\\user", "a%2F..%5C..%5Cuser"),
            ("a%2Fb", "a%252Fb"),
            ("a/b?c#d e", "a%2Fb%3Fc%23d%20e"),
            ("a/ü", "a%2F%C3%BC"),
        ] {
            assert_eq!(encode(value), segment);
            let url = format!("https://gitlab.example.com/api/v4/projects/{segment}/x");
            assert_eq!(reqwest::Url::parse(&url).unwrap().as_str(), url, "{value}");
        }
    }
}
