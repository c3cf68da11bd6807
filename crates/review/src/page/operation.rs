//! One operation.

use super::html::{anchor, code, escaped, inline, prose};
use super::schema::Row;
use super::{Page, example};
use crate::diff::listing;
use crate::diff::operations::Operation;
use crate::spec::Node;
use crate::trace::elements::operation_name;

/// Extensions that are shown as marks, and what is put before their value.
const MARKS: &[(&str, &str)] = &[
    ("x-minimum-role", "role"),
    ("x-tier", "tier"),
    ("x-offering", "on"),
    ("x-profile", "profile"),
];

impl Page<'_> {
    pub(super) fn operation(&self, operation: &Operation<'_>) -> String {
        let node = &operation.node;
        let name = operation_name(operation);
        let parts = [
            self.parameters(&name, operation),
            self.request(&name, node),
            self.answers(&name, node),
            format!("<h3>Try it</h3>{}", code(&example::curl(operation))),
            self.changes_of(&operation.name()),
            self.requirements_of(&name),
        ];
        format!(
            "<section class=\"operation\" id=\"{id}\">\n<h2><a href=\"#{id}\">{}</a></h2>\n\
             <p class=\"call\"><b class=\"method {method}\">{method}</b> <code>{}</code></p>\n\
             <p class=\"marks\">{}{}</p>\n{}{}\n{}</section>\n",
            escaped(node.text("summary").unwrap_or(&name)),
            escaped(&operation.path).replace('/', "/<wbr>"),
            marks(node, &name),
            self.source(&name),
            if node.flag("deprecated") { "<p class=\"bad\">Deprecated.</p>" } else { "" },
            prose(node.text("description").unwrap_or_default()),
            parts.concat(),
            id = anchor(&name),
            method = operation.method,
        )
    }

    fn source(&self, name: &str) -> String {
        let section = self.origins.get(name).and_then(|origin| origin.section.as_deref());
        section.map_or_else(
            || self.inferred(name),
            |section| {
                format!("<span class=\"mark source\">documentation: {}</span>", escaped(section))
            },
        )
    }

    fn parameters(&self, name: &str, operation: &Operation<'_>) -> String {
        let all = listing::described(operation);
        let mut html = String::new();
        for place in ["path", "query", "header", "cookie"] {
            let rows = all.iter().filter(|row| row.location == place).map(|row| Row {
                name: row.name.clone(),
                schema: row.schema.clone(),
                required: row.required,
                description: row.description.clone(),
            });
            let rows = rows.collect::<Vec<_>>();
            if !rows.is_empty() {
                html += &format!(
                    "<h3>In the {place}</h3>{}",
                    self.table(&format!("{name} {place}"), &rows)
                );
            }
        }
        html
    }

    fn request(&self, name: &str, node: &Node<'_>) -> String {
        let Some((media, content)) = content(node.get("requestBody")) else { return String::new() };
        let schema =
            content.get("schema").map(|schema| self.body(&format!("{name} body"), &schema));
        format!(
            "<h3>In the body <small>{}</small></h3>{}{}",
            escaped(&media),
            schema.unwrap_or_default(),
            examples(&content)
        )
    }

    fn answers(&self, name: &str, node: &Node<'_>) -> String {
        let answers = node.members_of("responses").into_iter();
        let answers: String =
            answers.map(|(status, answer)| self.answer(name, status, &answer)).collect();
        format!("<h3>Answers</h3>{answers}")
    }

    fn answer(&self, name: &str, status: &str, answer: &Node<'_>) -> String {
        let element = format!("{name} {status}");
        let open = if status.starts_with('2') { " open" } else { "" };
        let headers = answer.members_of("headers").into_iter().map(|(header, node)| Row {
            name: header.to_owned(),
            schema: node.get("schema"),
            required: node.flag("required"),
            description: node.text("description").unwrap_or_default().to_owned(),
        });
        let headers = headers.collect::<Vec<_>>();
        let table = (!headers.is_empty()).then(|| {
            format!("<h4>Headers</h4>{}", self.table(&format!("{element} header"), &headers))
        });
        let body = content(Some(answer.clone())).map(|(_, content)| {
            let schema =
                content.get("schema").map(|schema| self.body(&format!("{element} field"), &schema));
            schema.unwrap_or_default() + &examples(&content)
        });
        format!(
            "<details class=\"answer s{}\" id=\"{}\"{open}><summary><b>{}</b> {}{}</summary>{}{}</details>",
            status.chars().next().unwrap_or('x'),
            anchor(&element),
            escaped(status),
            inline(answer.text("description").unwrap_or_default()),
            self.inferred(&element),
            body.unwrap_or_default(),
            table.unwrap_or_default(),
        )
    }
}

fn content<'s>(holder: Option<Node<'s>>) -> Option<(String, Node<'s>)> {
    let (media, content) = holder?.members_of("content").into_iter().next()?;
    Some((media.to_owned(), content))
}

fn examples(content: &Node<'_>) -> String {
    let examples = example::of_content(content).into_iter().map(|(summary, value)| {
        let text = serde_json::to_string_pretty(&value).unwrap_or_default();
        format!(
            "<details class=\"example\"><summary>{}</summary>{}</details>",
            escaped(&summary),
            code(&text)
        )
    });
    examples.collect()
}

fn marks(node: &Node<'_>, name: &str) -> String {
    let marks = MARKS.iter().filter_map(|(key, word)| {
        let value = node.value().get(key)?;
        let text = value.as_array().map_or_else(
            || value.as_str().unwrap_or_default().to_owned(),
            |list| list.iter().filter_map(|value| value.as_str()).collect::<Vec<_>>().join(", "),
        );
        Some(format!("<span class=\"mark\">{word}: {}</span> ", escaped(&text)))
    });
    format!(
        "<span class=\"mark\"><code>{}</code></span> {}",
        escaped(name),
        marks.collect::<String>()
    )
}
