//! How progenitor and typify are set for this workspace.

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, InterfaceStyle, TypeImpl, TypePatch};
use schemars::schema::{InstanceType, SchemaObject};

use super::file::one;
use super::{names, schema};
use crate::{Document, Findings};

/// Types written by hand, because a value that this version does not know has to survive in them.
const OPEN: [&str; 1] = ["AgentTokenStatus"];

/// Settings that generate the types of a document. `crate_path` is the path of the types crate.
fn base(crate_path: &str) -> GenerationSettings {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_map_type("::std::collections::BTreeMap")
        .with_derive("PartialEq");
    settings.with_conversion(text("password"), format!("{crate_path}::SecretString"), none());
    settings.with_conversion(text("date-time"), format!("{crate_path}::Timestamp"), impls());
    settings
}

fn text(format: &str) -> SchemaObject {
    SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: Some(format.to_owned()),
        ..SchemaObject::default()
    }
}

/// Settings for the types crate itself: everything is generated but the secrets.
pub(super) fn types(document: &Document) -> GenerationSettings {
    let mut settings = base("crate");
    for name in schema::component_names(document) {
        if schema::is_secret(document, &name) {
            settings.with_replacement(names::pascal(&name), "crate::SecretString", none());
        }
        if OPEN.contains(&name.as_str()) {
            settings.with_replacement(&name, format!("crate::{name}"), impls());
        }
        if schema::is_integer(document, &name) {
            // Numbers of things are passed around, sorted and looked up like numbers.
            let mut number = TypePatch::default();
            for derive in ["Copy", "Eq", "Hash", "Ord", "PartialOrd"] {
                number.with_derive(derive);
            }
            settings.with_patch(names::pascal(&name).to_string(), &number);
        }
    }
    settings
}

/// Settings for crates over the types crate: nothing is generated twice.
pub(super) fn over_types(document: &Document) -> GenerationSettings {
    let mut settings = base("::cluster_agents_types");
    for name in schema::component_names(document) {
        let path = schema::named(document, &name);
        let path = path.to_string().replace(' ', "");
        settings.with_replacement(names::pascal(&name), path, impls());
    }
    settings
}

/// What the types that replace others can do.
fn impls() -> std::vec::IntoIter<TypeImpl> {
    vec![TypeImpl::Display, TypeImpl::FromStr].into_iter()
}

/// A secret cannot be shown, and nothing but a body is read as one.
fn none() -> std::vec::IntoIter<TypeImpl> {
    Vec::new().into_iter()
}

/// Runs progenitor. Where it panics, which it does on documents that it cannot express, the panic
/// becomes a finding.
pub(super) fn run(
    document: &Document,
    settings: &GenerationSettings,
    generate: impl Fn(&mut Generator) -> Result<TokenStream, progenitor::Error>,
) -> Result<TokenStream, Findings> {
    let attempt = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        generate(&mut Generator::new(settings)).map_err(|error| error.to_string())
    }));
    let error = match attempt {
        Ok(Ok(tokens)) => return Ok(tokens),
        Ok(Err(error)) => error,
        Err(panic) => message(&*panic),
    };
    let help = "progenitor cannot express this; simplify what was added last";
    Err(one(document.finding("progenitor", "", error, help)))
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(ToString::to_string))
        .unwrap_or_else(|| "the generator gave up".to_owned())
}
