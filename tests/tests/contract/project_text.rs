//! The project's own texts: what they name exists, and nothing of one machine is in them.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Every file of the project below a folder, without what is built.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "target" && name != ".git" {
                files(&path, found);
            }
        } else {
            found.push(path);
        }
    }
}

fn texts(endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    files(root(), &mut found);
    let wanted = |path: &PathBuf| endings.iter().any(|end| path.to_string_lossy().ends_with(end));
    let read = |path: PathBuf| fs::read_to_string(&path).ok().map(|text| (path, text));
    found.into_iter().filter(wanted).filter_map(read).collect()
}

/// The code spans of a Markdown text that look like a path of this project.
fn paths(markdown: &str) -> Vec<&str> {
    let prose = markdown.split("```").step_by(2);
    let spans = prose.flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let places = ["crates/", "openapi/", "xtask/", "tests/", "docs/", ".ci/", ".cargo/"];
    let is_path = |span: &&str| {
        places.iter().any(|place| span.starts_with(place)) && !span.contains([' ', '*', '<', '{'])
    };
    spans.filter(is_path).collect()
}

#[test]
fn every_path_that_a_document_names_exists() {
    for (document, text) in texts(&[".md"]) {
        for path in paths(&text) {
            assert!(root().join(path).exists(), "{} names {path}", document.display());
        }
    }
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    for (document, text) in texts(&[".md"]) {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") {
                continue;
            }
            let target = document.parent().unwrap().join(path);
            assert!(target.exists(), "{} links to {link}", document.display());
        }
    }
}

#[test]
fn no_text_has_a_path_of_one_machine() {
    for (path, text) in texts(&[".rs", ".md", ".toml", ".yaml", ".json", ".snap", "run"]) {
        for folder in ["home", "root", "work"] {
            for before in [" ", "\"", "`", "=", "("] {
                let trace = format!("{before}/{folder}/");
                assert!(!text.contains(&trace), "{} has a path below /{folder}", path.display());
            }
        }
    }
}
