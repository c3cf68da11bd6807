//! What a call knows beside the HTTP client.

/// What a call knows beside the HTTP client.
#[derive(Clone, Debug, Default)]
pub struct Call;
