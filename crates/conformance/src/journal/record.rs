//! One line of a journal's file.

use serde::{Deserialize, Serialize};

/// Something that a run is about to do, or has seen done. No secret is in any of it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Record {
    /// The first line: which run this is, and where.
    Begun { run: String, base_url: String, time: String, suite: String },
    /// The request that registers an agent is about to go out.
    Intended { project: String, name: String },
    /// The target has refused it.
    Refused { project: String, name: String },
    /// The agent exists.
    Created { project: String, name: String, id: u64 },
    /// The agent is gone.
    Removed { project: String, id: u64 },
}

/// Reads the lines of a file. A run that was killed may have left half a line at the end.
pub(crate) fn read(text: &str) -> Vec<Record> {
    text.lines().map_while(|line| serde_json::from_str(line).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_line_at_the_end_is_left_out() {
        let record = Record::Intended { project: String::from("20"), name: String::from("a") };
        let line = serde_json::to_string(&record).expect("JSON");
        insta::assert_snapshot!(line, @r#"{"event":"intended","project":"20","name":"a"}"#);
        assert_eq!(read(&format!("{line}\n{}", &line[..20])), [record]);
    }
}
