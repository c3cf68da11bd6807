//! What would be published: a program far from this workspace that has nothing but the packages.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PACKAGES: [&str; 4] = [
    "cluster-agents-types",
    "cluster-agents-client",
    "cluster-agents-mock",
    "cluster-agents-server",
];

/// A program that uses all four.
const MANIFEST: &str = r#"
[package]
name = "far-away"
version = "0.0.0"
edition = "2024"

[dependencies]
cluster-agents-client = { version = "0.1", default-features = false, features = ["blocking"] }
cluster-agents-mock = "0.1"
cluster-agents-server = "0.1"

[profile.dev]
debug = false

[workspace]
"#;

const PROGRAM: &str = r#"
use cluster_agents_client::{Client, Credential, types::{AgentId, Error}};
use cluster_agents_mock::{MockGitLab, MockServerExt};
use cluster_agents_server::Options;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let server = MockGitLab::start();
    server.get_agent(|when, then| {
        when.agent_id(&AgentId(5));
        then.forbidden(&Error::message("403 Forbidden"));
    });
    let token = Credential::private_token("secret");
    let client = Client::builder().base_url(server.url()).allow_http().no_proxy().credential(token);
    let error = client.build_blocking()?.get_agent(&20.into(), AgentId(5)).unwrap_err();
    println!("{error}, {} bytes", Options::default().body_limit);
    Ok(())
}
"#;

/// Where everything of this test lies; kept, so that the next run has less to build.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("packages")
}

/// cargo with a target directory of its own, so that it does not wait for the one that runs this.
fn cargo(arguments: &[&str], directory: &Path) -> Output {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(arguments).current_dir(directory).env("CARGO_TARGET_DIR", folder().join("target"));
    for name in ["RUSTFLAGS", "RUSTDOCFLAGS", "CARGO_BUILD_TARGET"] {
        cargo.env_remove(name);
    }
    cargo.output().unwrap()
}

/// Makes the packages; what cargo says where there is neither a registry nor a copy of it.
fn package() -> Result<(), String> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut arguments = vec!["package", "--allow-dirty", "--no-verify", "--quiet"];
    arguments.extend(PACKAGES.iter().flat_map(|name| ["--package", name]));
    let offline = [&arguments[..], &["--offline"]].concat();
    let mut told = String::new();
    for arguments in [offline, arguments] {
        let output = cargo(&arguments, root);
        if output.status.success() {
            return Ok(());
        }
        told.push_str(&String::from_utf8_lossy(&output.stderr));
    }
    Err(told)
}

fn unpack(name: &str, into: &Path) -> String {
    let package = format!("{name}-{}", env!("CARGO_PKG_VERSION"));
    let archive = folder().join(format!("target/package/{package}.crate"));
    let status =
        Command::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(into).status().unwrap();
    assert!(status.success(), "{}", archive.display());
    format!("{name} = {{ path = {:?} }}\n", into.join(package))
}

#[test]
fn a_program_outside_the_workspace_runs_with_the_packages_alone() {
    if let Err(told) = package() {
        let is_missing = ["offline", "Could not resolve host", "network", "download"];
        assert!(is_missing.iter().any(|words| told.contains(words)), "{told}");
        eprintln!("skipped: cargo can reach no registry and has no copy of it\n{told}");
        return;
    }
    let program = folder().join("far-away");
    // Another state of the packages may be left from before.
    let _ = fs::remove_dir_all(&program);
    fs::create_dir_all(program.join("src")).unwrap();
    let patches = PACKAGES.map(|name| unpack(name, &program));
    let manifest = format!("{MANIFEST}\n[patch.crates-io]\n{}", patches.concat());
    fs::write(program.join("Cargo.toml"), manifest).unwrap();
    fs::write(program.join("src/main.rs"), PROGRAM).unwrap();
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
    fs::copy(lock, program.join("Cargo.lock")).unwrap();
    let output = cargo(&["run", "--quiet", "--offline"], &program);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let out = String::from_utf8_lossy(&output.stdout);
    assert_eq!(out, "get_agent: 403 Forbidden, 1048576 bytes\n", "{told}");
}

#[test]
fn each_package_says_what_a_registry_wants_to_know() {
    for name in PACKAGES {
        let folder = name.strip_prefix("cluster-agents-").unwrap();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates").join(folder);
        let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        for key in ["description", "keywords", "categories", "readme", "documentation", "license"] {
            assert!(manifest.lines().any(|line| line.starts_with(key)), "{name} has no {key}");
        }
        let readme = fs::read_to_string(root.join("README.md")).unwrap();
        assert!(readme.starts_with(&format!("# {name}\n")), "{name}");
    }
}
