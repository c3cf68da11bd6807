//! Policies: which changes count as breaking. They are data; the files stand in `data/policies`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::catalogue::{self, Level};
use crate::change::{Change, Direction, Effect, Part};

/// One policy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    #[serde(skip)]
    name: &'static str,
    about: String,
    /// What a change does to the messages raises its level.
    #[serde(default)]
    by_effect: bool,
    #[serde(default)]
    warn_is_err: bool,
    /// What nobody sends cannot be sent wrongly.
    #[serde(default)]
    never_sent_is_info: bool,
    /// Drafts and alphas are judged like everything else.
    #[serde(default)]
    unstable_too: bool,
    #[serde(default, rename = "rule")]
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// Ids, in which `*` stands for any text.
    ids: Vec<String>,
    level: Level,
    /// Shown to those who ask why.
    because: String,
    effect: Option<Wanted>,
    direction: Option<WantedDirection>,
    /// Only for this status.
    status: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    Narrows,
    Widens,
    Changes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WantedDirection {
    Request,
    Response,
}

static POLICIES: LazyLock<Vec<Policy>> = LazyLock::new(|| {
    let files = [
        ("gitlab", include_str!("../data/policies/gitlab.toml")),
        ("oasdiff", include_str!("../data/policies/oasdiff.toml")),
        ("strict", include_str!("../data/policies/strict.toml")),
    ];
    files.into_iter().filter_map(|(name, text)| read(name, text).ok()).collect()
});

/// A policy with the rules that all share; a test reads the files, so they are always right.
fn read(name: &'static str, text: &str) -> Result<Policy, toml::de::Error> {
    #[derive(Deserialize)]
    struct Common {
        rule: Vec<Rule>,
    }
    let common: Common = toml::from_str(include_str!("../data/policies/common.toml"))?;
    let mut policy: Policy = toml::from_str(text)?;
    policy.name = name;
    policy.rules.extend(common.rule);
    Ok(policy)
}

/// A verdict and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How bad the change is under the policy.
    pub level: Level,
    /// Why, if a rule of the policy says so.
    pub because: Option<String>,
}

impl Policy {
    /// All policies, the default first.
    pub fn all() -> &'static [Self] {
        &POLICIES
    }

    /// A policy by its name: `gitlab`, `oasdiff` or `strict`.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::all().iter().find(|policy| policy.name == name)
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it stands for, in one sentence.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// How bad a change is under this policy.
    pub fn judge(&self, change: &Change) -> Verdict {
        let rule = self.rules.iter().find(|rule| rule.fits(change));
        let known = rule.map(|rule| rule.level).or_else(|| catalogue::level(&change.id));
        let level = known.unwrap_or_else(|| by_effect(change));
        let harmless =
            change.unstable && !self.unstable_too || change.never_sent && self.never_sent_is_info;
        let level = if harmless { Level::Info } else { level };
        let because = rule.map(|rule| rule.because.clone());
        let raised =
            if self.by_effect && rule.is_none() { level.max(by_effect(change)) } else { level };
        let strictest = if self.warn_is_err && raised == Level::Warn { Level::Err } else { raised };
        Verdict { level: strictest, because }
    }
}

impl Rule {
    fn fits(&self, change: &Change) -> bool {
        self.ids.iter().any(|pattern| is_like(pattern, &change.id))
            && self.effect.is_none_or(|wanted| wanted == change.effect)
            && self.direction.is_none_or(|wanted| wanted == change.direction)
            && self.status.as_ref().is_none_or(|status| has_status(change, status))
    }
}

fn has_status(change: &Change, wanted: &str) -> bool {
    change
        .sites
        .iter()
        .all(|site| matches!(&site.part, Part::Response { status, .. } if status == wanted))
}

impl PartialEq<Effect> for Wanted {
    fn eq(&self, effect: &Effect) -> bool {
        match self {
            Self::Narrows => *effect == Effect::Narrows,
            Self::Widens => *effect == Effect::Widens,
            Self::Changes => *effect == Effect::Changes,
        }
    }
}

impl PartialEq<Direction> for WantedDirection {
    fn eq(&self, direction: &Direction) -> bool {
        match self {
            Self::Request => *direction == Direction::Request,
            Self::Response => *direction == Direction::Response,
        }
    }
}

/// Requests may widen and responses may narrow without hurting a client that was there before.
pub fn by_effect(change: &Change) -> Level {
    match (change.direction, change.effect) {
        (_, Effect::Annotates) => Level::Info,
        (_, Effect::Changes) => Level::Warn,
        (Direction::Request, Effect::Narrows) | (Direction::Response, Effect::Widens) => Level::Err,
        (Direction::Request, Effect::Widens) | (Direction::Response, Effect::Narrows) => {
            Level::Info
        }
        (Direction::None, Effect::Narrows) => Level::Err,
        (Direction::None, Effect::Widens) => Level::Info,
    }
}

/// How bad the change is for a new client that meets an old server.
pub fn forward(change: &Change) -> Level {
    by_effect(&Change { effect: change.effect.reversed(), ..change.clone() })
}

/// Whether a text is like a pattern in which `*` stands for any text.
pub(crate) fn is_like(pattern: &str, id: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == id };
    let Some(tail) = id.strip_prefix(start) else { return false };
    (0..=tail.len()).any(|cut| tail.is_char_boundary(cut) && is_like(rest, &tail[cut..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_file_is_read() {
        let names: Vec<_> = Policy::all().iter().map(Policy::name).collect();
        assert_eq!(names, ["gitlab", "oasdiff", "strict"]);
    }

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(is_like("response-*-removed", "response-property-removed"));
        assert!(is_like("*", "x"));
        assert!(!is_like("response-*-removed", "response-property-added"));
    }
}
