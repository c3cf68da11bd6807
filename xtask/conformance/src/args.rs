//! The command line as it was typed. Sorted by heading, in the order of the help.

use std::path::PathBuf;

use clap::{Args as Flags, Parser, Subcommand};
use cluster_agents_conformance::settings::Given;

/// Judge an implementation of GitLab's Agents API over HTTP.
///
/// Without a target the reference server is started on a free port of this machine and tested.
/// Everything that a run creates is called cfm-RUN-… and is removed at its end.
#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask conformance",
    bin_name = "cargo xtask conformance",
    after_help = AFTER_HELP,
    args_conflicts_with_subcommands = true,
    max_term_width = 100
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    #[command(flatten)]
    pub(crate) target: TargetFlags,

    #[command(flatten)]
    pub(crate) safety: SafetyFlags,

    #[command(flatten)]
    pub(crate) test: TestFlags,

    #[command(flatten)]
    pub(crate) print: PrintFlags,
}

/// What to do instead of a run.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tell all about a requirement
    Explain {
        /// The id of the requirement
        id: String,
    },
    /// Tell what got better or worse from one JSON report to another [exit 1: worse]
    Diff {
        /// The earlier report
        before: PathBuf,
        /// The later report
        after: PathBuf,
    },
    /// Play the transcript of a failure again and tell whether it is still there
    Replay(Box<Replay>),
    /// Print the JSON Schema of the JSON report
    Schema,
    /// Write a file of settings, with all there is explained
    Init {
        /// The file; one that is there already is left alone
        #[arg(default_value = cluster_agents_conformance::settings::DEFAULT_FILE)]
        path: PathBuf,
    },
    /// Look whether a run would work, and what it would skip; reads only
    Doctor(Box<TargetFlags>),
    /// Remove what runs have left that could not do it themselves
    Sweep(Box<Sweep>),
}

/// What to play.
#[derive(Debug, Flags)]
pub(crate) struct Replay {
    /// A transcript.jsonl that a run with --artifacts has written
    pub(crate) path: PathBuf,

    #[command(flatten)]
    target: TargetFlags,

    /// Agree to writes on a host that is not this machine
    #[arg(long, short, help_heading = "What to change")]
    yes: bool,
}

/// What to sweep.
#[derive(Debug, Flags)]
pub(crate) struct Sweep {
    #[command(flatten)]
    target: TargetFlags,

    /// Also what no journal knows, but is called cfm-RUN-… and is older, like 1h
    #[arg(long, value_name = "TIME", help_heading = "What to change")]
    pub(crate) older_than: Option<String>,

    /// Agree to delete on a host that is not this machine
    #[arg(long, short, help_heading = "What to change")]
    yes: bool,
}

