//! Where everything comes from: each element of the document and each requirement of the ledger
//! names a section of the documentation, or says why it is inferred.
//!
//! [`elements`] lists what the document has, [`sources`] reads the reviewed file that says where it
//! is from, and [`origins`] joins the two. With the documentation at hand, [`page`] reads it,
//! [`coverage`] tells what of it nothing covers, [`contradictions`] where it is at odds with itself or
//! with the document, and [`newer`] what a newer edition touches. The documentation itself is no part
//! of the project: sentences of it are known by their hash.

pub mod contradictions;
pub mod coverage;
pub mod elements;
pub mod newer;
pub mod origins;
pub mod page;
pub mod render;
pub mod sources;
mod tables;

use serde::Serialize;

use crate::spec::Spec;
use cluster_agents_codegen::ledger::Requirement;
use contradictions::Contradiction;
use newer::Touched;
use origins::Origin;
use page::Page;
use sources::Sources;

/// What is known of the origin of a contract.
#[derive(Debug, Serialize)]
pub struct Trace {
    /// Every element and requirement with where it comes from.
    pub origins: Vec<Origin>,
    /// What is wrong: no source, a stale entry, something that nothing covers.
    pub problems: Vec<String>,
    /// Where the documentation is at odds with itself or with the document, and what was decided.
    pub contradictions: Vec<Contradiction>,
    /// What a newer edition of the documentation touches.
    pub touched: Vec<Touched>,
}

/// What a trace is made of.
#[derive(Debug, Clone, Copy)]
pub struct Contract<'c> {
    /// The document.
    pub spec: &'c Spec,
    /// The requirements of the ledger.
    pub requirements: &'c [Requirement],
    /// Where both come from.
    pub sources: &'c Sources,
}

impl Trace {
    /// The trace of a contract, against the documentation if it is at hand, and a newer edition of it.
    pub fn of(contract: Contract<'_>, page: Option<&Page>, newer: Option<&Page>) -> Self {
        let (origins, mut problems) = origins::all(contract);
        let mut found = Vec::new();
        if let Some(page) = page {
            problems.extend(coverage::gaps(contract, page));
            found = contradictions::all(contract, page);
            problems.extend(contradictions::problems(contract.sources, &found));
        }
        let touched = match (page, newer) {
            (Some(page), Some(newer)) => newer::touched(contract, page, newer),
            _ => Vec::new(),
        };
        Self { origins, problems, contradictions: found, touched }
    }
}
