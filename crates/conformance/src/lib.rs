//! Judges any implementation of GitLab's Agents API by talking to it over HTTP.
//!
//! For whoever builds an implementation and wants to know whether it keeps the contract. The suite
//! shares no code with the client, the server stub or the reference of this workspace: it knows the
//! document, the ledger of requirements, and what comes over the wire.
//!
//! ```no_run
//! use cluster_agents_conformance::{Exit, Ledger, Plan, Settings, judge, run};
//! use cluster_agents_conformance::settings::Given;
//!
//! # async fn example() -> Result<Exit, cluster_agents_conformance::Error> {
//! let given = Given { base_url: Some("https://gitlab.example.com/api/v4".into()), ..Given::default() };
//! let settings = Settings::resolve(&given, &|name| std::env::var(name).ok())?;
//! let target = settings.target.clone().expect("a base URL was given");
//! let ledger = Ledger::embedded()?;
//! let plan = Plan::build(&ledger, &settings, &target);
//! let transcript = run(&ledger, &plan, &target, &|_| {}, std::future::pending()).await?;
//! let judgement = judge(&ledger, &plan, &transcript);
//! Ok(Exit::of(judgement.verdict, transcript.leftovers.len()))
//! # }
//! ```
//!
//! The modules follow the way of the data: [`ledger`] (what must hold) → [`settings`] and
//! [`target`] (where, and who calls) → [`plan`] (what will be tried, made before anything is sent) →
//! [`runner`] with `transport` (the only place that speaks HTTP), `oracle` (what is judged on every
//! exchange), `checks` (one file per subject) and `model` (what must exist after any sequence of
//! operations) → [`repro`] (how a failure is seen again) → [`verdict`] → [`report`] → [`exit`]. Beside
//! them, `journal` knows what was created, [`cleanup`] removes it, and [`sweep`] what an earlier run
//! could not; [`allowance`] bounds what a check may send, and [`doctor`] looks whether a run would work.

pub mod ledger;

pub mod expect;
pub mod implementation;
pub mod manners;
pub mod settings;
pub mod target;
mod toml_file;

pub mod allowance;
pub mod plan;
pub mod run_id;

pub mod check;
mod checks;

mod golden;
mod model;
mod property;
mod texts;

pub mod runner;

mod preflight;

mod context;
pub mod coverage;
mod fingerprint;
mod listing;
mod session;

mod api;
mod transport;

mod oracle;
mod vault;

pub mod finding;

pub mod repro;

pub mod doctor;

pub mod cleanup;
mod journal;
pub mod sweep;

pub mod verdict;

pub mod report;

pub mod compare;

pub mod error;
pub mod exit;

mod document;
pub mod example;
/// The document, the ledger, and what is generated from them: the ids of the requirements and the
/// table of the operations.
#[rustfmt::skip]
pub mod generated;

#[cfg(test)]
mod testing;

pub use error::Error;
pub use exit::Exit;
pub use ledger::Ledger;
pub use plan::Plan;
pub use repro::{Reproduction, replay};
pub use runner::run;
pub use settings::Settings;
pub use target::Target;
pub use verdict::judge;
