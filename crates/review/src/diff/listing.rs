//! The parameters that an operation has: its own and its path's.

use super::operations::Operation;
use crate::spec::Node;

/// A parameter of an operation, its own or its path's.
#[derive(Clone)]
pub(crate) struct Parameter<'s> {
    pub(crate) location: String,
    pub(crate) name: String,
    pub(crate) node: Node<'s>,
    /// It stands beside the operations, for all of the path.
    pub(crate) of_path: bool,
}

impl Parameter<'_> {
    pub(crate) fn required(&self) -> bool {
        self.location == "path" || self.node.flag("required")
    }
}

fn listed<'s>(holder: &Node<'s>, of_path: bool) -> Vec<Parameter<'s>> {
    let parameters = holder.list("parameters").into_iter().filter_map(|node| {
        let location = node.text("in")?.to_owned();
        let name = node.text("name")?.to_owned();
        Some(Parameter { location, name, node, of_path })
    });
    parameters.collect()
}

/// All parameters of an operation; its own win over those of the path.
pub(crate) fn of<'s>(operation: &Operation<'s>) -> Vec<Parameter<'s>> {
    let mut parameters = listed(&operation.node, false);
    for inherited in listed(&operation.item, true) {
        let is_same =
            |own: &Parameter<'_>| own.name == inherited.name && own.location == inherited.location;
        if !parameters.iter().any(is_same) {
            parameters.push(inherited);
        }
    }
    parameters
}

/// A parameter as people read it.
pub(crate) struct Described<'s> {
    pub(crate) location: String,
    pub(crate) name: String,
    pub(crate) schema: Option<Node<'s>>,
    pub(crate) required: bool,
    pub(crate) description: String,
}

/// All parameters of an operation with their descriptions.
pub(crate) fn described<'s>(operation: &Operation<'s>) -> Vec<Described<'s>> {
    let all = of(operation).into_iter().map(|parameter| Described {
        schema: schema_of(&parameter.node).map(|(schema, _)| schema),
        required: parameter.required(),
        description: parameter.node.text("description").unwrap_or_default().to_owned(),
        location: parameter.location,
        name: parameter.name,
    });
    all.collect()
}

/// Place, name, schema and whether it must be there, of each parameter of an operation.
pub(crate) fn listed_values<'s>(
    operation: &Operation<'s>,
) -> Vec<(String, String, Option<Node<'s>>, bool)> {
    let all = described(operation).into_iter();
    all.map(|one| (one.location, one.name, one.schema, one.required)).collect()
}

/// The names between braces, in their order.
pub(crate) fn in_template(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
}

/// The schema of the value, which stands in `schema` or in the only media type of `content`.
pub(crate) fn schema_of<'s>(node: &Node<'s>) -> Option<(Node<'s>, bool)> {
    if let Some(schema) = node.get("schema") {
        return Some((schema, false));
    }
    let (media, content) = node.get("content")?.members().into_iter().next()?;
    Some((content.get("schema")?, media.contains("json")))
}
