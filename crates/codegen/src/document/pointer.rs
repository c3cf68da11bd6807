//! JSON pointers (RFC 6901) as text.

/// The pointer to a member or an item below `pointer`.
pub fn join(pointer: &str, token: impl AsRef<str>) -> String {
    let token = token.as_ref().replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{token}")
}

/// The tokens of a pointer, from the root, unescaped.
pub fn tokens(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"))
}

/// The last token, unescaped: the key or index that `pointer` ends with.
pub fn last(pointer: &str) -> String {
    tokens(pointer).last().unwrap_or_default()
}

/// The pointer to what holds `pointer`; the root holds itself.
pub fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}
