//! Every change that the catalogue names is found, with its level and its direction: small changes
//! of schemas at every place of a message, and edits of a small document.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use cluster_agents_review::change::Direction;
use cluster_agents_review::{Level, Policy, Review, Spec, catalogue};

const SCHEMAS: &str = include_str!("catalogue/schemas.txt");
const DOCUMENT: &str = include_str!("catalogue/document.yaml");
const EDITS: &str = include_str!("catalogue/edits.txt");

/// Ids that no pair of documents brings about here, and why.
const NEVER: &[(&str, &str)] = &[
    ("api-deprecated-sunset-missing", "needs a grace period, which is an option of another tool"),
    ("request-parameter-deprecated-sunset-missing", "the same"),
    ("request-property-deprecated-sunset-missing", "the same"),
    ("response-property-deprecated-sunset-missing", "the same"),
];

fn review(base: &str, revision: &str) -> Review {
    let read = |text: &str| Spec::parse("x", text).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let policy = Policy::named("oasdiff").unwrap();
    Review::of(&read(base), &read(revision), policy, "2026-01-31").unwrap()
}

/// What each place is called in ids, and the document that has a schema there.
const PLACES: &[(&str, &str)] = &[
    ("request-body", "BODY application/json {schema: S}"),
    ("request-body", "BODY application/xml {schema: S}"),
    ("request-property", "BODY application/json {schema: {properties: {p: S}}}"),
    ("request-property", "BODY application/xml {schema: {properties: {p: S}}}"),
    ("request-optional-property", "BODY application/json {schema: {properties: {p: S}}}"),
    (
        "request-required-property",
        "BODY application/json {schema: {required: [p], properties: {p: S}}}",
    ),
    ("request-read-only-property", "BODY application/json {schema: {properties: {p: READ}}}"),
    ("request-parameter", "PARAMETER {name: q, in: query, schema: S}"),
    (
        "request-parameter-property",
        "PARAMETER {name: q, in: query, schema: {type: object, properties: {p: S}}}",
    ),
    ("response-body", "ANSWER content: {application/json: {schema: S}}"),
    ("response-body", "ANSWER content: {application/xml: {schema: S}}"),
    ("response-mediatype", "ANSWER content: {application/json: {schema: S}}"),
    ("response-property", "ANSWER content: {application/json: {schema: {properties: {p: S}}}}"),
    ("response-property", "ANSWER content: {application/xml: {schema: {properties: {p: S}}}}"),
    (
        "response-optional-property",
        "ANSWER content: {application/json: {schema: {properties: {p: S}}}}",
    ),
    (
        "response-required-property",
        "ANSWER content: {application/json: {schema: {required: [p], properties: {p: S}}}}",
    ),
    (
        "response-write-only-property",
        "ANSWER content: {application/json: {schema: {properties: {p: WRITE}}}}",
    ),
    ("response-header", "ANSWER headers: {h: {schema: S}}"),
];

fn placed(place: &str, schema: &str) -> String {
    let sent_never = |flag: &str| schema.replacen('{', &format!("{{{flag}: true, "), 1);
    let (kind, rest) = place.split_once(' ').unwrap();
    let rest =
        rest.replace("READ", &sent_never("readOnly")).replace("WRITE", &sent_never("writeOnly"));
    let rest = rest.replace('S', "SCHEMA").replace("SCHEMA", schema);
    let (parameters, body, answer) = match kind {
        "BODY" => {
            let (media, content) = rest.split_once(' ').unwrap();
            (String::new(), format!("{{content: {{{media}: {content}}}}}"), String::new())
        }
        "PARAMETER" => (rest, "{content: {}}".into(), String::new()),
        _ => (String::new(), "{content: {}}".into(), format!(", {rest}")),
    };
    format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: 1.0.0}}\npaths: {{/a: {{post: {{parameters: [{parameters}], requestBody: {body}, responses: {{'200': {{description: ''{answer}}}}}}}}}}}\ncomponents: {{schemas: {{X: {{type: string}}, Y: {{type: integer}}}}}}\n"
    )
}

