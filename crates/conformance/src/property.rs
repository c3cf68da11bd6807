//! A property of generated inputs: tried with many, and reported with the smallest that breaks it.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, Reason, RngAlgorithm, TestRng, TestRunner};
use sha2::{Digest, Sha256};

use crate::context::{Context, Stop};
use crate::finding::Finding;
use crate::generated::RequirementId as R;

/// How many smaller inputs are tried once one has failed. Each costs requests.
const SHRINK_LIMIT: usize = 60;

/// A requirement that an input breaks.
#[derive(Clone, Debug)]
pub(crate) struct Broken {
    pub(crate) requirement: R,
    pub(crate) finding: Finding,
}

/// Judges `requirement` by inputs of `strategy`. The test says what is wrong with one input.
///
/// The runner of proptest only generates and shrinks; the inputs are tried here because the test
/// waits for answers. Nothing is kept between runs: the seed of the run decides every input.
pub(crate) async fn holds<S: Strategy>(
    cx: &Context<'_>,
    requirement: R,
    strategy: S,
    test: impl AsyncFn(S::Value) -> Result<Option<Finding>, Stop>,
) -> Result<(), Stop> {
    let test = async |input: S::Value| {
        let finding = test(input).await?;
        if finding.is_none() {
            cx.pass(requirement);
        }
        Ok(finding)
    };
    let mut runner = runner(cx.session.plan.seed, cx.check.name, requirement.as_str());
    for _ in 0..cx.session.plan.cases {
        let mut tree = strategy.new_tree(&mut runner).map_err(|reason| fault(&reason))?;
        if let Some(finding) = test(tree.current()).await? {
            cx.report(requirement, smallest(&mut tree, finding, &test).await?);
            return Ok(());
        }
    }
    Ok(())
}

/// Inputs without a test, for whoever shrinks them in a way of its own.
pub(crate) fn samples<S: Strategy>(
    cx: &Context<'_>,
    label: &str,
    count: u32,
    strategy: S,
) -> Result<Vec<S::Value>, Stop> {
    let mut runner = runner(cx.session.plan.seed, cx.check.name, label);
    let sample = |_| {
        strategy.new_tree(&mut runner).map(|tree| tree.current()).map_err(|reason| fault(&reason))
    };
    (0..count).map(sample).collect()
}

fn fault(reason: &Reason) -> Stop {
    Stop::Fault(reason.to_string())
}

/// What the smallest input does that still breaks the requirement.
async fn smallest<T: ValueTree>(
    tree: &mut T,
    mut finding: Finding,
    test: &impl AsyncFn(T::Value) -> Result<Option<Finding>, Stop>,
) -> Result<Finding, Stop> {
    let mut can_move = tree.simplify();
    for _ in 0..SHRINK_LIMIT {
        if !can_move {
            break;
        }
        // What was found is told whatever keeps a smaller input from being tried.
        let Ok(tried) = test(tree.current()).await else { break };
        can_move = match tried {
            Some(smaller) => {
                finding = smaller;
                tree.simplify()
            }
            None => tree.complicate(),
        };
    }
    Ok(finding)
}

/// A source of inputs that depends on nothing but its arguments.
fn runner(seed: u64, check: &str, label: &str) -> TestRunner {
    let mut digest = Sha256::new();
    digest.update(seed.to_be_bytes());
    digest.update(check);
    digest.update(label);
    let config = Config { failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &digest.finalize()))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::testing;

    #[tokio::test]
    async fn the_smallest_failing_input_is_reported() {
        let fixture = testing::Fixture::new(7);
        let (session, check) = (fixture.session(), testing::check());
        let cx = Context::new(&session, check);
        let test = async |number: u32| {
            let finding = || testing::finding(&number.to_string());
            Ok((number >= 100).then(finding))
        };
        holds(&cx, R::AgentNameLength, 0..100_000u32, test).await.expect("no stop");
        let (tallies, ..) = cx.into_parts();
        assert_eq!(tallies[&R::AgentNameLength].findings[0].got, "100");
    }

    #[tokio::test]
    async fn a_seed_always_gives_the_same_inputs() {
        let inputs = async |seed: u64| {
            let fixture = testing::Fixture::new(seed);
            let (session, check) = (fixture.session(), testing::check());
            let cx = Context::new(&session, check);
            let seen = RefCell::new(Vec::new());
            let test = async |text: String| {
                seen.borrow_mut().push(text);
                Ok(None)
            };
            holds(&cx, R::AgentNameLength, "[a-z]{1,20}", test).await.expect("no stop");
            seen.into_inner()
        };
        assert_eq!(inputs(7).await, inputs(7).await);
        assert_ne!(inputs(7).await, inputs(8).await);
    }
}
