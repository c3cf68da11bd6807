//! Reading TOML that people write: what is wrong is told with its line and what was meant.

use std::path::Path;

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::ledger::closest;

/// Reads a file of settings.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let fail = |line, problem| Error::File { path: path.display().to_string(), line, problem };
    let text = std::fs::read_to_string(path)
        .map_err(|error| fail(None, format!("it cannot be read: {error}")))?;
    parse(&text).map_err(|(line, problem)| fail(line, problem))
}

/// Reads a text, or tells the line and what is wrong there.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, (Option<usize>, String)> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
        (line, explained(error.message()))
    })
}

/// The message without the list of everything that would have been right, if it is about a name.
fn explained(message: &str) -> String {
    let first = message.lines().next().unwrap_or_default();
    if first.contains("escape") || first.contains("unicode") {
        return format!("{first}; a path with backslashes stands in 'single quotes'");
    }
    let Some((unknown, known)) = first.split_once(", expected") else { return first.to_owned() };
    let quoted = |text: &str| -> Vec<String> {
        text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let (given, known) = (quoted(unknown), quoted(known));
    let close = given.first().and_then(|given| {
        closest(given, known.iter().map(String::as_str)).first().map(|name| (*name).to_owned())
    });
    match close {
        _ if !unknown.starts_with("unknown field") => first.to_owned(),
        Some(close) => format!("{unknown}; did you mean `{close}`?"),
        None => format!("{unknown}; known here are {}", known.join(", ")),
    }
}
