//! A reproduction as a shell script over curl and jq.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::repro::artifacts::Reproduction;
use crate::repro::credential;
use crate::repro::expectation::Expectation;
use crate::repro::quoting::{comment, json, shell, shell_with_variables};
use crate::repro::step::{Content, Header, Step};

/// The whole script.
pub(super) fn render(reproduction: &Reproduction) -> String {
    let mut out = String::from("#!/usr/bin/env bash\n");
    out.push_str(&comment(&reproduction.told()));
    out.push_str(&comment(
        "\nNeeds bash, curl and jq, and the variables below; tokens come from the environment only.\n\
         Ends with 0 if it holds now, 1 if it is still broken, 2 if something is missing,\n\
         3 if that cannot be told. What it registers is called cfm-… and is removed at its end.",
    ));
    out.push_str("set -eu\n\n");
    out.push_str(&needs(reproduction));
    let _ = writeln!(
        out,
        "run=$(head -c 900 /dev/urandom | LC_ALL=C tr -dc a-z0-9 | head -c {})",
        reproduction.head.run.len()
    );
    out.push_str(FUNCTIONS);
    let same = |one: &Step, other: &Step| one.at_once.is_some() && one.at_once == other.at_once;
    let mut number = 1;
    for group in reproduction.steps.chunk_by(same) {
        out.push_str(&together(number, group));
        number += group.len();
    }
    out.push_str(&judge(reproduction));
    out
}

/// What every script does in the same way.
const FUNCTIONS: &str = r#"folder=$(mktemp -d)
agents=
took_another_way=

# remove: deletes the agents that were registered, also if the script was interrupted.
remove() {
  for path in $agents; do
    curl -sS -o "$folder/removed" -X DELETE \
      -K <(header "PRIVATE-TOKEN: $CONFORMANCE_TOKEN_MAINTAINER") "$root$path" || true
  done
  rm -rf "$folder"
}
trap remove EXIT
trap 'exit 130' INT TERM

# header LINE: a header for curl that no list of processes shows.
header() {
  local line=${1//\\/\\\\}
  printf 'header = "%s"\n' "${line//\"/\\\"}"
}

# repeat LETTER COUNT
repeat() { head -c "$2" /dev/zero | tr '\0' "$1"; }

# send STEP METHOD PATH [OPTION…]: sends a request and keeps status and body of the answer.
send() {
  local step=$1 method=$2 path=$3
  shift 3
  if [ "$method" = HEAD ]; then set -- --head "$@"; else set -- -X "$method" "$@"; fi
  curl -sS -o "$folder/$step.body" -w '%{http_code}' -H 'Accept: application/json' "$@" "$root$path" \
    > "$folder/$step.status" || true
  echo "step $step: $method $path answers $(cat "$folder/$step.status")"
}

# status STEP
status() { cat "$folder/$1.status"; }

# saved STEP FILTER: a value of an answer; nothing if it has none.
saved() { jq -r "$2 // empty" "$folder/$1.body" 2> /dev/null || true; }

# came STEP STATUS: notes if the answer is of another kind than the one that was recorded.
came() {
  case "$(status "$1")" in
    "${2%??}"??) ;;
    *) echo "step $1 was answered with $2 when this was recorded"; took_another_way=yes ;;
  esac
}
"#;

/// What has to be there.
fn needs(reproduction: &Reproduction) -> String {
    let variables = variables(reproduction);
    let mut out =
        format!("for name in {}; do\n", variables.iter().cloned().collect::<Vec<_>>().join(" "));
    out.push_str(
        "  if [ -z \"${!name:-}\" ]; then echo \"$name is not set\" >&2; exit 2; fi\ndone\n\
         for program in curl jq; do\n  if ! command -v \"$program\" > /dev/null; then\n    \
         echo \"$program is not installed\" >&2; exit 2\n  fi\ndone\n\n\
         root=${CONFORMANCE_BASE_URL%/}\n",
    );
    for variable in variables.iter().filter(|name| name.ends_with("PROJECT")) {
        let name = variable.trim_start_matches("CONFORMANCE_").to_ascii_lowercase();
        let _ = writeln!(out, "{name}=$(printf %s \"${{{variable}//%2F//}}\" | jq -sRr @uri)");
    }
    if variables.contains("CONFORMANCE_CLIENT_KEY_FILE") {
        out.push_str(
            "client_key=$(jq -Rsr 'tojson | .[1:-1]' < \"$CONFORMANCE_CLIENT_KEY_FILE\")\n",
        );
    }
    out
}

