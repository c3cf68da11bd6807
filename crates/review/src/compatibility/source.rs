//! What programs see of the generated client: its methods, and the types that these name.

use std::collections::{BTreeMap, BTreeSet};

use cluster_agents_codegen::{Document, Findings, rust};
use quote::ToTokens;
use syn::{Fields, ImplItem, Item, Visibility};

/// What the client and its types look like from outside.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Surface {
    /// Signatures by the name of the method.
    methods: BTreeMap<String, String>,
    /// Public types by name.
    types: BTreeMap<String, Shape>,
}

/// A type as its users see it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shape {
    /// `struct`, `enum` or `type`, and what makes it up.
    parts: Vec<String>,
}

/// The surfaces of both documents.
#[derive(Debug)]
pub struct Surfaces {
    base: Surface,
    revision: Surface,
}

/// Why the client of a document has no surface.
#[derive(Debug, thiserror::Error)]
pub enum SurfaceError {
    /// The generators do not take the document.
    #[error("no client is generated from it: {0}")]
    Refused(#[from] Findings),
    /// What was generated is no Rust, which is a fault of a generator.
    #[error("what is generated from it is no Rust: {0}")]
    Unreadable(#[from] syn::Error),
}

impl Surface {
    /// What is generated from a document; `file` is only a name for the messages.
    ///
    /// # Errors
    ///
    /// The generators refuse the document.
    pub fn of(file: &str, text: &str) -> Result<Self, SurfaceError> {
        let files = rust(&Document::parse(file, text)?)?;
        let mut surface = Self::default();
        for name in ["types", "client"] {
            let items = syn::parse_file(files.get(name).map_or("", String::as_str))?.items;
            items.iter().for_each(|item| surface.add(item));
        }
        Ok(surface)
    }

    fn add(&mut self, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                self.types.insert(item.ident.to_string(), Shape { parts: fields(&item.fields) });
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let parts = item.variants.iter().map(|variant| {
                    let fields = fields(&variant.fields).join(", ");
                    format!("variant {}({fields})", variant.ident)
                });
                self.types.insert(item.ident.to_string(), Shape { parts: parts.collect() });
            }
            Item::Type(item) if is_public(&item.vis) => {
                let parts = vec![item.ty.to_token_stream().to_string()];
                self.types.insert(item.ident.to_string(), Shape { parts });
            }
            Item::Impl(item) if item.trait_.is_none() && is_client(&item.self_ty) => {
                let functions = item.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(function) if is_public(&function.vis) => Some(function),
                    _ => None,
                });
                for function in functions {
                    let signature = function.sig.to_token_stream().to_string();
                    self.methods.insert(function.sig.ident.to_string(), signature);
                }
            }
            _ => {}
        }
    }

    /// The types that a text names, and those that these name.
    fn reached(&self, text: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open = vec![text.to_owned()];
        while let Some(text) = open.pop() {
            let words: BTreeSet<_> =
                text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
            for (name, shape) in &self.types {
                if words.contains(name.as_str()) && found.insert(name.as_str()) {
                    open.push(shape.parts.join(" "));
                }
            }
        }
        found
    }
}

impl Surfaces {
    /// What both documents become.
    pub fn new(base: Surface, revision: Surface) -> Self {
        Self { base, revision }
    }

    /// What stops a program that calls an operation from compiling; nothing if it need not change.
    pub(super) fn breaks(&self, operation: &str) -> Vec<String> {
        let method = snake(operation);
        let Some(old) = self.base.methods.get(&method) else { return Vec::new() };
        let Some(new) = self.revision.methods.get(&method) else {
            return vec![format!("`Client::{method}` is gone")];
        };
        let mut breaks = Vec::new();
        if old != new {
            breaks.push(format!("`Client::{method}` has another signature"));
        }
        for name in self.base.reached(old) {
            let (old, new) = (&self.base.types[name], self.revision.types.get(name));
            match new {
                None => breaks.push(format!("`{name}` is gone")),
                Some(new) => breaks.extend(changes(name, old, new)),
            }
        }
        breaks
    }
}

/// Whatever is added to a type stops those who build it or match on all of it: none of them says that
/// it may grow.
fn changes(name: &str, old: &Shape, new: &Shape) -> Vec<String> {
    let gone = old.parts.iter().filter(|part| !new.parts.contains(part));
    let added = new.parts.iter().filter(|part| !old.parts.contains(part));
    let gone = gone.map(|part| format!("`{name}` has no `{part}` any more"));
    gone.chain(added.map(|part| format!("`{name}` has a new `{part}`"))).collect()
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn is_client(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.is_ident("Client"))
}

/// The fields that others see. What is hidden counts as nothing.
fn fields(fields: &Fields) -> Vec<String> {
    let text = |field: &syn::Field| {
        let ty = field.ty.to_token_stream().to_string().replace(' ', "");
        let name = field.ident.as_ref().map(|ident| format!("{ident}: "));
        name.unwrap_or_default() + &ty
    };
    // A variant's fields have no visibility of their own: they are as visible as it is.
    let is_seen = |field: &&syn::Field| is_public(&field.vis) || field.ident.is_none();
    fields.iter().filter(is_seen).map(text).collect()
}

/// An `operationId` as the name of a method.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out.replace(['-', ' ', '.', '/'], "_")
}
