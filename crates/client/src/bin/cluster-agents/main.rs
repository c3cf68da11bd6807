//! `cluster-agents`: lists and registers agents for Kubernetes, and rotates their tokens.

mod arguments;
mod hand_over;
mod print;

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use cluster_agents_client::blocking::Client;
use cluster_agents_client::types::{AgentId, AgentTokenName, NewAgentToken, ProjectRef};
use cluster_agents_client::{ClientBuilder, Credential};

use crate::arguments::{Arguments, Command, Connection, HandOver, TokenCommand};
use crate::print::{Format, Table};

fn main() -> ExitCode {
    match run(Arguments::parse(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever closed the pipe has seen enough.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

fn run(arguments: Arguments, out: &mut impl Write) -> Result<()> {
    let Arguments { connection, format, command } = arguments;
    let project = connection.project.as_ref();
    let project = project.context("which project? Give `--project` or set `CI_PROJECT_PATH`")?;
    let client = connect(&connection)?;
    let here = Here { client: &client, project, format };
    match command {
        Command::List => here.list(out),
        Command::Register { name, if_missing } if if_missing => {
            let agent = client.ensure_agent(here.project, &name)?.value;
            here.show(&[agent], out)
        }
        Command::Register { name, .. } => {
            here.show(&[client.register_agent(here.project, &name)?], out)
        }
        Command::Token(TokenCommand::List { agent }) => here.list_tokens(&agent, out),
        Command::Token(TokenCommand::Create { agent, name }) => {
            here.create_token(&agent, name, out)
        }
        Command::Token(TokenCommand::Revoke { agent, token }) => {
            let agent = here.agent(&agent)?;
            Ok(client.revoke_agent_token(here.project, agent, token)?)
        }
        Command::Token(TokenCommand::Rotate { agent, name, hand_over }) => {
            here.rotate_token(&agent, &name, &hand_over, out)
        }
    }
}

fn connect(connection: &Connection) -> Result<Client> {
    let token = || std::env::var("GITLAB_TOKEN").context("`GITLAB_TOKEN` is not set");
    let mut builder = match &connection.url {
        Some(url) => {
            let credential = Credential::private_token(token()?.trim());
            ClientBuilder::default().base_url(url).credential(credential)
        }
        None => ClientBuilder::from_env()?,
    };
    if connection.allow_http {
        builder = builder.allow_http();
    }
    Ok(builder
        .user_agent(concat!("cluster-agents/", env!("CARGO_PKG_VERSION")))
        .build_blocking()?)
}

/// The project that everything is about.
struct Here<'a> {
    client: &'a Client,
    project: &'a ProjectRef,
    format: Format,
}

impl Here<'_> {
    /// The id of an agent that is named by its id or its name.
    fn agent(&self, id_or_name: &str) -> Result<AgentId> {
        if let Ok(id) = id_or_name.parse() {
            return Ok(id);
        }
        for agent in self.client.list_agents(self.project) {
            let agent = agent?;
            if agent.name == id_or_name {
                return Ok(agent.id);
            }
        }
        bail!("there is no agent `{id_or_name}` in {}", self.project)
    }

    fn show<T: serde::Serialize + Table>(&self, items: &[T], out: &mut impl Write) -> Result<()> {
        Ok(self.format.write(items, out)?)
    }

    fn list(&self, out: &mut impl Write) -> Result<()> {
        self.show(&self.client.list_agents(self.project).prefetch().all()?, out)
    }

    fn list_tokens(&self, agent: &str, out: &mut impl Write) -> Result<()> {
        let agent = self.agent(agent)?;
        let tokens = self.client.list_agent_tokens(self.project, agent).all()?;
        let detail = |id| self.client.get_agent_token(self.project, agent, id);
        let details: Result<Vec<_>, _> = tokens.iter().map(|token| detail(token.id)).collect();
        self.show(&details?, out)
    }

    fn create_token(&self, agent: &str, name: AgentTokenName, out: &mut impl Write) -> Result<()> {
        let (agent, new) = (self.agent(agent)?, NewAgentToken::new(name));
        let token = self.client.create_agent_token(self.project, agent, &new)?;
        self.show(&[token], out)
    }

    fn rotate_token(
        &self,
        agent: &str,
        name: &AgentTokenName,
        hand_over: &HandOver,
        out: &mut impl Write,
    ) -> Result<()> {
        hand_over.check()?;
        let agent = self.agent(agent)?;
        let format = self.format;
        let confirm = |token: &_| hand_over.confirm(token, format, out);
        let rotated = self.client.rotate_token(self.project, agent, name, confirm)?;
        let revoked: Vec<_> = rotated.revoked.iter().map(ToString::to_string).collect();
        let old = if revoked.is_empty() { "nothing".to_owned() } else { revoked.join(" and ") };
        writeln!(io::stderr(), "token {} replaces {old}", rotated.token.id)?;
        Ok(())
    }
}
