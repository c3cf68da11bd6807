//! What can be read without a run: the requirements.

use std::io::{Result, Write};

use cluster_agents_conformance::example::Example;
use cluster_agents_conformance::report::SCHEMA;
use cluster_agents_conformance::{Exit, Ledger, ledger};

/// Prints one line for each requirement.
pub(crate) fn list(ledger: &Ledger, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let longest = ledger.iter().map(|requirement| requirement.id.as_str().len()).max().unwrap_or(0);
    for requirement in ledger.iter() {
        let (id, level, profile) =
            (requirement.id.as_str(), requirement.level, requirement.profile);
        let line = format!("{id:<longest$}  {level:<6}  {profile:<9}  {}", requirement.statement);
        // A reader that closed the pipe has seen enough.
        if writeln!(out, "{line}").is_err() {
            break;
        }
    }
    Ok(Exit::Conformant)
}

/// Prints all that is known of one requirement.
pub(crate) fn explain(ledger: &Ledger, id: &str, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let id = ledger::parse_id(id)?;
    if let Some(requirement) = ledger.get(id) {
        let _ = told(requirement, out);
    }
    Ok(Exit::Conformant)
}

/// Prints the JSON Schema of the JSON report.
pub(crate) fn schema(out: &mut dyn Write) -> anyhow::Result<Exit> {
    // A reader that closed the pipe has seen enough.
    let _ = out.write_all(SCHEMA.as_bytes());
    Ok(Exit::Conformant)
}

fn told(requirement: &ledger::Requirement, out: &mut dyn Write) -> Result<()> {
    let (level, profile, source) = (requirement.level, requirement.profile, &requirement.source);
    writeln!(out, "{} ({level}, {profile})\n", requirement.id.as_str())?;
    writeln!(out, "{}\n", requirement.statement)?;
    writeln!(out, "Why         {}", requirement.why)?;
    writeln!(out, "Source      {} ({})", source.section, source.basis)?;
    writeln!(out, "Operations  {}", requirement.operations.join(", "))?;
    for accept in &requirement.accepts {
        let status: Vec<String> = accept.status.iter().map(u16::to_string).collect();
        let status =
            if status.is_empty() { String::new() } else { format!(" {}", status.join(", ")) };
        writeln!(out, "Accepts     {}{status}: {}", accept.outcome, accept.because)?;
    }
    if let Some(Example { request, answer }) = Example::of(requirement) {
        writeln!(out, "Example     {request}\n            -> {answer}")?;
    }
    writeln!(out, "\nJudge it alone: cargo xtask conformance --only {}", requirement.id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(print: impl Fn(&Ledger, &mut dyn Write) -> anyhow::Result<Exit>) -> String {
        let ledger = Ledger::embedded().expect("a ledger");
        let mut out = Vec::new();
        print(&ledger, &mut out).expect("an exit");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn an_explanation_tells_statement_source_and_what_is_accepted() {
        insta::assert_snapshot!(printed(|ledger, out| explain(ledger, "token-limit", out)));
    }

    #[test]
    fn an_unknown_id_is_answered_with_the_known_ones() {
        let ledger = Ledger::embedded().expect("a ledger");
        let error = explain(&ledger, "token-limits", &mut Vec::new()).expect_err("no such id");
        insta::assert_snapshot!(error, @"there is no requirement `token-limits`; did you mean token-limit?");
    }

    #[test]
    fn the_list_has_a_line_for_each_requirement() {
        let lines = printed(list).lines().count();
        assert_eq!(lines, Ledger::embedded().expect("a ledger").iter().count());
    }
}