/// Where the target is, and how it wants to be treated.
#[derive(Debug, Flags)]
pub(crate) struct TargetFlags {
    /// Test the API with this root instead of the reference
    #[arg(
        long,
        value_name = "URL",
        help_heading = "What to test",
        long_help = "Test the API with this root instead of the reference, like \
            https://gitlab.example.com/api/v4. [env: CONFORMANCE_BASE_URL]"
    )]
    base_url: Option<String>,

    /// Work in this project, where each actor has its role [number or full path]
    #[arg(long, value_name = "PROJECT", help_heading = "What to test")]
    project: Option<String>,

    /// Another project of the maintainer
    #[arg(long, value_name = "PROJECT", help_heading = "What to test")]
    second_project: Option<String>,

    /// A project that the outsider sees without being a member
    #[arg(long, value_name = "PROJECT", help_heading = "What to test")]
    public_project: Option<String>,

    /// An archived project of the maintainer
    #[arg(long, value_name = "PROJECT", help_heading = "What to test")]
    archived_project: Option<String>,

    /// Take settings from this file [default: conformance.toml, if there is one]
    #[arg(long, value_name = "PATH", help_heading = "What to test")]
    pub(crate) config: Option<PathBuf>,

    /// Send at most this many requests a second [default: 10; this machine: no limit]
    #[arg(long, value_name = "NUMBER", help_heading = "How to treat the target")]
    max_rps: Option<u32>,

    /// Run this many checks at the same time [default: 8]
    #[arg(long, value_name = "NUMBER", help_heading = "How to treat the target")]
    concurrency: Option<u32>,

    /// End the run after this many requests, and clean up [default: as --plan tells]
    #[arg(long, value_name = "NUMBER", help_heading = "How to treat the target")]
    max_requests: Option<u64>,

    /// End the run after this time, and clean up [default: 30m]
    #[arg(long, value_name = "TIME", help_heading = "How to treat the target")]
    max_time: Option<String>,

    /// Wait this long for an answer [default: 10s]
    #[arg(long, value_name = "TIME", help_heading = "How to treat the target")]
    timeout: Option<String>,

    /// Trust these certificates, too [PEM]
    #[arg(long, value_name = "PATH", help_heading = "How to treat the target")]
    ca_cert: Option<PathBuf>,

    /// Write down here what is created [default: the user's state folder; this machine: nowhere]
    #[arg(long, value_name = "FOLDER", help_heading = "What to change")]
    journal: Option<PathBuf>,
}

/// What a run may change.
#[derive(Debug, Flags)]
pub(crate) struct SafetyFlags {
    /// Tell what a run would change and send at most, and send nothing
    #[arg(long, help_heading = "What to change")]
    pub(crate) plan: bool,

    /// Change nothing: send GET and HEAD only, and judge what exists
    #[arg(long, help_heading = "What to change")]
    read_only: bool,

    /// Look at this agent only [default: the first three of the list]
    #[arg(long, value_name = "ID", help_heading = "What to change")]
    agent_id: Option<u64>,

    /// Agree to writes on a host that is not this machine
    #[arg(long, short, help_heading = "What to change")]
    yes: bool,
}

/// How to test.
#[derive(Debug, Flags)]
pub(crate) struct TestFlags {
    /// Compare the target with the API of this root, by the same programs on both
    #[arg(
        long,
        value_name = "URL",
        help_heading = "How to test",
        conflicts_with_all = ["reports", "artifacts", "read_only", "seeds"]
    )]
    against: Option<String>,

    /// Judge these requirements only
    #[arg(long, value_name = "ID", num_args = 1.., help_heading = "How to test")]
    only: Vec<String>,

    /// Make the choices of an earlier run again [default: random]
    #[arg(long, value_name = "NUMBER", help_heading = "How to test")]
    seed: Option<u64>,

    /// Test the reference with this many seeds, beginning with --seed [default: 1]
    #[arg(
        long,
        value_name = "NUMBER",
        help_heading = "How to test",
        conflicts_with_all = ["base_url", "project", "reports"]
    )]
    pub(crate) seeds: Option<u32>,

    /// Try each property with this many inputs [default: 16]
    #[arg(long, value_name = "NUMBER", help_heading = "How to test")]
    cases: Option<u32>,

    /// Take a broken SHOULD for a failure, too
    #[arg(long, help_heading = "How to test")]
    strict: bool,

    /// Run each check that saw a failure this many times again [default: 3; 0: never]
    #[arg(long, value_name = "NUMBER", help_heading = "How to test")]
    reruns: Option<u32>,

    /// Do not count the broken requirements that this file lists with a reason
    #[arg(long, value_name = "PATH", help_heading = "How to test")]
    expect: Option<PathBuf>,
}

/// What to print.
#[derive(Debug, Flags)]
pub(crate) struct PrintFlags {
    /// Write for each broken requirement a folder in this one, with a transcript, a shell script and
    /// a Hurl file that show the failure again
    #[arg(long, value_name = "FOLDER", help_heading = "What to print")]
    artifacts: Option<PathBuf>,

