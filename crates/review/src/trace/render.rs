//! A trace for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Trace;
use super::origins::Origin;

/// The trace as text: totals, problems, contradictions, what a newer page touches.
pub fn text(trace: &Trace) -> String {
    let mut out = totals(&trace.origins);
    if !trace.contradictions.is_empty() {
        let _ = writeln!(out, "\nContradictions and what was decided:");
    }
    for one in &trace.contradictions {
        let _ = writeln!(out, "  {}\n    {}", one.key, one.what);
        let _ = writeln!(out, "    = {}", one.decision.as_deref().unwrap_or("not decided"));
    }
    if !trace.touched.is_empty() {
        let _ = writeln!(out, "\nWhat the newer page touches:");
    }
    for one in &trace.touched {
        let _ = writeln!(out, "  {}\n    {}", one.section, one.what);
        for (word, names) in [("elements", &one.elements), ("requirements", &one.requirements)] {
            if !names.is_empty() {
                let _ = writeln!(out, "    = {word}: {}", names.join(", "));
            }
        }
    }
    for problem in &trace.problems {
        let _ = write!(out, "\nerror: {problem}");
    }
    if !trace.problems.is_empty() {
        let _ = writeln!(
            out,
            "\n\n{} problems; sources are kept in openapi/sources.yaml",
            trace.problems.len()
        );
    }
    out
}

/// Every element and requirement with its source, a line each.
pub fn list(trace: &Trace) -> String {
    let mut out = String::new();
    for origin in &trace.origins {
        let source = match (&origin.section, &origin.inferred) {
            (Some(section), _) => format!("section “{section}”"),
            (None, Some(because)) => format!("inferred: {because}"),
            (None, None) => "unknown".to_owned(),
        };
        let _ = writeln!(out, "{:<13} {:<52} {source}", origin.kind, origin.name);
    }
    out
}

fn totals(origins: &[Origin]) -> String {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for origin in origins {
        let count = counts.entry(origin.kind).or_default();
        if origin.section.is_some() { count.0 += 1 } else { count.1 += 1 }
    }
    let mut out = String::from("               documented  inferred\n");
    for (kind, (documented, inferred)) in counts {
        let _ = writeln!(out, "{kind:<14} {documented:>10} {inferred:>9}");
    }
    out
}
