//! What can be said on the command line.

use clap::{Args, Parser, Subcommand};
use cluster_agents_client::types::{AgentName, AgentTokenId, AgentTokenName, ProjectRef};

use crate::print::Format;

/// List and register agents for Kubernetes in GitLab, and rotate their tokens.
///
/// The access token is read from GITLAB_TOKEN, which needs the scope `api` and the role Maintainer (for
/// lists `read_api` and Developer).
#[derive(Debug, Parser)]
#[command(name = "cluster-agents", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) connection: Connection,

    /// How to write what there is
    #[arg(
        short = 'o',
        long = "output",
        value_name = "FORMAT",
        global = true,
        default_value = "table"
    )]
    pub(crate) format: Format,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Args, Debug)]
pub(crate) struct Connection {
    /// GitLab's URL; else GITLAB_HOST, else CI_API_V4_URL
    #[arg(long, value_name = "URL", global = true)]
    pub(crate) url: Option<String>,

    /// Allow a URL with http, which shows the token to the network
    #[arg(long, global = true)]
    pub(crate) allow_http: bool,

    /// The project, by number or full path
    #[arg(short, long, value_name = "PROJECT", env = "CI_PROJECT_PATH", hide_env_values = true)]
    #[arg(global = true, value_parser = project)]
    pub(crate) project: Option<ProjectRef>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the agents of the project
    List,
    /// Register an agent
    Register {
        /// Lower-case letters, digits and `-`
        #[arg(value_parser = agent_name)]
        name: AgentName,
        /// Take the agent of this name if there is one
        #[arg(long)]
        if_missing: bool,
    },
    /// List, create, rotate and revoke the tokens of an agent
    #[command(subcommand)]
    Token(TokenCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// List the active tokens of an agent
    List {
        /// The id or the name of the agent
        agent: String,
    },
    /// Create a token and write its secret, which cannot be read again
    Create {
        /// The id or the name of the agent
        agent: String,
        /// The name of the token
        #[arg(long, default_value = "cluster-agents")]
        name: AgentTokenName,
    },
    /// Revoke a token
    Revoke {
        /// The id or the name of the agent
        agent: String,
        /// The id of the token
        token: AgentTokenId,
    },
    /// Replace the token of an agent by a new one
    ///
    /// The new token is created first and handed over: to a command on its standard input, or on the
    /// standard output. The old one is revoked once the command has ended well, or once you say so. If
    /// the command fails, the new token is revoked and the old one stays.
    ///
    ///   cluster-agents -p group/project token rotate production -- sh -c
    ///   'kubectl -n gitlab-agent create secret generic token --from-file=token=/dev/stdin
    ///   --dry-run=client -o yaml | kubectl apply -f -'
    #[command(verbatim_doc_comment)]
    Rotate {
        /// The id or the name of the agent
        agent: String,
        /// The name of the new token
        #[arg(long, default_value = "cluster-agents")]
        name: AgentTokenName,
        #[command(flatten)]
        hand_over: HandOver,
    },
}

/// To whom the secret of a new token goes.
#[derive(Args, Debug)]
pub(crate) struct HandOver {
    /// Write the secret and revoke the old token at once
    #[arg(long, conflicts_with = "command")]
    pub(crate) yes: bool,

    /// The command that gets the secret on its standard input
    #[arg(last = true, value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
}

fn project(text: &str) -> Result<ProjectRef, &'static str> {
    text.parse().map_err(|_| "a project is a number or a full path, such as group/project")
}

fn agent_name(text: &str) -> Result<AgentName, &'static str> {
    text.parse().map_err(|_| {
        "a name has up to 63 lower-case letters, digits and `-`, and neither begins nor ends with `-`"
    })
}
