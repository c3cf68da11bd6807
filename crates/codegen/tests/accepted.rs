//! Small documents with one feature each: what is generated from them lies beside each of them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up should stop")]

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use cluster_agents_codegen::{Document, Findings, rust};

/// The crates that have generated code, in the order of what needs what, and where each says under
/// which exceptions that code is compiled.
const CRATES: [(&str, &str); 4] = [
    ("types", include_str!("../../types/src/lib.rs")),
    ("client", include_str!("../../client/src/lib.rs")),
    ("mock", include_str!("../../mock/src/lib.rs")),
    ("server", include_str!("../../server/src/lib.rs")),
];

const REFRESH: &str = "EXPECTORATE=overwrite cargo test -p cluster-agents-codegen --test accepted";

/// The files with an extension in `accepted/`, by name.
fn files(extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accepted");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension() == Some(extension.as_ref())).collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// The four generated files of a document as one file, with a module for each crate.
fn golden(path: &Path) -> Result<String, Findings> {
    let document = format!("{}.yaml", name(path));
    let files = rust(&Document::parse(&document, &fs::read_to_string(path).unwrap())?)?;
    let modules = CRATES.map(|(module, crate_root)| {
        let text = within_a_crate(&files[module], path);
        format!("\n{}\npub mod {module} {{\n{text}}}\n", exceptions(crate_root))
    });
    Ok(format!("// @generated from {document} by\n// {REFRESH}\n{}", modules.concat()))
}

/// A generated file where all crates are modules of one: the types crate is the module `types`, and
/// only what is written by hand is still found in the crate.
fn within_a_crate(text: &str, path: &Path) -> String {
    let types = format!("crate::{}::types::", name(path).replace('-', "_"));
    let (_header, text) = text.split_once("\n\n").unwrap();
    let text = text.replace("cluster_agents_types::", &types).replace("::crate::", "crate::");
    ["SecretString", "Timestamp"].iter().fold(text, |text, by_hand| {
        let real = format!("::cluster_agents_types::{by_hand}");
        let text = text.replace(&format!("{types}{by_hand}"), &real);
        text.replace(&format!("crate::{by_hand}"), &real)
    })
}

/// The lints that a crate allows to its generated code.
fn exceptions(crate_root: &str) -> &str {
    let (before, _) = crate_root.split_once("mod generated;").unwrap();
    before.lines().rfind(|line| line.starts_with("#[allow(")).unwrap_or_default()
}

/// What is wrong with the file beside a document. The difference goes to the output of the test.
fn problem(path: &Path) -> Option<String> {
    let golden = match golden(path) {
        Ok(golden) => golden,
        Err(findings) => return Some(findings.to_string()),
    };
    let compare = || expectorate::assert_contents(path.with_extension("rs"), &golden);
    catch_unwind(compare).err().map(|_| format!("{}.rs is not what is generated", name(path)))
}

#[test]
fn every_document_becomes_the_code_beside_it() {
    let problems: Vec<_> = files("yaml").iter().filter_map(|path| problem(path)).collect();
    let problems = problems.join("\n");
    assert!(problems.is_empty(), "\n{problems}\n\nIf the change is meant: {REFRESH}\n");
}

#[test]
fn no_code_lies_there_without_its_document() {
    let orphans: Vec<_> =
        files("rs").into_iter().filter(|path| !path.with_extension("yaml").exists()).collect();
    assert!(orphans.is_empty(), "{orphans:?}");
}

#[test]
fn accepted_documents_are_small_enough_to_be_read() {
    for path in files("yaml") {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 35, "{} has {lines} lines", name(&path));
    }
}
