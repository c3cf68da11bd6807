//! Credentials without their values: a token is the variable that holds it.

use crate::repro::step::Header;
use crate::target::{Actor, Target};
use crate::transport::Credential;

/// The header of a credential. A value that was made from a token is written as bash would make it:
/// `${NAME%?}` without the last character, `${NAME~~}` in the other letter case.
pub(super) fn template(
    credential: &Credential,
    target: &Target,
    secrets: &[(String, String)],
) -> Option<Header> {
    let header = |name: &str, value: String| Some(Header { name: name.to_owned(), value });
    match credential {
        Credential::None => None,
        Credential::PrivateToken(actor) => header("PRIVATE-TOKEN", variable(*actor, "")),
        Credential::Bearer(actor) => {
            header("Authorization", format!("Bearer {}", variable(*actor, "")))
        }
        Credential::Elsewhere { header: name, before, actor } => {
            header(name, format!("{before}{}", variable(*actor, "")))
        }
        Credential::Made { header: name, value, label } => {
            let value = value.expose();
            header(name, made(value, label, target, secrets))
        }
    }
}

/// A value that is no actor's token, by what it was made from.
fn made(value: &str, label: &str, target: &Target, secrets: &[(String, String)]) -> String {
    if let Some((secret, name)) = secrets.iter().find(|(secret, _)| value.contains(secret)) {
        return value.replace(secret, &format!("{{{name}}}"));
    }
    let (before, bare) = match value.strip_prefix("Bearer ") {
        Some(bare) => ("Bearer ", bare),
        None => ("", value),
    };
    if bare.is_empty() {
        return before.to_owned();
    }
    let from = target.tokens().find_map(|(actor, token)| derived(bare, actor, token.expose()));
    // A word that the suite made up is no secret, but its label says more.
    format!("{before}{}", from.unwrap_or_else(|| label.replace(' ', "-")))
}

fn derived(value: &str, actor: Actor, token: &str) -> Option<String> {
    if let Some(more) = value.strip_prefix(token) {
        return Some(format!("{}{more}", variable(actor, "")));
    }
    if token.strip_suffix(|_| true) == Some(value) {
        return Some(variable(actor, "%?"));
    }
    value.eq_ignore_ascii_case(token).then(|| variable(actor, "~~"))
}

fn variable(actor: Actor, change: &str) -> String {
    format!("${{{}{change}}}", actor.variable())
}

/// The actor whose token, and nothing else, a template stands for.
pub(super) fn actor(template: &str) -> Option<Actor> {
    Actor::ALL.into_iter().find(|actor| variable(*actor, "") == template)
}

/// The value of a template, if all of its tokens are there.
pub(super) fn value(template: &str, target: &Target) -> Option<String> {
    let Some((before, rest)) = template.split_once("${") else { return Some(template.to_owned()) };
    let (name, after) = rest.split_once('}')?;
    let (name, change) = match name.find(['%', '~']) {
        Some(at) => name.split_at(at),
        None => (name, ""),
    };
    let actor = Actor::ALL.into_iter().find(|actor| actor.variable() == name)?;
    let token = target.token(actor)?.expose();
    let token = match change {
        "%?" => token.strip_suffix(|_| true).unwrap_or_default().to_owned(),
        "~~" => token.chars().map(swapped).collect(),
        _ => token.to_owned(),
    };
    Some(format!("{before}{token}{after}"))
}

fn swapped(c: char) -> char {
    if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
}

/// The variables that a template names.
pub(super) fn variables(template: &str) -> impl Iterator<Item = &str> {
    let parts = template.split("${").skip(1);
    parts.filter_map(|part| part.split(['}', '%', '~']).next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::{Project, Secret};

    #[test]
    fn a_credential_is_written_without_its_value_and_made_again_from_the_variable() {
        let target = Target::new("http://127.0.0.1:1/api/v4", Project::Number(20))
            .expect("a good URL")
            .with_token(Actor::Maintainer, Secret::new("glpat-Sentinel"));
        let secrets = [(String::from("glagent-sentinel"), String::from("token_1_secret"))];
        let cases = [
            ("glpat-Sentinel", "${CONFORMANCE_TOKEN_MAINTAINER}"),
            ("Bearer glpat-Sentine", "Bearer ${CONFORMANCE_TOKEN_MAINTAINER%?}"),
            ("glpat-Sentinelx", "${CONFORMANCE_TOKEN_MAINTAINER}x"),
            ("GLPAT-sENTINEL", "${CONFORMANCE_TOKEN_MAINTAINER~~}"),
            ("", ""),
        ];
        for (value, template) in cases {
            let written = made(value, "made", &target, &secrets);
            assert_eq!(written, template);
            assert_eq!(super::value(&written, &target).as_deref(), Some(value));
        }
        assert_eq!(made("glagent-sentinel", "it", &target, &secrets), "{token_1_secret}");
        assert_eq!(made("nobodys", "an unknown token", &target, &secrets), "an-unknown-token");
    }
}
