//! The requirements: those of an operation beside it, and all of them at the end.

use cluster_agents_codegen::ledger::{Basis, Level, Requirement};

use super::Page;
use super::html::{escaped, inline};

fn level(level: Level) -> &'static str {
    match level {
        Level::Must => "must",
        Level::Should => "should",
        Level::May => "may",
    }
}

fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Documented => "documented",
        Basis::Observed => "observed",
        Basis::Inferred => "inferred",
    }
}

impl Page<'_> {
    /// What is required of one operation. What holds for all of them is told once, at the end.
    pub(super) fn requirements_of(&self, operation: &str) -> String {
        let own = self.input.requirements.iter().filter(|requirement| {
            !self.is_for_all(requirement)
                && requirement.operations.iter().any(|name| name == operation)
        });
        let rows: Vec<_> = own.map(|requirement| self.short(requirement)).collect();
        let general = self.input.requirements.iter().filter(|r| self.is_for_all(r)).count();
        if rows.is_empty() && general == 0 {
            return String::new();
        }
        format!(
            "<details class=\"requirements\"><summary>{} requirements, and {general} for every operation</summary>\
             <div class=\"wide\"><table><thead><tr><th>Requirement</th>{}</tr></thead><tbody>{}</tbody></table></div></details>",
            rows.len(),
            self.result_heads(),
            rows.concat()
        )
    }

    fn is_for_all(&self, requirement: &Requirement) -> bool {
        let all = crate::diff::operations::all(&self.input.spec.root()).len();
        requirement.operations.len() == all
    }

    fn short(&self, requirement: &Requirement) -> String {
        format!(
            "<tr><td><a href=\"#requirement-{id}\"><code>{id}</code></a> <em>{}</em><div>{}</div></td>{}</tr>",
            level(requirement.level),
            inline(&requirement.statement),
            self.result_cells(&requirement.id),
            id = escaped(&requirement.id),
        )
    }

    pub(super) fn requirements(&self) -> String {
        let rows: String = self.input.requirements.iter().map(|one| self.full(one)).collect();
        format!(
            "<section id=\"requirements\" class=\"chapter\"><h2><a href=\"#requirements\">Requirements</a></h2>\
             <div class=\"wide\"><table><thead><tr><th>Requirement</th>{}</tr></thead><tbody>{rows}</tbody></table></div></section>\n",
            self.result_heads(),
        )
    }

    fn full(&self, requirement: &Requirement) -> String {
        let accepts = requirement.accepts.iter().map(|accepted| {
            let status: Vec<_> = accepted.status.iter().map(u16::to_string).collect();
            let status =
                if status.is_empty() { String::new() } else { format!(" ({})", status.join(", ")) };
            format!(
                "<li><code>{}</code>{status}: {}</li>",
                escaped(&accepted.outcome),
                inline(&accepted.because)
            )
        });
        let accepts: String = accepts.collect();
        let accepts = if accepts.is_empty() { accepts } else { format!("<ul>{accepts}</ul>") };
        format!(
            "<tr id=\"requirement-{id}\" class=\"searched\"><td><a href=\"#requirement-{id}\"><code>{id}</code></a> <em>{}</em>\
             <div>{}</div><div class=\"why\">{}</div><div class=\"from\">{}: {}</div>{accepts}</td>{}</tr>",
            level(requirement.level),
            inline(&requirement.statement),
            inline(&requirement.why),
            basis(requirement.basis),
            escaped(&requirement.section),
            self.result_cells(&requirement.id),
            id = escaped(&requirement.id),
        )
    }

    fn result_heads(&self) -> String {
        self.input
            .results
            .iter()
            .map(|results| format!("<th>{}</th>", escaped(&results.name)))
            .collect()
    }

    fn result_cells(&self, id: &str) -> String {
        let cells = self.input.results.iter().map(|results| match results.of(id) {
            Some(result) => format!(
                "<td class=\"verdict v-{verdict}\" title=\"{}\">{verdict}</td>",
                escaped(&result.message),
                verdict = escaped(&result.verdict),
            ),
            None => "<td class=\"verdict\">–</td>".to_owned(),
        });
        cells.collect()
    }
}
