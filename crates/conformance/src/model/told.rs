//! A call in words, for the transcript of a program.

use crate::model::state::{Action, Call, State};
use crate::model::step::Place;
use crate::target::Actor;

/// What is done, and by whom and by which way where that is not the usual one.
pub(super) fn told(state: &State, call: Call) -> String {
    let action = action(state, call.action);
    let by = if call.by == Actor::Maintainer { String::new() } else { format!(" by {}", call.by) };
    let astray = if call.astray { " through another project" } else { "" };
    format!("{action}{astray}{by}")
}

fn action(state: &State, action: Action) -> String {
    let [new_agent, new_token, new_url] = state.next();
    match action {
        Action::Register { name } => register(state, &agent(new_agent), name),
        Action::ListAgents { place } => format!("list the agents{}", elsewhere(place)),
        Action::GetAgent { agent: it } => format!("get {}", agent(it)),
        Action::DeleteAgent { agent: it } => format!("delete {}", agent(it)),
        Action::CreateToken { agent: it } => {
            format!("create {} of {}", token(new_token), agent(it))
        }
        Action::GetToken { agent: it, token: number } => {
            format!("get {} of {}", token(number), agent(it))
        }
        Action::RevokeToken { agent: it, token: number } => {
            format!("revoke {} of {}", token(number), agent(it))
        }
        Action::ListTokens { agent: it } => format!("list the tokens of {}", agent(it)),
        Action::CreateUrl { agent: it } => format!("create {} of {}", url(new_url), agent(it)),
        Action::GetUrl { agent: it, url: number } => {
            format!("get {} of {}", url(number), agent(it))
        }
        Action::DeleteUrl { agent: it, url: number } => {
            format!("delete {} of {}", url(number), agent(it))
        }
        Action::ListUrls { agent: it } => format!("list the configurations of {}", agent(it)),
    }
}

fn register(state: &State, new: &str, name: usize) -> String {
    let place = elsewhere(state.place_of(Action::Register { name }));
    match state.first_named(name) {
        None => format!("register {new}{place}"),
        Some(first) => format!("register {new}{place} with the name of {}", agent(first)),
    }
}

fn elsewhere(place: Place) -> &'static str {
    match place {
        Place::First => "",
        Place::Second => " in the second project",
    }
}

fn agent(number: usize) -> String {
    format!("agent #{}", number + 1)
}

fn token(number: usize) -> String {
    format!("token #{}", number + 1)
}

fn url(number: usize) -> String {
    format!("configuration #{}", number + 1)
}
