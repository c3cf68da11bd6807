//! Patterns of ECMAScript as `regex-lite` writes them.
//!
//! typify checks patterns with `regress`, an engine of ECMAScript that brings all tables of Unicode into
//! every program: half a megabyte, to tell whether a name has capital letters. The documents need so
//! little of it that a small engine does, which also takes linear time whatever it is given.

use proc_macro2::{Delimiter, Group, Ident, Literal, TokenStream, TokenTree};

use crate::{Document, Findings};

use super::file::one;

/// White space in ECMAScript, and everything else.
const SPACE: &str =
    r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";
const NO_SPACE: &str = r"\x00-\x08\x0e-\x1f!-\u{9f}\u{a1}-\u{167f}\u{1681}-\u{1fff}\u{200b}-\u{2027}\u{202a}-\u{202e}\u{2030}-\u{205e}\u{2060}-\u{2fff}\u{3001}-\u{fefe}\u{ff00}-\u{10ffff}";

/// Generated types with the small engine in the place of the large one.
pub(super) fn mend(document: &Document, tokens: TokenStream) -> Result<TokenStream, Findings> {
    replace(tokens).map_err(|pattern| {
        let message = format!("`{pattern}` has something that the generated code cannot check");
        let help = "write it with classes, groups, alternatives and repetition alone";
        one(document.finding("pattern", "", message, help))
    })
}

/// Replaces `regress` and the pattern that is given to it; the pattern that cannot be replaced.
fn replace(tokens: TokenStream) -> Result<TokenStream, String> {
    let (mut replaced, mut is_pattern) = (TokenStream::new(), false);
    for token in tokens {
        let token = match token {
            TokenTree::Ident(ident) if ident == "regress" => {
                is_pattern = true;
                TokenTree::Ident(Ident::new("regex_lite", ident.span()))
            }
            TokenTree::Group(group) => {
                let is_argument = group.delimiter() == Delimiter::Parenthesis;
                let pattern = Some(&group).filter(|_| is_pattern && is_argument).and_then(text);
                is_pattern &= !is_argument;
                let inside = match pattern {
                    Some(pattern) => TokenTree::from(Literal::string(&translate(&pattern)?)).into(),
                    None => replace(group.stream())?,
                };
                TokenTree::Group(Group::new(group.delimiter(), inside))
            }
            other => other,
        };
        replaced.extend([token]);
    }
    Ok(replaced)
}

/// The text that a group consists of.
fn text(group: &Group) -> Option<String> {
    syn::parse2::<syn::LitStr>(group.stream()).ok().map(|literal| literal.value())
}

/// The same pattern for the small engine, or the pattern itself if it has none.
fn translate(pattern: &str) -> Result<String, String> {
    let mut lite = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut rest = pattern.chars();
    while let Some(character) = rest.next() {
        match character {
            '\\' => {
                let escaped = rest.next().ok_or(pattern)?;
                escape(escaped, in_class, &mut rest, &mut lite);
            }
            // Within a class the engine would take them for an operation on classes.
            '[' | '&' | '~' if in_class => lite.extend(['\\', character]),
            ']' if in_class => {
                in_class = false;
                lite.push(']');
            }
            _ if in_class => lite.push(character),
            '[' => match any(rest.as_str()) {
                Some(after) => {
                    lite.push_str("(?s:.)");
                    rest = after.chars();
                }
                None => {
                    in_class = true;
                    lite.push('[');
                }
            },
            '.' => lite.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            _ => lite.push(character),
        }
    }
    regex_lite::Regex::new(&lite).map(|_| lite).map_err(|_| pattern.to_owned())
}

/// What comes after the inside of a class of all characters.
fn any(inside: &str) -> Option<&str> {
    [r"\s\S]", r"\S\s]", r"\d\D]", r"\w\W]", "^]"].iter().find_map(|all| inside.strip_prefix(all))
}

