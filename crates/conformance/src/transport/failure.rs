//! Why there is no answer.

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) kind: FailureKind,
    /// What happened, without the URL.
    pub(crate) problem: String,
}

/// What happened instead of an answer.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum FailureKind {
    /// No connection was made.
    Connect,
    /// The answer did not come, or did not end, in time.
    Slow,
    /// The answer did not come in time, but the machine of the suite stood still meanwhile.
    Standstill,
    /// The connection ended before the answer did, or what came was not HTTP.
    Broken,
    /// The body is larger than any answer of this API can be.
    TooLarge,
    /// So many answers are held already that there is no memory for this one.
    Full,
    /// The target was given up; the request was not sent.
    Lost,
    /// The run has ended; the request was not sent.
    Stopped,
    /// It could not be shown that the request reaches nothing of others; it was not sent.
    Withheld,
    /// The suite was about to send something that it must not send.
    Forbidden,
    /// The actor has no token; a fault of the plan.
    NoToken,
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, problem: &str) -> Self {
        Self { kind, problem: problem.to_owned() }
    }

    pub(crate) fn of(error: &reqwest::Error) -> Self {
        let kind = if error.is_connect() {
            FailureKind::Connect
        } else if error.is_timeout() {
            FailureKind::Slow
        } else {
            FailureKind::Broken
        };
        Self::new(kind, &innermost(error))
    }

    /// Whether it says something about the target at all.
    pub(crate) fn is_of_the_wire(&self) -> bool {
        matches!(
            self.kind,
            FailureKind::Connect | FailureKind::Slow | FailureKind::Broken | FailureKind::TooLarge
        )
    }
}

/// The cause at the bottom, which says what happened; the causes above it repeat the URL.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}