/// What was found of each id that was looked for: the levels and directions.
#[derive(Default)]
struct Found(BTreeMap<String, BTreeSet<(Level, Direction)>>);

impl Found {
    fn note(&mut self, id: &str, review: &Review) {
        let entry = self.0.entry(id.to_owned()).or_default();
        let same = review.findings.iter().filter(|finding| finding.id == id);
        entry.extend(same.map(|finding| (finding.level, finding.direction)));
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

fn schemas(found: &mut Found) {
    for line in lines(SCHEMAS) {
        let [suffix, old, new] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        for (name, place) in PLACES {
            let id = format!("{name}-{suffix}");
            if catalogue::level(&id).is_some() {
                found.note(&id, &review(&placed(place, old), &placed(place, new)));
            }
        }
    }
}

/// The document with one text in the place of another; a map in braces becomes the members of the
/// operation.
fn edited(from: &str, to: &str) -> String {
    assert!(DOCUMENT.contains(from), "{from}");
    let members = to.strip_prefix("{ ").and_then(|to| to.strip_suffix(" }"));
    let operation = members.filter(|_| from == "operationId: first");
    let lines = operation.map(|members| members.replace(", ", "\n      "));
    DOCUMENT.replacen(from, &lines.unwrap_or_else(|| to.to_owned()), 1)
}

fn edits(found: &mut Found) {
    let lines: Vec<_> = lines(EDITS).collect();
    for block in lines.chunks(3) {
        let [ids, from, to] = block[..] else { panic!("{block:?}") };
        let revision = edited(from.strip_prefix("- ").unwrap(), to.strip_prefix("+ ").unwrap());
        let (forth, back) = ids.split_once(" < ").map_or((ids, None), |(a, b)| (a, Some(b)));
        found.note(forth, &review(DOCUMENT, &revision));
        if let Some(back) = back {
            found.note(back, &review(&revision, DOCUMENT));
        }
    }
}

/// Versions and webhooks, whose documents are others.
fn rest(found: &mut Found) {
    let older = DOCUMENT.replace("/free", "/liberty");
    let bumped = older.replace("version: 1.0.0", "version: 1.1.0");
    found.note("api-major-version-not-bumped", &review(DOCUMENT, &bumped));
    let hook =
        |name: &str| format!("{DOCUMENT}webhooks: {{{name}: {{post: {{responses: {{}}}}}}}}\n");
    found.note("webhook-added", &review(&hook("a"), &hook("b")));
    found.note("webhook-removed", &review(&hook("a"), &hook("b")));
}

fn direction(id: &str) -> Direction {
    let word = |word: &str| id.starts_with(word) || id.starts_with("new-") && id.contains(word);
    let is_answer = id.starts_with("response") || id.contains("-response-header-");
    match (is_answer, word("request")) {
        (true, _) => Direction::Response,
        (false, true) => Direction::Request,
        (false, false) => Direction::None,
    }
}

#[test]
fn every_change_of_the_catalogue_is_found_with_its_level_and_direction() {
    let mut found = Found::default();
    schemas(&mut found);
    edits(&mut found);
    rest(&mut found);
    let mut wrong = Vec::new();
    for id in catalogue::ids().filter(|id| !NEVER.iter().any(|(never, _)| never == id)) {
        let level = catalogue::level(id).unwrap();
        let seen = found.0.get(id).cloned().unwrap_or_default();
        let wanted = BTreeSet::from([(level, direction(id))]);
        if seen != wanted {
            wrong.push(format!("{id}: wanted {wanted:?}, seen {seen:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_never_found_is_in_the_catalogue() {
    for (id, _) in NEVER {
        assert!(catalogue::level(id).is_some(), "{id}");
    }
}