/// Writes what is behind a `\`, and perhaps the digits that follow.
fn escape(escaped: char, in_class: bool, rest: &mut std::str::Chars<'_>, lite: &mut String) {
    let class = match escaped {
        's' => Some((SPACE, NO_SPACE)),
        'S' => Some((NO_SPACE, SPACE)),
        'd' => Some(("0-9", r"\x00-/:-\u{10ffff}")),
        'D' => Some((r"\x00-/:-\u{10ffff}", "0-9")),
        'w' => Some(("0-9A-Za-z_", "")),
        'W' => Some((r"\x00-/:-@\[-\^`\{-\u{10ffff}", "0-9A-Za-z_")),
        _ => None,
    };
    match (class, escaped) {
        (Some((members, _)), _) if in_class => lite.push_str(members),
        (Some((members, _)), 's' | 'd' | 'w') => lite.push_str(&format!("[{members}]")),
        (Some((_, others)), _) => lite.push_str(&format!("[^{others}]")),
        (None, 'u') => {
            let digits: String = rest.by_ref().take(4).collect();
            lite.push_str(&format!("\\u{{{digits}}}"));
        }
        (None, '0') => lite.push_str(r"\x00"),
        (None, 'b') if in_class => lite.push_str(r"\x08"),
        // What means the same to both, and what neither can do without.
        (None, 't' | 'n' | 'r' | 'f' | 'v' | 'x' | 'b' | 'B') => lite.extend(['\\', escaped]),
        (None, _) if escaped.is_ascii_punctuation() => lite.extend(['\\', escaped]),
        // `\c` and the like stay what they are, and are refused.
        (None, 'c' | 'p' | 'P' | 'k' | '1'..='9') => lite.extend(['\\', escaped, '{']),
        (None, _) => lite.push(escaped),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn agree(pattern: &str, text: &str) {
        let lite = translate(pattern).unwrap_or_else(|pattern| panic!("{pattern}"));
        let lite = regex_lite::Regex::new(&lite).unwrap().is_match(text);
        let full = regress::Regex::new(pattern).unwrap().find(text).is_some();
        assert_eq!(lite, full, "{pattern} on {text:?}");
    }

    const PATTERNS: [&str; 14] = [
        r"^(-?[0-9]+|[^/]+(/[^/]+)+)$",
        r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        r"^[\s\S]*\S[\s\S]*$",
        r"^grpcs?://\S+$",
        r"^([A-Za-z0-9_*.-]+|\[[0-9A-Fa-f:.]+\])?$",
        r"^[a-zä-ü]*$",
        r"^\s\S\d\D\w\W.$",
        r"^[^\s][\S][\D][^\d][\W][^\w]$",
        r"^[[&~^-]{2,4}$",
        r"^[^]$",
        r"^\/\.\-\u00e4\x41\0?$",
        r"^[\b\t\n]*$",
        r"^a{2}b{1,}c{0,1}$",
        r"^\a\e$",
    ];

    #[test]
    fn white_space_is_what_ecmascript_calls_so() {
        let compiled = |pattern| regex_lite::Regex::new(&translate(pattern).unwrap()).unwrap();
        let (space, no_space, member) =
            (compiled(r"^[\s]$"), compiled(r"^[\S]$"), compiled(r"^\s$"));
        for character in (0..0x3100).chain(0xfe00..0x1_0000).filter_map(char::from_u32) {
            let text = character.to_string();
            // U+0085 is white space to Unicode alone, U+FEFF to ECMAScript alone.
            let is_space = match character {
                '\u{85}' => false,
                '\u{feff}' => true,
                other => other.is_whitespace(),
            };
            assert_eq!(space.is_match(&text), is_space, "{character:?}");
            assert_eq!(member.is_match(&text), is_space, "{character:?}");
            assert_eq!(no_space.is_match(&text), !is_space, "{character:?}");
        }
    }

    #[test]
    fn what_the_engine_cannot_do_is_refused() {
        for pattern in [r"^(?=a)$", r"^(a)\1$", r"^\cA$", r"^\p{L}$", r"^\ud800$"] {
            assert!(translate(pattern).is_err(), "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn both_engines_agree_on_any_text(pattern in 0..PATTERNS.len(), text: String) {
            agree(PATTERNS[pattern], &text);
        }

        #[test]
        fn both_engines_agree_on_texts_that_nearly_fit(
            pattern in 0..PATTERNS.len(), text in "[-a-z0-9/.:_*\\[\\]äA &~^\u{a0}\u{2028}\n\t\u{8}]{0,7}",
        ) {
            agree(PATTERNS[pattern], &text);
        }
    }
}
