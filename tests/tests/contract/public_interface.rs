//! What users of the client and its types depend on, so that no change of it goes unnoticed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Fields, ImplItem, Item, ItemImpl, Type, UseTree, Visibility};

/// The files of a crate that are written by hand and published.
fn sources(krate: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../crates/{krate}/src")),
        &mut found,
    );
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" && name != "bin" {
            collect(&path, found);
        } else if name.ends_with(".rs") && name != "generated.rs" {
            found.push(path);
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn exported(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => exported(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| exported(tree, names)),
        UseTree::Name(name) => drop(names.insert(name.ident.to_string())),
        UseTree::Rename(name) => drop(names.insert(name.rename.to_string())),
        UseTree::Glob(_) => {}
    }
}

/// The names that the root of a crate exports.
fn exports(root: &syn::File) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in &root.items {
        if let Item::Use(item) = item
            && is_public(&item.vis)
        {
            exported(&item.tree, &mut names);
        }
    }
    names
}

/// An item with nothing but what others see of it; `None` if that is nothing.
fn seen(item: Item, exports: &BTreeSet<String>) -> Option<Item> {
    match item {
        Item::Struct(mut item) if exports.contains(&item.ident.to_string()) => {
            item.attrs.retain(says_something);
            hide_fields(&mut item.fields);
            Some(Item::Struct(item))
        }
        Item::Enum(mut item) if exports.contains(&item.ident.to_string()) => {
            item.attrs.retain(says_something);
            for variant in &mut item.variants {
                variant.attrs.clear();
                variant.fields.iter_mut().for_each(|field| field.attrs.clear());
            }
            Some(Item::Enum(item))
        }
        Item::Type(mut item) if exports.contains(&item.ident.to_string()) => {
            item.attrs.clear();
            Some(Item::Type(item))
        }
        Item::Impl(item) => functions(item, exports).map(Item::Impl),
        _ => None,
    }
}

/// Only what changes how an item may be used.
fn says_something(attribute: &syn::Attribute) -> bool {
    ["derive", "non_exhaustive"].iter().any(|name| attribute.path().is_ident(name))
}

fn hide_fields(fields: &mut Fields) {
    match fields {
        Fields::Named(fields) => {
            let all = std::mem::take(&mut fields.named).into_iter();
            fields.named = all.filter(|field| is_public(&field.vis)).collect();
            fields.named.iter_mut().for_each(|field| field.attrs.clear());
        }
        Fields::Unnamed(fields) if !fields.unnamed.iter().any(|field| is_public(&field.vis)) => {
            fields.unnamed.clear();
        }
        Fields::Unnamed(_) | Fields::Unit => {}
    }
}

/// The functions of an exported type, without their bodies; of a trait, that it is implemented.
fn functions(mut item: ItemImpl, exports: &BTreeSet<String>) -> Option<ItemImpl> {
    let Type::Path(path) = &*item.self_ty else { return None };
    let name = path.path.segments.last()?.ident.to_string();
    if !exports.contains(&name) || path.path.segments.len() > 1 {
        return None;
    }
    item.attrs.clear();
    if item.trait_.is_some() {
        item.items.clear();
        return Some(item);
    }
    item.items.retain(|item| matches!(item, ImplItem::Fn(function) if is_public(&function.vis)));
    for function in &mut item.items {
        if let ImplItem::Fn(function) = function {
            function.attrs.retain(|attribute| attribute.path().is_ident("cfg"));
            function.block.stmts.clear();
        }
    }
    (!item.items.is_empty()).then_some(item)
}

fn interface(krate: &str) -> String {
    let parse = |path: &PathBuf| syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let sources = sources(krate);
    let root = sources.iter().find(|path| path.ends_with("lib.rs")).unwrap();
    let exports = exports(&parse(root));
    let mut text = String::new();
    for path in &sources {
        let mut file = parse(path);
        file.attrs.clear();
        file.items = file.items.into_iter().filter_map(|item| seen(item, &exports)).collect();
        text.push_str(&prettyplease::unparse(&file));
    }
    text
}

#[test]
fn the_interface_of_the_client_is_what_it_was() {
    insta::assert_snapshot!("client", interface("client"));
}

#[test]
fn the_interface_of_the_types_by_hand_is_what_it_was() {
    insta::assert_snapshot!("types", interface("types"));
}

#[test]
fn the_blocking_client_has_every_function_of_the_other() {
    let functions = |text: &str| -> BTreeSet<String> {
        let lines = text.lines().map(str::trim);
        let names = lines.filter_map(|line| {
            let rest =
                line.strip_prefix("pub async fn ").or_else(|| line.strip_prefix("pub fn "))?;
            rest.split(['(', '<']).next().map(ToOwned::to_owned)
        });
        names.collect()
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/client/src");
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
    let asynchronous = [
        "client.rs",
        "operations/agents.rs",
        "operations/tokens.rs",
        "operations/url_configurations.rs",
        "moves/ensure_agent.rs",
        "moves/ensure_url_configuration.rs",
        "moves/rotate_token.rs",
    ];
    let blocking = read("blocking.rs");
    for name in asynchronous.iter().flat_map(|path| functions(&read(path))) {
        // The generated operations are asynchronous.
        let is_there = ["fn ", "    "].iter().any(|before| {
            ["(", "<"].iter().any(|after| blocking.contains(&format!("{before}{name}{after}")))
        });
        assert!(is_there || name == "raw", "blocking::Client has no `{name}`");
    }
}
