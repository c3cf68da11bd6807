//! The reference server as a target: started on a free loopback port with its demo fixture.

use cluster_agents_conformance::Target;
use cluster_agents_conformance::target::{Actor, Project, Secret};
use cluster_agents_reference::{Running, Settings, demo, start};

/// A running reference, and how it is reached.
#[derive(Debug)]
pub struct Reference {
    running: Running,
    target: Target,
}

impl Reference {
    /// Starts the reference with everything that the suite can use: all projects, all actors.
    /// # Errors
    ///
    /// What the reference says that cannot start.
    pub async fn start() -> anyhow::Result<Self> {
        let settings = Settings { fixture: demo::fixture()?, ..Settings::default() };
        let running = start(settings).await?;
        let target = target(running.base_url())?;
        Ok(Self { running, target })
    }

    /// How it is reached.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Ends it.
    pub async fn stop(self) {
        self.running.shutdown().await;
    }
}

fn target(base_url: &str) -> anyhow::Result<Target> {
    let project = |text: &str| Project::parse(text, "demo fixture");
    let mut target = Target::new(base_url, project(demo::PROJECT)?)?;
    target.second_project = Some(project(demo::SECOND_PROJECT)?);
    target.public_project = Some(project(demo::PUBLIC_PROJECT)?);
    target.archived_project = Some(project(demo::ARCHIVED_PROJECT)?);
    for actor in Actor::ALL {
        // The fixture names its actors as the variables do.
        let name = actor.variable().trim_start_matches("CONFORMANCE_TOKEN_").to_ascii_lowercase();
        let token = demo::ACTORS.iter().find(|(known, _)| *known == name);
        if let Some((_, token)) = token {
            target = target.with_token(actor, Secret::new(*token));
        }
    }
    Ok(target)
}
