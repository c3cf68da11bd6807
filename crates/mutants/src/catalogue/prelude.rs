//! What the classes have in common.

pub(super) use base64::Engine;
pub(super) use base64::engine::general_purpose::STANDARD;
pub(super) use cluster_agents_conformance::generated::RequirementId as R;
pub(super) use cluster_agents_reference::access::{Role, User};
pub(super) use cluster_agents_reference::demo;
pub(super) use cluster_agents_server::Operation as O;
pub(super) use cluster_agents_types::Timestamp;
pub(super) use http::Method;
pub(super) use http::header::AUTHORIZATION;
pub(super) use serde_json::{Value, json};

pub(super) use super::Defect;
pub(super) use crate::kit::*;
pub(super) use crate::seam::call::{Answer, Delivery};
pub(super) use crate::seam::policy::{Policy as Pol, with_all_rights};
pub(super) use crate::seam::slip::Slip;
pub(super) use crate::seam::wire::{after, before, instead, items, status};
pub(super) use crate::server::Plant::{Fixture, Policy, Store, Wire};