/// The variables of the environment that the steps need.
pub(super) fn variables(reproduction: &Reproduction) -> BTreeSet<String> {
    let mut names = BTreeSet::from([
        String::from("CONFORMANCE_BASE_URL"),
        String::from("CONFORMANCE_TOKEN_MAINTAINER"),
    ]);
    for step in &reproduction.steps {
        let credential = step.credential.iter().flat_map(|it| credential::variables(&it.value));
        names.extend(credential.map(str::to_owned));
        for project in ["project", "second_project", "public_project", "archived_project"] {
            if step.path.contains(&format!("{{{project}}}")) {
                names.insert(format!("CONFORMANCE_{}", project.to_ascii_uppercase()));
            }
        }
        if step.body.as_ref().is_some_and(|body| format!("{body:?}").contains("{client_key}")) {
            names.insert(String::from("CONFORMANCE_CLIENT_KEY_FILE"));
        }
    }
    names
}

/// Sends steps that met together; their answers are looked at when all have come.
fn together(first: usize, group: &[Step]) -> String {
    let numbered = || group.iter().zip(first..);
    let mut out = String::new();
    for (step, number) in numbered() {
        out.push_str(&send(number, step));
        out.push_str(if step.at_once.is_some() { " &\n" } else { "\n" });
    }
    if group.iter().any(|step| step.at_once.is_some()) {
        out.push_str("wait\n");
    }
    for (step, number) in numbered() {
        if step.at_once.is_none() && !step.judged {
            let _ = writeln!(out, "came {number} {}", step.status);
        }
        out.push_str(&saves(number, step));
    }
    out
}

fn send(number: usize, step: &Step) -> String {
    let mut words = vec![format!("send {number} {} {}", step.method, shell(&step.path))];
    words.extend(step.credential.iter().map(credential_option));
    words.extend(step.headers.iter().map(|it| format!("-H {}", shell(&line(it)))));
    words.extend(step.body.iter().flat_map(body));
    format!("\n# {number}: {}\n{}", step.operation, words.join(" \\\n  "))
}

fn saves(number: usize, step: &Step) -> String {
    let mut out = String::new();
    for (name, pointer) in &step.saves {
        let _ = writeln!(out, "{name}=$(saved {number} .{})", pointer.trim_start_matches('/'));
    }
    if let Some(agent) = step.agent() {
        let path = shell(step.bare_path());
        let _ = writeln!(out, "[ -z \"${agent}\" ] || agents=\"$agents \"{path}\"/${agent}\"");
    }
    out
}

fn credential_option(header: &Header) -> String {
    match header.value.is_empty() {
        true => format!("-H '{};'", header.name),
        false => {
            let value = shell_with_variables(&header.value);
            format!("-K <(header '{}: '{value})", header.name)
        }
    }
}

fn line(header: &Header) -> String {
    format!("{}: {}", header.name, header.value)
}

fn body(body: &Content) -> Vec<String> {
    let label = |media_type: &Option<String>| match media_type {
        Some(media_type) => format!("-H {}", shell(&format!("Content-Type: {media_type}"))),
        None => String::from("-H 'Content-Type:'"),
    };
    match body {
        Content::Json(value) => vec![
            String::from("-H 'Content-Type: application/json'"),
            format!("--data-binary @<(printf %s {})", shell(&json(value))),
        ],
        Content::Text { media_type, text } => {
            vec![label(media_type), format!("--data-binary @<(printf %s {})", shell(text))]
        }
        Content::Base64 { media_type, base64 } => vec![
            label(media_type),
            format!("--data-binary @<(printf %s {} | base64 -d)", shell(base64)),
        ],
    }
}

fn judge(reproduction: &Reproduction) -> String {
    let mut out = String::from("\n");
    let number = reproduction.judged_step();
    match &reproduction.expectation {
        Expectation::Status(statuses) => {
            let list: Vec<String> = statuses.iter().map(u16::to_string).collect();
            let _ = writeln!(
                out,
                "holds() {{ case \"$(status {number})\" in {}) ;; *) return 1 ;; esac; }}",
                list.join(" | ")
            );
        }
        Expectation::StatusBelow(limit) => {
            let _ = writeln!(out, "holds() {{ [ \"$(status {number})\" -lt {limit} ]; }}");
        }
        Expectation::Field { pointer, equals } => {
            let path: Vec<String> =
                pointer.split('/').skip(1).map(|key| format!("{key:?}")).collect();
            let _ = writeln!(
                out,
                "holds() {{ jq -e --argjson expected {} 'getpath([{}]) == $expected' \
                 \"$folder/{number}.body\" > /dev/null; }}",
                shell(&json(equals)),
                path.join(",")
            );
        }
        Expectation::EveryExchange | Expectation::Check => {
            out.push_str(&format!("cat \"$folder/{number}.body\"\n\n"));
            out.push_str(
                "echo 'Look at the answers; the suite judges this by more than a status or a value:'\n\
                 echo '  cargo xtask conformance replay transcript.jsonl'\nexit 3\n",
            );
            return out;
        }
    }
    let told = reproduction.expectation.told().unwrap_or_default();
    let told = shell(&told);
    let _ = writeln!(
        out,
        "if ! holds; then echo \"still broken: expected \"{told}; exit 1; fi\n\
         if [ -n \"$took_another_way\" ]; then echo 'cannot tell'; exit 3; fi\n\
         echo \"holds now: \"{told}"
    );
    out
}
