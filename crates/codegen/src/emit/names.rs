//! Names of the document as Rust names, the way progenitor and typify make them.

use heck::{ToPascalCase, ToSnakeCase};
use proc_macro2::{Ident, Span};

/// `agent_id` or `list agents` as the name of a type or variant.
pub(super) fn pascal(name: &str) -> Ident {
    ident(&clean(name).to_pascal_case())
}

/// `X-Next-Page` or `listAgents` as the name of a field or function.
pub(super) fn snake(name: &str) -> Ident {
    ident(&clean(name).to_snake_case())
}

/// The name of a registered status.
pub(super) fn reason(status: u16) -> Option<&'static str> {
    http::StatusCode::from_u16(status).ok()?.canonical_reason()
}

fn clean(name: &str) -> String {
    name.replace('\'', "").replace(|c: char| !c.is_alphanumeric() && c != '_', "-")
}

/// A keyword gets a `_` behind it, a leading digit an `x` in front.
fn ident(name: &str) -> Ident {
    let name = match name.chars().next() {
        None => "x".to_owned(),
        Some(first) if first.is_alphabetic() || first == '_' => name.to_owned(),
        Some(_) => format!("x{name}"),
    };
    let span = Span::call_site();
    match syn::parse_str::<Ident>(&name) {
        Ok(_) => Ident::new(&name, span),
        Err(_) => Ident::new(&format!("{name}_"), span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_of_a_document_becomes_an_identifier() {
        for (name, type_name, field) in [
            ("listAgents", "ListAgents", "list_agents"),
            ("X-Next-Page", "XNextPage", "x_next_page"),
            ("type", "Type", "type_"),
            ("url configurations", "UrlConfigurations", "url_configurations"),
            ("", "x", "x"),
        ] {
            assert_eq!(pascal(name).to_string(), type_name);
            assert_eq!(snake(name).to_string(), field);
        }
    }
}
