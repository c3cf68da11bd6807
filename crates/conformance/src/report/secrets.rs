//! An implementation that repeats every secret that it was ever told, in odd places and encodings,
//! gets none of them into anything that a run writes.

use std::path::Path;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use serde_json::{Value, json};
use tokio::net::TcpStream;

use crate::generated::RequirementId as R;
use crate::plan::Plan;
use crate::report::{Format, Report, Style};
use crate::settings::{Given, Settings};
use crate::target::{Actor, Project, Secret, Target, encode_segment};
use crate::testing::{serve, write};
use crate::verdict::judge;
use crate::{Ledger, run};

const ACCESS: &str = "glpat-of/the+maintainer=0123456789";
const GUEST: &str = "glpat-of-the-guest/9876543210+zyx";

/// What the implementation has given and was told.
type Known = Arc<Mutex<Vec<String>>>;

/// Every form of every secret, at every offset of Base64.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned(), encode_segment(secret), STANDARD.encode(secret)];
    for before in ["x", "xy"] {
        let encoded = STANDARD_NO_PAD.encode(format!("{before}{secret}"));
        // Without what the neighbours decide about.
        let whole = (before.len() + secret.len()) / 3 * 4;
        forms.push(encoded[4..whole].to_owned());
    }
    forms
}

/// A body that has all of it in keys, values, messages and nested texts.
fn leaky(id: usize, known: &[String]) -> Value {
    // The first, which are access tokens, and the latest.
    let told = known.iter().take(2).chain(known.iter().skip(2).rev().take(2));
    let all: Vec<String> = told.flat_map(|secret| forms(secret)).collect();
    let nested = json!({ "inner": all }).to_string();
    let mut body = json!({ "id": id, "name": format!("a {}", all.join(" ")), "message": nested });
    for form in all {
        body[format!("key {form}")] = json!([format!("xx{}", STANDARD.encode(format!("x{form}")))]);
    }
    body
}

async fn start(known: Known) -> String {
    serve(move |head, stream| answer(head, stream, Arc::clone(&known))).await
}

async fn answer(head: String, stream: TcpStream, known: Known) {
    let is_create = head.starts_with("POST");
    let text = {
        let mut known = known.lock().expect("no panic");
        let id = known.len() + 1;
        let secret = format!("glagent-{id}-0123456789_ABCDEF/+{id}");
        let mut body = leaky(id, &known);
        if is_create && head.contains("/tokens") {
            body["token"] = secret.clone().into();
            known.push(secret);
        }
        if is_create { body } else { json!([body]) }.to_string()
    };
    let status = if is_create { 201 } else { 200 };
    let length = text.len();
    let answer = format!(
        "HTTP/1.1 {status} Status\r\ncontent-type: application/json\r\nconnection: close\r\n\
         content-length: {length}\r\nx-echo: {ACCESS}\r\n\r\n{text}"
    );
    write(stream, &answer).await;
}

fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => texts.extend(self::texts(&path)),
            false => {
                let text = std::fs::read_to_string(&path).expect("a text");
                texts.push((path.display().to_string(), text));
            }
        }
    }
    texts
}

#[tokio::test]
async fn no_secret_gets_into_anything_that_is_written() {
    let known: Known = Arc::new(Mutex::new(vec![ACCESS.to_owned(), GUEST.to_owned()]));
    let url = start(Arc::clone(&known)).await;
    let target = Target::new(&url, Project::Number(20))
        .expect("a good URL")
        .with_token(Actor::Maintainer, Secret::new(ACCESS))
        .with_token(Actor::Guest, Secret::new(GUEST));
    let only = [R::TokenSecretOnce, R::TokenCreate, R::AuthAgentToken];
    let only = only.iter().map(|id| id.as_str().to_owned()).collect();
    let given = Given { seed: Some(3), cases: Some(1), only, reruns: Some(0), ..Given::default() };
    let settings = Settings::resolve(&given, &|_| None).expect("good settings");
    let ledger = Ledger::embedded().expect("a ledger");
    let mut plan = Plan::build(&ledger, &settings, &target);
    // These requirements are judged on every exchange, so all checks would run.
    let names = ["token-create", "auth-agent-token"];
    plan.checks.retain(|check| names.contains(&check.name));
    let transcript =
        run(&ledger, &plan, &target, &|_| {}, std::future::pending()).await.expect("a run");
    let judgement = judge(&ledger, &plan, &transcript);
    let folder = tempfile::tempdir().expect("a folder");
    let report = Report {
        plan: &plan,
        target: &target,
        is_reference: false,
        transcript: &transcript,
        judgement: &judgement,
        artifacts: Some(folder.path()),
    };
    report.save_artifacts().expect("artefacts");
    for name in Format::NAMES.split(", ") {
        let format = Format::from_name(name).expect("a format");
        report.save(format, &folder.path().join(name)).expect("a report");
    }
    let mut printed = Vec::new();
    report.print(&mut printed, Style::Plain).expect("a vector takes everything");
    let mut texts = texts(folder.path());
    texts.push((String::from("terminal"), String::from_utf8(printed).expect("text")));
    let secrets = known.lock().expect("no panic").clone();
    assert!(secrets.len() > 3, "no token was created");
    assert!(texts.iter().any(|(path, _)| path.ends_with("reproduce.sh")), "no artefact");
    for (path, text) in &texts {
        assert!(!text.is_empty(), "{path}");
        for form in secrets.iter().flat_map(|secret| forms(secret)) {
            assert!(!text.contains(&form), "{path} has {form}");
        }
    }
}
