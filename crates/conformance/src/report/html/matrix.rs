//! Which answers were seen: operation by status, and by actor and requirement if one is chosen.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use serde_json::{Value, json};

use crate::generated::{OPERATIONS, OperationInfo};
use crate::oracle;
use crate::report::Report;
use crate::report::html::{escaped, json};
use crate::target::Actor;

/// Callers that are no actors.
const OTHERS: [&str; 2] = ["anonymous", "other"];

pub(super) fn section(report: &Report<'_>) -> String {
    let statuses = statuses(report);
    let mut out = String::from(
        "<section id=\"matrix\">\n<h2>Answers</h2>\n<p>How often each operation was answered with \
         each status. A dash is a documented status that was not seen; choose a cell to learn \
         more.</p>\n",
    );
    out.push_str(&choices(report));
    out.push_str("<div class=\"wide\"><table>\n<thead><tr><th>Operation</th>");
    for status in &statuses {
        let _ = write!(out, "<th>{status}</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    let totals = totals(report);
    for operation in OPERATIONS {
        let _ = write!(out, "<tr><th>{}</th>", breakable(operation.id));
        for status in &statuses {
            out.push_str(&cell(report, operation, *status, totals.get(&(operation.id, *status))));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n<p id=\"told\" aria-live=\"polite\">&nbsp;</p>\n");
    let _ = writeln!(
        out,
        "<script type=\"application/json\" id=\"seen\">{}</script>\n</section>",
        json(&data(report))
    );
    out
}

/// A name that may be broken before its capitals.
fn breakable(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_uppercase() { format!("<wbr>{c}") } else { c.to_string() })
        .collect()
}

/// All documented statuses and all that were seen.
fn statuses(report: &Report<'_>) -> BTreeSet<u16> {
    let documented = OPERATIONS.iter().flat_map(|operation| operation.statuses.iter().copied());
    let coverage = report.transcript.coverage();
    let seen: Vec<u16> = coverage.cells().map(|(cell, _)| cell.status).collect();
    documented.chain(seen).collect()
}

fn totals(report: &Report<'_>) -> BTreeMap<(&'static str, u16), u64> {
    let mut totals = BTreeMap::new();
    for (cell, count) in report.transcript.coverage().cells() {
        *totals.entry((cell.operation, cell.status)).or_default() += count;
    }
    totals
}

/// The lists to choose an actor and a requirement from.
fn choices(report: &Report<'_>) -> String {
    let actors = Actor::ALL.iter().map(|actor| actor.name()).chain(OTHERS);
    let ids = report.judgement.requirements.iter().map(|judged| judged.requirement.id.as_str());
    let options = |names: &mut dyn Iterator<Item = &'static str>| -> String {
        names.map(|name| format!("<option>{name}</option>")).collect()
    };
    format!(
        "<form id=\"choices\">\n<label>Caller <select id=\"actor\"><option value=\"\">everybody\
         </option>{}</select></label>\n<label>Requirement <select id=\"requirement\">\
         <option value=\"\">all</option>{}</select></label>\n</form>\n",
        options(&mut actors.into_iter()),
        options(&mut ids.into_iter())
    )
}

fn cell(
    report: &Report<'_>,
    operation: &OperationInfo,
    status: u16,
    count: Option<&u64>,
) -> String {
    let is_documented = operation.statuses.contains(&status);
    let is_right = is_documented && status < 500;
    let place = format!("data-operation=\"{}\" data-status=\"{status}\"", operation.id);
    match count {
        Some(count) => {
            let class = if is_right { "seen" } else { "seen odd" };
            format!("<td class=\"{class}\" {place}><button type=\"button\">{count}</button></td>")
        }
        None if is_documented => {
            let reason = escaped(&why_not(report, operation, status));
            format!(
                "<td class=\"unseen\" {place} data-reason=\"{reason}\" title=\"{reason}\">\
                 <button type=\"button\">–</button></td>"
            )
        }
        None => format!("<td {place}></td>"),
    }
}

/// Why a documented status was not seen.
fn why_not(report: &Report<'_>, operation: &OperationInfo, status: u16) -> String {
    let transcript = report.transcript;
    if operation.profile == "receptive" && !transcript.receptive {
        return format!("not reachable: {}", transcript.profile_reason);
    }
    match status {
        429 => String::from("not reachable: the suite does not provoke limits of rates"),
        500.. => String::from("not seen, and it should not be"),
        _ if transcript.ended_early.is_some() => String::from("not seen: the run ended early"),
        _ if report.plan.is_partial => {
            String::from("not seen: the run was about some requirements only")
        }
        _ => String::from("not seen in this run"),
    }
}

/// What the script counts with: each sort of answer by check, the checks of each requirement, and
/// the callers that were not there.
fn data(report: &Report<'_>) -> Value {
    let records = &report.transcript.checks;
    let seen: Vec<Value> = records
        .iter()
        .flat_map(|record| {
            let name = record.check.name;
            record.coverage.cells().map(move |(cell, count)| {
                json!([cell.operation, cell.status, cell.actor, name, count])
            })
        })
        .collect();
    let checks = report.judgement.requirements.iter().map(|judged| {
        let id = judged.requirement.id;
        // What is judged on every exchange is looked at by all of them.
        let names = match oracle::REQUIREMENTS.contains(&id) {
            true => Value::Null,
            false => json!(report.transcript.checks_of(id)),
        };
        (id.as_str().to_owned(), names)
    });
    let absent = Actor::ALL.iter().filter(|actor| report.target.token(**actor).is_none());
    let absent = absent.map(|actor| (actor.name().to_owned(), json!(actor.variable())));
    json!({
        "seen": seen,
        "checks": checks.collect::<serde_json::Map<_, _>>(),
        "absent": absent.collect::<serde_json::Map<_, _>>(),
    })
}
