//! The elements of a document, each with a name that stays when the document is rearranged.

use std::collections::BTreeSet;

use crate::diff::operations::{self, Operation};
use crate::diff::{listing, types};
use crate::spec::{Node, Spec};

/// How deep fields are listed.
const MAX_DEPTH: usize = 6;

/// What kind of element it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An operation.
    Operation,
    /// A parameter in path, query or header.
    Parameter,
    /// A member of a request body.
    Body,
    /// A status of an answer.
    Status,
    /// A header of an answer.
    Header,
    /// A member of a successful answer.
    Field,
    /// A member of an error.
    ErrorField,
}

/// One thing that the document says.
#[derive(Debug, Clone)]
pub struct Element {
    /// `listAgents`, `listAgents query page`, `listAgents 200 field config_project.id`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The operation that it belongs to.
    pub operation: String,
    /// The section of the documentation that the operation names.
    pub section: String,
    /// Its own name in a table of the documentation: `config_project.id`.
    pub attribute: String,
    /// The types it may have, `null` among them; empty if any.
    pub types: BTreeSet<String>,
}

/// All elements of a document, in its order.
pub fn all(spec: &Spec) -> Vec<Element> {
    operations::all(&spec.root()).iter().flat_map(of_operation).collect()
}

/// The `operationId`, or method and path where there is none.
pub(crate) fn operation_name(operation: &Operation<'_>) -> String {
    operation.node.text("operationId").map_or_else(|| operation.name(), str::to_owned)
}

fn of_operation(operation: &Operation<'_>) -> Vec<Element> {
    let name = operation_name(operation);
    let section = operation.node.text("x-source").unwrap_or_default().to_owned();
    let mut list = List { operation: name, section, elements: Vec::new() };
    list.push(Kind::Operation, "", "", BTreeSet::new());
    for (place, name, schema, _) in listing::listed_values(operation) {
        let types = schema.as_ref().map(schema_types).unwrap_or_default();
        list.push(Kind::Parameter, &place, &name, types);
    }
    if let Some(schema) = operation.node.get("requestBody").and_then(|body| json_schema(&body)) {
        list.fields(Kind::Body, "body", &schema);
    }
    for (status, response) in operation.node.members_of("responses") {
        list.push(Kind::Status, status, "", BTreeSet::new());
        for (header, _) in response.members_of("headers") {
            list.push(Kind::Header, &format!("{status} header"), header, BTreeSet::new());
        }
        let kind = if status.starts_with('2') { Kind::Field } else { Kind::ErrorField };
        if let Some(schema) = json_schema(&response) {
            list.fields(kind, &format!("{status} field"), &schema);
        }
    }
    list.elements
}

/// The elements of one operation as they are found.
struct List {
    operation: String,
    section: String,
    elements: Vec<Element>,
}

impl List {
    fn push(&mut self, kind: Kind, place: &str, attribute: &str, types: BTreeSet<String>) {
        let words = [self.operation.as_str(), place, attribute];
        let name: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let (operation, section) = (self.operation.clone(), self.section.clone());
        let attribute = attribute.to_owned();
        let name = name.join(" ");
        self.elements.push(Element { name, kind, operation, section, attribute, types });
    }

    fn fields(&mut self, kind: Kind, place: &str, schema: &Node<'_>) {
        for (name, types) in fields(schema) {
            self.push(kind, place, &name, types);
        }
    }
}

fn json_schema<'s>(holder: &Node<'s>) -> Option<Node<'s>> {
    let (_, content) = holder.members_of("content").into_iter().next()?;
    content.get("schema")
}

/// The members of an object, or of the items of a list, with dots between levels.
pub fn fields(schema: &Node<'_>) -> Vec<(String, BTreeSet<String>)> {
    let mut found = Vec::new();
    collect(schema, "", 0, &mut found);
    found
}

fn collect(
    schema: &Node<'_>,
    prefix: &str,
    depth: usize,
    found: &mut Vec<(String, BTreeSet<String>)>,
) {
    if depth > MAX_DEPTH {
        return;
    }
    if let Some(items) = schema.get("items") {
        return collect(&items, prefix, depth + 1, found);
    }
    for part in ["allOf", "oneOf", "anyOf"].iter().flat_map(|key| schema.list(key)) {
        collect(&part, prefix, depth + 1, found);
    }
    for (name, member) in schema.members_of("properties") {
        let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
        if !found.iter().any(|(known, _)| *known == path) {
            found.push((path.clone(), schema_types(&member)));
            collect(&member, &path, depth + 1, found);
        }
    }
}

/// The types that a schema allows, through `allOf` as well.
fn schema_types(schema: &Node<'_>) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = types::of(schema).into_iter().map(str::to_owned).collect();
    for part in ["allOf", "oneOf", "anyOf"].iter().flat_map(|key| schema.list(key)) {
        found.extend(schema_types(&part));
    }
    if types::is_nullable(schema) {
        found.insert("null".to_owned());
    }
    found
}
