//! The code beside this file is what is generated from the two documents.

use std::path::{Path, PathBuf};

use cluster_agents_codegen::{Document, rust};

const REFRESH: &str = "EXPECTORATE=overwrite cargo test -p contract-tests --test replay";

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/replay/{name}.rs"))
}

/// Types and stub of a document as one file, with a module for each.
fn golden(name: &str, text: &str) -> String {
    let document = Document::parse(name, text).unwrap_or_else(|findings| panic!("{findings}"));
    let files = rust(&document).unwrap_or_else(|findings| panic!("{findings}"));
    let modules = ["types", "server"].map(|module| {
        let (_header, text) = files[module].split_once("\n\n").unwrap();
        let types = format!("crate::{name}::types::");
        let text = text.replace("cluster_agents_types::", &types).replace("::crate::", "crate::");
        format!("\npub mod {module} {{\n{text}}}\n")
    });
    format!("// @generated from base.yaml by\n// {REFRESH}\n{}", modules.concat())
}

#[test]
fn the_code_is_that_of_the_documents() {
    expectorate::assert_contents(path("base"), &golden("base", super::BASE));
    expectorate::assert_contents(path("revision"), &golden("revision", &super::revision_text()));
}
