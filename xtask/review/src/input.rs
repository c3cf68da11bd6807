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
    let object = if from.contains(':') { from.to_owned() } else { format!("{from}:{DOCUMENT}") };
    // What git would take for an option is neither a file nor a revision.
    if object.starts_with('-') {
        bail!("{from} is neither a file nor a revision");
    }
    let git = Command::new("git").args(["show", &object]).output().context("cannot start git")?;
    if !git.status.success() {
        let why = String::from_utf8_lossy(&git.stderr);
        let why = why.lines().next().unwrap_or_default();
        bail!("{from} is neither a file nor a revision of it that git knows: {why}");
    }
    let text = String::from_utf8(git.stdout).with_context(|| format!("{object} is no text"))?;
    Ok(Input { name: object, text })
}

/// Reads a file.
pub(crate) fn file(path: &str) -> anyhow::Result<Input> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    Ok(Input { name: path.to_owned(), text })
}
