//! A server as a target of the suite: with every project and every actor of the demo fixture.

use cluster_agents_conformance::target::{Actor, Project, Secret};
use cluster_agents_conformance::{Error, Target};
use cluster_agents_reference::demo;

/// The target at `base_url`.
pub(crate) fn target(base_url: &str) -> Result<Target, Error> {
    let project = |text: &str| Project::parse(text, "demo fixture");
    let mut target = Target::new(base_url, project(demo::PROJECT)?)?;
    target.second_project = Some(project(demo::SECOND_PROJECT)?);
    target.public_project = Some(project(demo::PUBLIC_PROJECT)?);
    target.archived_project = Some(project(demo::ARCHIVED_PROJECT)?);
    for actor in Actor::ALL {
        let name = actor.variable().trim_start_matches("CONFORMANCE_TOKEN_").to_ascii_lowercase();
        if let Some((_, token)) = demo::ACTORS.iter().find(|(known, _)| *known == name) {
            target = target.with_token(actor, Secret::new(*token));
        }
    }
    Ok(target)
}
