//! What belongs to others within reach.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "agent-read-through-any-project",
        R::IsolationAgent,
        "An agent is found by its id alone.",
        Store(Slip::AnyProject),
    ),
    Defect::new(
        "agent-deleted-through-any-project",
        R::IsolationAgent,
        "An agent is deleted by its id alone.",
        Store(Slip::AnyProjectOnDelete),
    ),
    Defect::new(
        "token-revoked-through-other-agent",
        R::IsolationToken,
        "A token is revoked by its id alone.",
        Store(Slip::RevokeById),
    ),
    Defect::new(
        "token-read-through-other-agent",
        R::IsolationToken,
        "A token is found by its id alone.",
        Wire(|| by_id_alone(O::CreateAgentToken, O::GetAgentToken)),
    ),
    Defect::new(
        "url-read-through-other-agent",
        R::IsolationUrl,
        "A URL configuration is found by its id alone.",
        Wire(|| by_id_alone(O::CreateUrlConfiguration, O::GetUrlConfiguration)),
    ),
    Defect::new(
        "list-of-all-projects",
        R::IsolationLists,
        "The list has the agents of every project.",
        Store(Slip::ListAllProjects),
    ),
    Defect::new(
        "name-unique-in-instance",
        R::IsolationNamePerProject,
        "A name can be used in one project only.",
        Store(Slip::NameInInstance),
    ),
    Defect::new(
        "private-project-answers-403",
        R::IsolationProjectHidden,
        "A private project is forbidden, a missing one not found.",
        Wire(|| {
            after(|call, answer| {
                if says(answer, "404 Project Not Found") && is_known_project(call) {
                    *answer = Answer::error(403, "403 Forbidden");
                }
            })
        }),
    ),
    Defect::new(
        "path-of-one-level",
        R::ProjectPath,
        "The path of a project in nested groups is not found.",
        Wire(|| {
            instead(|call| {
                (call.project().matches("%2F").count() > 1)
                    .then(|| Answer::error(404, "404 Project Not Found"))
            })
        }),
    ),
    Defect::new(
        "delete-takes-neighbour",
        R::IsolationIndependent,
        "Deleting an agent also deletes the one registered next.",
        Store(Slip::DeleteTakesNext),
    ),
    Defect::new(
        "project-tokens-listed",
        R::IsolationLists,
        "The list of tokens has those of all agents of the project.",
        Wire(project_tokens_listed),
    ),
    Defect::new(
        "token-created-through-any-project",
        R::IsolationAgent,
        "Creating a token finds the agent by its id alone.",
        Wire(|| any_project(O::CreateAgentToken)),
    ),
    Defect::new(
        "token-listed-through-any-project",
        R::IsolationAgent,
        "Listing tokens finds the agent by its id alone.",
        Wire(|| any_project(O::ListAgentTokens)),
    ),
    Defect::new(
        "url-created-through-any-project",
        R::IsolationUrl,
        "Creating a URL configuration finds the agent by its id alone.",
        Wire(|| any_project(O::CreateUrlConfiguration)),
    ),
    Defect::new(
        "url-deleted-through-other-agent",
        R::IsolationUrl,
        "A URL configuration is deleted by its id alone.",
        Wire(|| by_id_alone(O::CreateUrlConfiguration, O::DeleteUrlConfiguration)),
    ),
    Defect::new(
        "foreign-agent-answers-403",
        R::IsolationForeignAsMissing,
        "An agent of another project is forbidden instead of missing.",
        Wire(foreign_is_forbidden),
    ),
    Defect::new(
        "path-with-dot-missing",
        R::ProjectPath,
        "A project with a full stop in its path is not found.",
        Wire(|| {
            instead(|call| {
                (call.project().contains('.')).then(|| Answer::error(404, "404 Project Not Found"))
            })
        }),
    ),
    Defect::new(
        "path-refused",
        R::ProjectPath,
        "Only the number of a project is understood.",
        Wire(|| {
            instead(|call| {
                call.project().contains("%2F").then(|| Answer::error(404, "404 Project Not Found"))
            })
        }),
    ),
    Defect::new(
        "unknown-project-is-first",
        R::ProjectUnknown,
        "An unknown project is taken for the first one.",
        Wire(|| {
            before(|call| {
                if call.project().len() > 4 && !call.project().contains('%') {
                    call.set_segment(0, "20");
                }
            })
        }),
    ),
    Defect::new(
        "hidden-project-words",
        R::IsolationProjectHidden,
        "The error for a hidden project is worded otherwise than that for a missing one.",
        Wire(|| {
            after(|call, answer| {
                if says(answer, "404 Project Not Found") && is_known_project(call) {
                    *answer = Answer::error(404, "404 You have no access to this project");
                }
            })
        }),
    ),
];
