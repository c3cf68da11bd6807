//! Examples: a request as a command line, and bodies as the document shows them.

use serde_json::Value;

use crate::diff::listing;
use crate::diff::operations::Operation;
use crate::spec::Node;

/// Every example of a media type with its summary.
pub(super) fn of_content(content: &Node<'_>) -> Vec<(String, Value)> {
    if let Some(example) = content.value().get("example") {
        return vec![("Example".to_owned(), example.clone())];
    }
    let examples = content.members_of("examples").into_iter().filter_map(|(name, example)| {
        let summary = example.text("summary").unwrap_or(name).to_owned();
        Some((summary, example.value().get("value")?.clone()))
    });
    let found: Vec<_> = examples.collect();
    if !found.is_empty() {
        return found;
    }
    let schema = content.get("schema").and_then(|schema| schema.value().get("example").cloned());
    schema.map(|example| ("Example".to_owned(), example)).into_iter().collect()
}

/// A call with the examples of the document; the token is left to the environment.
pub(super) fn curl(operation: &Operation<'_>) -> String {
    let root = operation.node.spec().root();
    let server =
        root.list("servers").first().and_then(|server| server.text("url").map(str::to_owned));
    let mut path = operation.path.clone();
    for (place, name, schema, _) in listing::listed_values(operation) {
        if place == "path" {
            let example = schema.and_then(|schema| schema.value().get("example").cloned());
            path =
                path.replace(&format!("{{{name}}}"), &text(&example.unwrap_or_else(|| 1.into())));
        }
    }
    let mut line = format!("curl --request {} \\\n", operation.method.to_uppercase());
    line.push_str("  --header \"PRIVATE-TOKEN: $GITLAB_TOKEN\" \\\n");
    let body = operation
        .node
        .get("requestBody")
        .and_then(|body| body.members_of("content").into_iter().next());
    let example = body.as_ref().and_then(|(_, content)| of_content(content).into_iter().next());
    if let (Some((media, _)), Some((_, value))) = (body, example) {
        let data = value.to_string().replace('\'', "'\\''");
        line.push_str(&format!("  --header \"Content-Type: {media}\" \\\n  --data '{data}' \\\n"));
    }
    line + &format!("  \"{}{path}\"", server.unwrap_or_default())
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
