//! How a stub reads requests.

/// How requests are read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Options {
    /// The largest body that is read, in bytes; 1 MiB unless said otherwise.
    pub body_limit: usize,
    /// Reads what GitLab reads beyond the document: form bodies, fields in the query, numbers and
    /// booleans where a text is documented, and a JSON body that is no object as one without fields.
    pub lenient: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { body_limit: 1 << 20, lenient: false }
    }
}
