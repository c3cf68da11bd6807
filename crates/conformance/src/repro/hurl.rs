//! A reproduction as a Hurl file.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::repro::artifacts::Reproduction;
use crate::repro::expectation::Expectation;
use crate::repro::quoting::{comment, hurl, json};
use crate::repro::script;
use crate::repro::step::{Content, Step};

/// The whole file.
pub(super) fn render(reproduction: &Reproduction) -> String {
    let mut out = comment(&reproduction.told());
    out.push_str(&comment(&format!(
        "\nhurl --test --continue-on-error {} reproduce.hurl",
        arguments(reproduction).join(" ")
    )));
    out.push_str(&comment(
        "\nHurl sends one request after the other, also those that met when this was recorded.",
    ));
    for (index, step) in reproduction.steps.iter().enumerate() {
        out.push_str(&entry(index + 1, step, reproduction));
    }
    let made = |step: &&Step| !step.judged && step.was_successful();
    for step in reproduction.steps.iter().filter(made) {
        if let Some(agent) = step.agent() {
            let _ = write!(
                out,
                "\n# What was registered is removed.\nDELETE {{{{base_url}}}}{}/{{{{{agent}}}}}\n\
                 PRIVATE-TOKEN: {{{{maintainer}}}}\nHTTP *\n",
                hurl(step.bare_path())
            );
        }
    }
    out
}

/// How the variables are given.
fn arguments(reproduction: &Reproduction) -> Vec<String> {
    let mut arguments = vec![String::from("--variable run=$(date +%s)")];
    for variable in script::variables(reproduction) {
        let name = variable.trim_start_matches("CONFORMANCE_").to_ascii_lowercase();
        if !name.starts_with("token_") {
            arguments.push(format!("--variable {name}=\"${variable}\""));
        }
    }
    let mut secrets = BTreeMap::from([(
        String::from("maintainer"),
        String::from("${CONFORMANCE_TOKEN_MAINTAINER}"),
    )]);
    for header in reproduction.steps.iter().filter_map(|step| step.credential.as_ref()) {
        secrets.extend(pieces(&header.value).1);
    }
    arguments.extend(secrets.iter().map(|(name, value)| format!("--secret {name}=\"{value}\"")));
    arguments
}

/// A value with names of Hurl in the place of variables, and what these stand for.
fn pieces(template: &str) -> (String, BTreeMap<String, String>) {
    let mut named = BTreeMap::new();
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        let (variable, after) = after.split_once('}').unwrap_or((after, ""));
        let name = variable.trim_start_matches("CONFORMANCE_TOKEN_").to_ascii_lowercase();
        let name = name.replace("%?", "_cut").replace("~~", "_swapped");
        out.push_str(&format!("{}{{{{{name}}}}}", hurl(before)));
        named.insert(name, format!("${{{variable}}}"));
        rest = after;
    }
    out.push_str(&hurl(rest));
    (out, named)
}

fn entry(number: usize, step: &Step, reproduction: &Reproduction) -> String {
    let mut out = format!("\n# {number}: {}\n", step.operation);
    let _ = writeln!(out, "{} {{{{base_url}}}}{}", step.method, hurl(&step.path));
    if let Some(header) = &step.credential {
        let _ = writeln!(out, "{}: {}", header.name, pieces(&header.value).0);
    }
    out.push_str("Accept: application/json\n");
    for header in &step.headers {
        let _ = writeln!(out, "{}: {}", header.name, hurl(&header.value));
    }
    out.push_str(&step.body.as_ref().map(body).unwrap_or_default());
    match (step.judged, step.at_once) {
        (false, None) => {
            let _ = writeln!(out, "HTTP {}", step.status);
        }
        _ => out.push_str("HTTP *\n"),
    }
    if !step.judged && step.was_successful() && !step.saves.is_empty() {
        out.push_str("[Captures]\n");
        for (name, pointer) in &step.saves {
            let _ = writeln!(out, "{name}: jsonpath \"${}\"", pointer.replace('/', "."));
        }
    }
    if step.judged {
        out.push_str(&asserts(&reproduction.expectation));
    }
    out
}

fn body(body: &Content) -> String {
    let label = |media_type: &Option<String>| {
        media_type.as_ref().map(|it| format!("Content-Type: {it}\n")).unwrap_or_default()
    };
    match body {
        Content::Json(value) => {
            format!("Content-Type: application/json\n```\n{}\n```\n", hurl(&json(value)))
        }
        Content::Text { media_type, text } => {
            format!("{}```\n{}\n```\n", label(media_type), hurl(text))
        }
        Content::Base64 { media_type, base64 } => {
            format!("{}base64,{base64};\n", label(media_type))
        }
    }
}

fn asserts(expectation: &Expectation) -> String {
    match expectation {
        Expectation::Status(statuses) => {
            let list: Vec<String> = statuses.iter().map(u16::to_string).collect();
            format!("[Asserts]\nstatus toString matches \"^({})$\"\n", list.join("|"))
        }
        Expectation::StatusBelow(limit) => format!("[Asserts]\nstatus < {limit}\n"),
        Expectation::Field { pointer, equals } => {
            let path = pointer.replace('/', ".");
            format!("[Asserts]\njsonpath \"${path}\" == {}\n", hurl(&json(equals)))
        }
        Expectation::EveryExchange | Expectation::Check => {
            String::from("# The suite judges this by more than a status or a value.\n")
        }
    }
}
