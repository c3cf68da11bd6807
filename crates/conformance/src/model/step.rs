//! The steps of a program, before anything exists that they could be about.

use proptest::collection;
use proptest::strategy::{BoxedStrategy, Just, Strategy, Union};

use crate::target::{Actor, Target};

/// How many steps a program has. Each is a request, and what they make is read at the end.
const STEPS: usize = 22;

/// A step with who takes it and by which way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    pub(crate) step: Step,
    pub(crate) by: Actor,
    /// Whether an agent is looked for in the project where it is not.
    pub(crate) astray: bool,
}

/// The project of an agent. Only the maintainer is known to have rights in both.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Place {
    First,
    Second,
}

/// One step. Agents are meant by the number of their name: the agent that was registered with that
/// name last, which is registered first if there was none. Tokens and configurations are meant by
/// the order in which the program created them, counted around; a step without any does nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    RegisterAgain { name: usize },
    GetAgent { name: usize },
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

/// The names that belong to the first project. What comes behind them is the same names again, of
/// agents in the second project.
pub(super) const NAMES: usize = 2;

/// How often a step looks in the wrong project.
const ASTRAY: f64 = 0.08;

/// Whoever may do less than the maintainer.
const LOWER: [Actor; 4] = [Actor::Developer, Actor::Reporter, Actor::Guest, Actor::Outsider];

/// Programs over agents and tokens, by all actors and in all projects that are given for the target;
/// with `urls` also over URL configurations.
pub(crate) fn program(urls: bool, target: &Target) -> impl Strategy<Value = Vec<Turn>> + use<> {
    let has_second = target.second_project.is_some();
    let by = caller(target);
    let astray = proptest::bool::weighted(if has_second { ASTRAY } else { 0.0 });
    let turn = (step(urls, has_second), by, astray);
    let turn = turn.prop_map(|(step, by, astray)| Turn { step, by, astray });
    collection::vec(turn, STEPS)
}

impl Turn {
    /// The same with less that is unusual about it, one thing at a time.
    pub(super) fn plainer(self) -> impl Iterator<Item = Self> {
        let by = (self.by != Actor::Maintainer).then_some(Self { by: Actor::Maintainer, ..self });
        let straight = self.astray.then_some(Self { astray: false, ..self });
        by.into_iter().chain(straight)
    }
}

/// Most often somebody who may do everything, so that there is something to be denied.
fn caller(target: &Target) -> impl Strategy<Value = Actor> + use<> {
    let lower = LOWER.into_iter().filter(|actor| target.token(*actor).is_some());
    let mut callers = vec![(16, Just(Actor::Maintainer))];
    callers.extend(lower.map(|actor| (1, Just(actor))));
    Union::new_weighted(callers)
}

fn step(urls: bool, has_second: bool) -> impl Strategy<Value = Step> {
    let of_agent = |step: fn(usize) -> Step| name(has_second).prop_map(step).boxed();
    let below = || below(has_second);
    let mut steps: Vec<(u32, BoxedStrategy<Step>)> = vec![
        (5, of_agent(|name| Step::CreateToken { name })),
        (3, below().prop_map(Step::RevokeToken).boxed()),
        (2, below().prop_map(Step::GetToken).boxed()),
        (1, of_agent(|name| Step::ListTokens { name })),
        (1, of_agent(|name| Step::GetAgent { name })),
        (1, of_agent(|name| Step::DeleteAgent { name })),
        (1, of_agent(|name| Step::RegisterAgain { name })),
    ];
    if urls {
        steps.push((4, of_agent(|name| Step::CreateUrl { name })));
        steps.push((3, below().prop_map(Step::DeleteUrl).boxed()));
        steps.push((1, below().prop_map(Step::GetUrl).boxed()));
    }
    Union::new_weighted(steps)
}

/// Most steps are about one agent, so that its limits are met.
fn name(has_second: bool) -> impl Strategy<Value = usize> {
    let mut names = vec![(4, Just(0)), (1, Just(1))];
    names.extend(has_second.then_some((1, Just(NAMES))));
    Union::new_weighted(names)
}

/// Most often through the agent that it belongs to.
fn below(has_second: bool) -> impl Strategy<Value = Below> {
    let through = name(has_second).prop_map(Some).boxed();
    let through = Union::new_weighted(vec![(3, Just(None).boxed()), (1, through)]);
    (0..STEPS, through).prop_map(|(number, through)| Below { number, through })
}
