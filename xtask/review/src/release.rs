//! `review release`: freezes the document and its ledger as a version.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use cluster_agents_review::report::Format;
use cluster_agents_review::{Policy, Review, Spec};

use crate::clock;

/// Freeze the document and the ledger as the release of `info.version`, with its changelog.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folder with the document, the ledger and `releases`.
    #[arg(long, value_name = "FOLDER", default_value = "openapi")]
    openapi: PathBuf,
}

/// A release that is frozen stays: it is only ever added to the folder.
pub(crate) fn run(args: &Args, out: &mut dyn Write) -> anyhow::Result<bool> {
    let read = |name: &str| {
        let path = args.openapi.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let (document, ledger) = (read("cluster-agents.yaml")?, read("requirements.yaml")?);
    let spec = Spec::parse("cluster-agents.yaml", &document)?;
    let version = spec.version().and_then(number);
    let Some(version) = version else { bail!("`info.version` is no version like 1.2.3") };
    let folder = args.openapi.join("releases");
    std::fs::create_dir_all(&folder)
        .with_context(|| format!("cannot make {}", folder.display()))?;
    let last = last(&folder)?;
    let mut changelog = "The first release.\n".to_owned();
    if let Some(last) = last {
        if version <= last {
            writeln!(
                out,
                "error: {} is not after the last release, {}",
                name(version),
                name(last)
            )?;
            return Ok(false);
        }
        let path = folder.join(format!("{}.yaml", name(last)));
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let base = Spec::parse(&path.display().to_string(), &text)?;
        let policy = Policy::named("gitlab").context("there is no policy gitlab")?;
        let review = Review::of(&base, &spec, policy, &clock::today())?;
        if let Some(problem) = review.versions.problem {
            let required = review.versions.required.as_deref().unwrap_or("a higher version");
            writeln!(out, "error: {problem}: these changes need {required}")?;
            return Ok(false);
        }
        changelog = Format::Markdown.render(&review);
    }
    let files = [("yaml", document), ("requirements.yaml", ledger), ("md", changelog)];
    for (end, text) in files {
        let path = folder.join(format!("{}.{end}", name(version)));
        write_new(&path, &text)?;
        writeln!(out, "{:>12} {}", "Froze", path.display())?;
    }
    Ok(true)
}

type Version = (u64, u64, u64);

fn number(text: &str) -> Option<Version> {
    let mut parts = text.split('.').map(|part| part.parse().ok());
    let version = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(version)
}

fn name((major, minor, patch): Version) -> String {
    format!("{major}.{minor}.{patch}")
}

/// The document of the last release, if there is one.
pub(crate) fn newest(openapi: &Path) -> anyhow::Result<Option<String>> {
    let folder = openapi.join("releases");
    if !folder.is_dir() {
        return Ok(None);
    }
    let path = |version| folder.join(format!("{}.yaml", name(version))).display().to_string();
    Ok(last(&folder)?.map(path))
}

/// The highest version that was frozen.
fn last(folder: &Path) -> anyhow::Result<Option<Version>> {
    let mut last = None;
    for entry in std::fs::read_dir(folder)? {
        let file = entry?.file_name();
        let version = file.to_str().and_then(|name| number(name.strip_suffix(".yaml")?));
        last = last.max(version);
    }
    Ok(last)
}

fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let file = std::fs::File::create_new(path);
    let mut file = file.with_context(|| format!("cannot make {}", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "openapi: 3.0.3\ninfo: { title: t, version: 1.0.0 }\npaths:\n  /a:\n    get: { responses: {} }\n  /b:\n    get: { responses: {} }\n";

    fn release(folder: &Path, document: &str) -> (bool, String) {
        std::fs::write(folder.join("cluster-agents.yaml"), document).unwrap();
        std::fs::write(folder.join("requirements.yaml"), "requirements: []\n").unwrap();
        let mut out = Vec::new();
        let done = run(&Args { openapi: folder.to_owned() }, &mut out).unwrap();
        (done, String::from_utf8(out).unwrap())
    }

    #[test]
    fn a_release_is_frozen_once_and_breaks_need_the_next_major_version() {
        let folder = tempfile::tempdir().unwrap();
        assert!(release(folder.path(), DOCUMENT).0);
        assert!(!release(folder.path(), DOCUMENT).0);
        let broken = DOCUMENT.replace("/b:", "/c:");
        let (done, said) = release(folder.path(), &broken.replace("1.0.0", "1.1.0"));
        assert!(!done && said.contains("2.0.0"), "{said}");
        assert!(release(folder.path(), &broken.replace("1.0.0", "2.0.0")).0);
        let changelog = std::fs::read_to_string(folder.path().join("releases/2.0.0.md")).unwrap();
        assert!(changelog.contains("api-path-removed-without-deprecation"), "{changelog}");
        let frozen = std::fs::read_to_string(folder.path().join("releases/1.0.0.yaml")).unwrap();
        assert_eq!(frozen, DOCUMENT);
    }
}
