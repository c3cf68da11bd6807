//! What real clients read beside the contract: who they are, the project, the version; and what an
//! agent asks when it logs in.
//!
//! None of this is part of the document. It is here so that clients of GitLab work unmodified.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use cluster_agents_server::{ErrorResponse, Rejection};
use cluster_agents_types::{SecretString, Timestamp};
use http::header::AUTHORIZATION;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::access::User;
use crate::api::{Denial, Reference, rejection};
use crate::secret::Digest;
use crate::store::{Store, StoreError};

/// The version of GitLab whose answers are given.
const VERSION: &str = "18.0.0-ee";

/// The routes beside those of the document, below the API root.
pub fn router<S: Store>(reference: Arc<Reference<S>>) -> Router {
    Router::new()
        .route("/user", get(user))
        .route("/projects/{id}", get(project))
        .route("/version", get(version))
        .route("/metadata", get(metadata))
        .route("/internal/kubernetes/agent_info", get(agent_info))
        .method_not_allowed_fallback(unknown)
        .with_state(reference)
}

/// The answer for a path or method that there is not.
pub(crate) async fn unknown() -> Response {
    (StatusCode::NOT_FOUND, Json(rejection(&Rejection::UnknownPath))).into_response()
}

type Shared<S> = State<Arc<Reference<S>>>;

async fn user<S: Store>(
    State(reference): Shared<S>,
    request: Request,
) -> Result<Json<Value>, Denial> {
    let user = reference.caller(request.headers())?;
    Ok(Json(json!({
        "id": user.id,
        "username": user.username,
        "name": user.name,
        "state": "active",
        "locked": false,
        "avatar_url": null,
        "web_url": format!("{}/{}", reference.root(request.uri()), user.username),
        "is_admin": user.admin,
        "bot": false,
    })))
}

async fn project<S: Store>(
    State(reference): Shared<S>,
    id: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Json<Value>, Denial> {
    let user = reference.caller(request.headers())?;
    // What is no UTF-8 is the name of nothing.
    let Path(id) = id.map_err(|_| Denial::NoProject)?;
    let project = reference.visible_project(&user, &id)?;
    let web_url = format!("{}/{}", reference.root(request.uri()), project.path_with_namespace);
    Ok(Json(json!({
        "id": project.id,
        "description": project.description,
        "name": project.name,
        "name_with_namespace": project.name_with_namespace,
        "path": project.path(),
        "path_with_namespace": project.path_with_namespace,
        "created_at": project.created_at,
        "default_branch": "main",
        "visibility": project.visibility.as_str(),
        "archived": project.archived,
        "http_url_to_repo": format!("{web_url}.git"),
        "web_url": web_url,
    })))
}

async fn version<S: Store>(
    State(reference): Shared<S>,
    headers: HeaderMap,
) -> Result<Json<Value>, Denial> {
    reference.caller(&headers)?;
    Ok(Json(json!({"version": VERSION, "revision": "reference"})))
}

async fn metadata<S: Store>(
    State(reference): Shared<S>,
    request: Request,
) -> Result<Json<Value>, Denial> {
    reference.caller(request.headers())?;
    let root = reference.root(request.uri());
    Ok(Json(json!({
        "version": VERSION,
        "revision": "reference",
        "kas": {
            "enabled": true,
            "externalUrl": format!("{}/-/kubernetes-agent/", root.replacen("http", "ws", 1)),
            "externalK8sProxyUrl": format!("{root}/-/kubernetes-agent/k8s-proxy/"),
            "version": VERSION,
        },
        "enterprise": true,
    })))
}

/// What an agent learns when it logs in with its token. This is what moves `last_used_at`.
async fn agent_info<S: Store>(
    State(reference): Shared<S>,
    headers: HeaderMap,
) -> Result<Json<Value>, Denial> {
    let token = bearer(&headers).ok_or(Denial::Unauthorized)?;
    let agent = match reference.store.use_token(Digest::of(&token), Timestamp::now()).await {
        Err(StoreError::NotFound) => return Err(Denial::Unauthorized),
        other => other?,
    };
    let project =
        reference.directory.project_by_id(agent.project_id).ok_or(Denial::Unauthorized)?;
    Ok(Json(json!({
        "agent_id": agent.id,
        "agent_name": agent.name,
        "project_id": project.id,
        "project_path": project.path_with_namespace,
    })))
}

impl IntoResponse for Denial {
    fn into_response(self) -> Response {
        ErrorResponse::from(self).into_response()
    }
}

impl<S: Store> Reference<S> {
    /// The user behind the credential of a request that reads.
    fn caller(&self, headers: &HeaderMap) -> Result<Arc<User>, Denial> {
        let private = headers.get("private-token").and_then(|value| value.to_str().ok());
        let private = private.filter(|token| !token.is_empty()).map(SecretString::from);
        let token = private.or_else(|| bearer(headers)).ok_or(Denial::Unauthorized)?;
        self.log_in(&token, true)
    }
}

fn bearer(headers: &HeaderMap) -> Option<SecretString> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| token.into())
}
