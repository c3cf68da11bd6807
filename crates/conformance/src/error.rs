//! Why a run could not be made. What a run finds wrong is not an error but a finding.

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The settings do not name what a run needs.
    #[error("the target needs {}", names.join(" and "))]
    Missing {
        /// The flags and environment variables that would name it.
        names: Vec<String>,
    },
    /// A setting has a value that cannot be used.
    #[error("{setting}: {problem}")]
    Setting {
        /// The flag or environment variable.
        setting: String,
        /// What is wrong with it and how to mend it, never the value of a secret.
        problem: String,
    },
    /// A requirement was named that does not exist.
    #[error("there is no requirement `{given}`{}", suggestion(close))]
    UnknownRequirement {
        /// What was typed.
        given: String,
        /// Ids that look like it.
        close: Vec<&'static str>,
    },
    /// The target answered, and the answer shows that a setting is wrong.
    #[error("{setting} does not fit the target: {problem}")]
    Rejected {
        /// The environment variable or flag.
        setting: String,
        /// What the target answered, and what that means.
        problem: String,
    },
    /// The target did not answer.
    #[error("the target at {url} cannot be reached: {problem}")]
    Unreachable {
        /// The API root.
        url: String,
        /// What happened.
        problem: String,
    },
    /// The run ended before its first check.
    #[error("{reason}, before the first check")]
    Interrupted {
        /// What ended it.
        reason: String,
    },
    /// The suite made a mistake before the first check.
    #[error("a fault of the suite before the first check: {problem}")]
    Fault {
        /// What it says.
        problem: String,
    },
    /// A file with settings cannot be used.
    #[error("{path}{}: {problem}", line.map(|line| format!(":{line}")).unwrap_or_default())]
    File {
        /// The file.
        path: String,
        /// The line, where there is one to point at.
        line: Option<usize>,
        /// What is wrong with it and how to mend it.
        problem: String,
    },
    /// The journal of what is created cannot be written or read.
    #[error("the journal {path} cannot be used ({source}); choose another folder with --journal")]
    Journal {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The HTTP client could not be made.
    #[error("the HTTP client could not be made")]
    Client {
        /// What it said.
        #[source]
        source: reqwest::Error,
    },
    /// The ledger inside the suite cannot be read.
    #[error("the ledger inside the suite cannot be read")]
    Ledger {
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// The document inside the suite cannot be used.
    #[error("the document inside the suite cannot be used: {problem}")]
    Document {
        /// What is wrong with it.
        problem: String,
    },
    /// A transcript cannot be played.
    #[error("{path} is no transcript that can be played: {problem}")]
    Transcript {
        /// The file.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A report cannot be read.
    #[error("{path} is no JSON report of a run: {problem}")]
    NoReport {
        /// The file.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A report could not be written.
    #[error("the report {path} could not be written")]
    Report {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

fn suggestion(close: &[&str]) -> String {
    if close.is_empty() {
        String::from("; --list prints all")
    } else {
        format!("; did you mean {}?", close.join(", "))
    }
}