    /// Write a report into a file, as well as to the terminal; several are possible
    /// [formats: json, junit, sarif, markdown, badge, html]
    #[arg(long = "report", value_name = "FORMAT=PATH", help_heading = "What to print")]
    reports: Vec<String>,

    /// Print all requirements and exit
    #[arg(long, help_heading = "What to print")]
    pub(crate) list: bool,
}

const AFTER_HELP: &str = "\
Environment:
  CONFORMANCE_BASE_URL, CONFORMANCE_PROJECT, CONFORMANCE_SECOND_PROJECT,
  CONFORMANCE_PUBLIC_PROJECT, CONFORMANCE_ARCHIVED_PROJECT, CONFORMANCE_JOURNAL
                                 the same as the flags, which win
  CONFORMANCE_TOKEN_MAINTAINER   access token of a Maintainer of the project; needed
  CONFORMANCE_TOKEN_OWNER, _ADMIN, _DEVELOPER, _REPORTER, _GUEST, _OUTSIDER, _READONLY,
  _EXPIRED, _REVOKED             what needs one of these is skipped without it
  CONFORMANCE_AGAINST_PROJECT, CONFORMANCE_AGAINST_TOKEN_MAINTAINER and so on
                                 the same for the other side of --against
  HTTPS_PROXY, HTTP_PROXY, NO_PROXY
                                 the way to hosts that are not this machine
  NO_COLOR                       no colours

Exit codes:
  0  conformant
  1  a MUST is broken; with --strict, or a SHOULD
  2  a flag, a variable, a file or a token is wrong or missing
  3  the target cannot be reached, the run is inconclusive, or the suite made a mistake
  4  the list of expected failures is out of date
  5  something that was created could not be removed";

impl TargetFlags {
    /// The flags, as the settings take them.
    pub(crate) fn given(self) -> Given {
        Given {
            base_url: self.base_url,
            project: self.project,
            second_project: self.second_project,
            public_project: self.public_project,
            archived_project: self.archived_project,
            max_rps: self.max_rps,
            concurrency: self.concurrency,
            max_requests: self.max_requests,
            max_time: self.max_time,
            timeout: self.timeout,
            ca_cert: self.ca_cert,
            journal: self.journal,
            ..Given::default()
        }
    }
}

impl Args {
    /// The file of settings, and the flags as the settings take them.
    pub(crate) fn given(self) -> (Option<PathBuf>, Given) {
        let (safety, test, print) = (self.safety, self.test, self.print);
        let config = self.target.config.clone();
        let given = Given {
            yes: safety.yes,
            read_only: safety.read_only,
            agent_id: safety.agent_id,
            // Many seeds without a first one begin with 1, so that two long runs are the same.
            seed: test.seed.or(test.seeds.map(|_| 1)),
            against: test.against,
            cases: test.cases,
            only: test.only,
            strict: test.strict,
            expect: test.expect,
            reruns: test.reruns,
            artifacts: print.artifacts,
            reports: print.reports,
            ..self.target.given()
        };
        (config, given)
    }
}

impl Replay {
    /// The file of settings, and the flags as the settings take them.
    pub(crate) fn given(self) -> (Option<PathBuf>, Given) {
        let config = self.target.config.clone();
        (config, Given { yes: self.yes, ..self.target.given() })
    }
}

impl Sweep {
    /// The file of settings, and the flags as the settings take them.
    pub(crate) fn given(self) -> (Option<PathBuf>, Given) {
        let config = self.target.config.clone();
        (config, Given { yes: self.yes, ..self.target.given() })
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_help_tells_all_flags_variables_and_exit_codes() {
        insta::assert_snapshot!(Args::command().render_help());
    }

    #[test]
    fn several_ids_can_be_given_after_one_flag_or_after_several() {
        let parse = |line: &str| Args::parse_from(line.split(' ')).given().1.only;
        assert_eq!(parse("x --only a b --seed 1"), ["a", "b"]);
        assert_eq!(parse("x --only a --only b"), ["a", "b"]);
    }
}
