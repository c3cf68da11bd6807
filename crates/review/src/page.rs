//! The reference as one HTML file: every operation with what is sent and answered, where it comes
//! from, what is required of it, what changed since the last release, and how implementations do.
//!
//! The file loads nothing. Without scripts everything can be read; they add the search, the choice of
//! colours and the buttons that copy.

mod changes;
mod example;
mod html;
mod operation;
mod requirement;
pub mod results;
mod schema;

use std::collections::HashMap;

use cluster_agents_codegen::ledger::Requirement;

use crate::diff::operations::{self, Operation};
use crate::review::Review;
use crate::spec::Spec;
use crate::trace::elements;
use crate::trace::origins::Origin;
use html::{escaped, prose};
use results::Results;

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Input<'p> {
    /// The document.
    pub spec: &'p Spec,
    /// The requirements of the ledger.
    pub requirements: &'p [Requirement],
    /// Where each element and requirement comes from.
    pub origins: &'p [Origin],
    /// What changed since the last release, if there is one.
    pub since: Option<&'p Review>,
    /// The last results of implementations.
    pub results: &'p [Results],
}

/// What all parts of the page look things up in.
struct Page<'p> {
    input: Input<'p>,
    origins: HashMap<&'p str, &'p Origin>,
}

/// The page.
pub fn render(input: Input<'_>) -> String {
    let origins = input.origins.iter().map(|origin| (origin.name.as_str(), origin)).collect();
    Page { input, origins }.render()
}

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = include_str!("page/page.js");

impl Page<'_> {
    fn render(&self) -> String {
        let root = self.input.spec.root();
        let info = root.get("info");
        let text = |key: &str| info.as_ref().and_then(|info| info.text(key)).unwrap_or_default();
        let (title, version) = (escaped(text("title")), escaped(text("version")));
        let operations = operations::all(&root);
        let body: String = operations.iter().map(|operation| self.operation(operation)).collect();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n\
             <link rel=\"icon\" href=\"data:,\">\n\
             <title>{title} {version}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <header><a class=\"title\" href=\"#top\">{title} <small>{version}</small></a>\
             <input id=\"search\" type=\"search\" placeholder=\"Search  /\" aria-label=\"Search\">\
             <button id=\"theme\" type=\"button\" aria-label=\"Light or dark\">◐</button></header>\n\
             <div class=\"frame\">\n{}<main id=\"top\">\n{}\n{}{}{body}{}\
             <p id=\"nothing\" hidden>Nothing found.</p>\n</main>\n</div>\n\
             <script>\n{SCRIPT}</script>\n</body>\n</html>\n",
            navigation(&operations),
            intro(&prose(text("description"))),
            results::summary(self.input.results, self.input.requirements),
            self.changes(),
            self.requirements(),
        )
    }

    /// Why an element is there if the documentation does not have it, as a mark with a tooltip.
    fn inferred(&self, element: &str) -> String {
        let because = self.origins.get(element).and_then(|origin| origin.inferred.as_deref());
        because.map_or_else(String::new, |because| {
            format!(
                " <span class=\"mark\" title=\"{}\" tabindex=\"0\">inferred</span>",
                escaped(because)
            )
        })
    }
}

fn intro(description: &str) -> String {
    format!("<section class=\"intro\">{description}</section>")
}

/// The operations by their first tag, in the order of the document.
fn navigation(operations: &[Operation<'_>]) -> String {
    let mut groups: Vec<(String, String)> = Vec::new();
    for operation in operations {
        let tag = operation.node.list("tags").first().and_then(|tag| tag.value().as_str());
        let tag = tag.unwrap_or("operations").to_owned();
        let name = elements::operation_name(operation);
        let link = format!(
            "<li><a href=\"#{0}\"><b class=\"method {1}\">{1}</b>{2}</a></li>",
            escaped(&name),
            operation.method,
            escaped(operation.node.text("summary").unwrap_or(&name)),
        );
        match groups.iter_mut().find(|(known, _)| *known == tag) {
            Some((_, links)) => links.push_str(&link),
            None => groups.push((tag, link)),
        }
    }
    let groups =
        groups.iter().map(|(tag, links)| format!("<h2>{}</h2><ul>{links}</ul>", escaped(tag)));
    format!(
        "<nav><details open><summary>Contents</summary>{}<h2>more</h2><ul>\
         <li><a href=\"#results\">Results</a></li><li><a href=\"#changes\">Changes</a></li>\
         <li><a href=\"#requirements\">Requirements</a></li></ul></details></nav>\n",
        groups.collect::<String>()
    )
}
