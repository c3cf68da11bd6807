//! What is committed is what the document says.

use std::path::Path;

use cluster_agents_codegen::{Document, Files, Ledger, generate};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap().replace("\r\n", "\n")
}

fn generated() -> Files {
    let document = Document::parse("document", &read("openapi/cluster-agents.yaml")).unwrap();
    let ledger = Ledger::parse("ledger", &read("openapi/requirements.yaml"), &document).unwrap();
    generate(&document, &ledger).unwrap()
}

#[test]
fn every_generated_file_is_committed_as_the_document_says() {
    for (path, text) in generated() {
        assert!(read(path) == text, "{path} is stale, run `cargo xtask codegen`");
    }
}

#[test]
fn the_same_document_gives_the_same_text_every_time() {
    assert_eq!(generated(), generated());
}

#[test]
fn the_document_has_the_twelve_operations() {
    let text = read("openapi/cluster-agents.yaml");
    let document = Document::parse("document", &text).unwrap();
    assert_eq!(document.operations().len(), 12);
}

#[test]
fn the_statuses_of_tokens_that_are_written_by_hand_are_those_of_the_document() {
    let text = read("openapi/cluster-agents.yaml");
    let document = Document::parse("document", &text).unwrap();
    let pointer = "/components/schemas/AgentTokenStatus/enum";
    let statuses = document.json().pointer(pointer).unwrap().as_array().unwrap();
    let statuses: Vec<_> = statuses.iter().filter_map(|status| status.as_str()).collect();
    assert_eq!(statuses, ["active", "revoked"], "change AgentTokenStatus in the types crate too");
}
