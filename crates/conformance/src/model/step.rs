//! The steps of a program, before anything exists that they could be about.

use proptest::collection;
use proptest::strategy::{BoxedStrategy, Just, Strategy, Union};

/// How many steps a program has at most. Each is a request, and what they make is read at the end.
const STEPS: usize = 20;

/// One step. Agents are meant by the number of their name: the agent that was registered with that
/// name last, which is registered first if there was none. Tokens and configurations are meant by
/// the order in which the program created them, counted around; a step without any does nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    RegisterAgain { name: usize },
    DeleteAgent { name: usize },
    CreateToken { name: usize },
    ListTokens { name: usize },
    GetToken(Below),
    RevokeToken(Below),
    CreateUrl { name: usize },
    GetUrl(Below),
    DeleteUrl(Below),
}

/// A token or a configuration, through its own agent or through a given one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Below {
    pub(crate) number: usize,
    pub(crate) through: Option<usize>,
}

/// Programs over agents and tokens; with `urls` also over URL configurations.
pub(crate) fn program(urls: bool) -> impl Strategy<Value = Vec<Step>> {
    let mut steps = vec![
        (5, of_agent(|name| Step::CreateToken { name })),
        (3, below().prop_map(Step::RevokeToken).boxed()),
        (2, below().prop_map(Step::GetToken).boxed()),
        (1, of_agent(|name| Step::ListTokens { name })),
        (1, of_agent(|name| Step::DeleteAgent { name })),
        (1, of_agent(|name| Step::RegisterAgain { name })),
    ];
    if urls {
        steps.push((4, of_agent(|name| Step::CreateUrl { name })));
        steps.push((3, below().prop_map(Step::DeleteUrl).boxed()));
        steps.push((1, below().prop_map(Step::GetUrl).boxed()));
    }
    collection::vec(Union::new_weighted(steps), 1..=STEPS)
}

fn of_agent(step: impl Fn(usize) -> Step + 'static) -> BoxedStrategy<Step> {
    name().prop_map(step).boxed()
}

/// Most steps are about one agent, so that its limits are met.
fn name() -> impl Strategy<Value = usize> {
    Union::new_weighted(vec![(3, Just(0)), (1, Just(1))])
}

/// Most often through the agent that it belongs to.
fn below() -> impl Strategy<Value = Below> {
    let through =
        Union::new_weighted(vec![(3, Just(None).boxed()), (1, name().prop_map(Some).boxed())]);
    (0..STEPS, through).prop_map(|(number, through)| Below { number, through })
}
