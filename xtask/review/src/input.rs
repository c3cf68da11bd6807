//! Documents from files and from git.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::release;

/// Where the document stands in the repository, if only a revision is named.
const DOCUMENT: &str = "openapi/cluster-agents.yaml";

/// A document that was read.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Names the document of the last release.
pub(crate) const LAST_RELEASE: &str = "last-release";

/// Reads `FILE`, `REVISION:FILE`, `REVISION` or `last-release`; a file that exists wins over a
/// revision.
pub(crate) fn read(from: &str) -> anyhow::Result<Input> {
    if from == LAST_RELEASE {
        let path = release::newest(Path::new("openapi"))?;
        return file(
            &path.context("there is no release yet: cargo xtask review release makes one")?,
        );
    }
    if Path::new(from).exists() {
        return file(from);
    }
    // Git writes paths with slashes everywhere.
    let slashed = from.replace('\\', "/");
    if Path::new(&slashed).exists() { file(&slashed) } else { revision(from, &slashed) }
}

fn revision(from: &str, slashed: &str) -> anyhow::Result<Input> {
    let object = if from.contains(':') { slashed.to_owned() } else { format!("{from}:{DOCUMENT}") };
    // What git would take for an option is neither a file nor a revision.
    if object.starts_with('-') {
        bail!("{from} is neither a file nor a revision");
    }
    let git = Command::new("git").args(["show", &object]).output();
    let git = git.with_context(|| format!("{from} is no file, and git cannot be asked for it"))?;
    if !git.status.success() {
        let why = String::from_utf8_lossy(&git.stderr);
        let why = why.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
        bail!(
            "{from} is neither a file nor something that git knows ({why})\n  \
             help: give a FILE, a git REVISION of {DOCUMENT}, REVISION:FILE, or {LAST_RELEASE}"
        );
    }
    let text = String::from_utf8(git.stdout).with_context(|| format!("{object} is no text"))?;
    Ok(Input { name: object, text })
}

/// Reads a file.
pub(crate) fn file(path: &str) -> anyhow::Result<Input> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    let name = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    Ok(Input { name, text })
}
