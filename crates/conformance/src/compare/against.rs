//! The same programs on two implementations. The model says who is wrong where they differ.

use serde_json::Value;

use crate::check::Check;
use crate::cleanup::{self, Leftover};
use crate::context::{Context, Stop};
use crate::error::Error;
use crate::generated::RequirementId as R;
use crate::ledger::Ledger;
use crate::model::{self, Traced};
use crate::plan::Plan;
use crate::preflight;
use crate::property;
use crate::run_id::RunId;
use crate::session::Session;
use crate::target::{Actor, Target};

/// What the comparison is called where checks are named.
static AGAINST: Check = Check::new("against", &[], |_| Box::pin(async { Ok(()) }));

/// How long the names of both runs are.
const RUN_LENGTH: usize = 8;

/// One implementation.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Side {
    /// The target of the run.
    A,
    /// The one that it is compared with.
    B,
}

/// Who is wrong where two implementations differ.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Wrong {
    /// The first breaks the requirement.
    A,
    /// The second does.
    B,
    /// Both do, each in its way.
    Both,
    /// The model accepts both answers.
    Neither,
}

/// A step at which two implementations differ.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Divergence {
    /// Who is wrong.
    pub wrong: Wrong,
    /// What the step is judged by; nothing where the sources leave it open.
    pub requirement: Option<R>,
    /// The step, in words.
    pub step: String,
    /// What the first answers.
    pub a: String,
    /// What the second answers.
    pub b: String,
    /// What was done before.
    pub before: Vec<String>,
    /// How often the like was seen.
    pub times: usize,
}

/// What came of a comparison.
#[derive(Debug)]
pub struct Sides {
    /// How many programs were taken on both.
    pub programs: usize,
    /// How many pairs of answers were compared.
    pub answers: usize,
    /// Where they differ.
    pub divergences: Vec<Divergence>,
    /// Why it ended early, if it did, and on which side.
    pub ended: Option<(Side, String)>,
    /// What could not be removed, on both.
    pub leftovers: Vec<Leftover>,
}

/// Takes the same programs on two implementations and tells where the answers differ.
///
/// # Errors
///
/// A target that does not answer, or settings that do not fit it.
pub async fn against(ledger: &Ledger, plan: &Plan, a: &Target, b: &Target) -> Result<Sides, Error> {
    let (plan_a, plan_b) = (renamed(plan), renamed(plan));
    let mut sessions = (Session::open(&plan_a, ledger, a)?, Session::open(&plan_b, ledger, b)?);
    let looked = look_around(&mut sessions).await;
    let compared = match looked {
        Ok(()) => Ok(compare(&sessions.0, &sessions.1, &common(a, b)).await),
        Err(error) => Err(error),
    };
    let mut leftovers = cleanup::remove_all(&sessions.0).await;
    leftovers.extend(cleanup::remove_all(&sessions.1).await);
    compared.map(|sides| Sides { leftovers, ..sides })
}

/// The plan under a name that no other has, also where both sides are one server.
fn renamed(plan: &Plan) -> Plan {
    Plan {
        run: RunId::random(RUN_LENGTH),
        requirements: plan.requirements.clone(),
        // What these may send bounds the comparison as well.
        checks: plan.checks.clone(),
        allowances: plan.allowances.clone(),
        skipped: Vec::new(),
        journal: plan.journal.clone(),
        ..*plan
    }
}

async fn look_around(sessions: &mut (Session<'_>, Session<'_>)) -> Result<(), Error> {
    sessions.0.facts = preflight::look_around(&sessions.0).await?.0;
    sessions.1.facts = preflight::look_around(&sessions.1).await?.0;
    Ok(())
}

/// The first target with what both have: nobody calls one side only.
fn common(a: &Target, b: &Target) -> Target {
    let lacks = |actor: &Actor| b.token(*actor).is_none();
    let mut common = Actor::ALL.into_iter().filter(lacks).fold(a.clone(), Target::without_token);
    common.second_project = common.second_project.filter(|_| b.second_project.is_some());
    common
}

async fn compare(a: &Session<'_>, b: &Session<'_>, common: &Target) -> Sides {
    let urls = a.facts.receptive && b.facts.receptive;
    let mut sides = Sides {
        programs: 0,
        answers: 0,
        divergences: Vec::new(),
        ended: None,
        leftovers: Vec::new(),
    };
    let programs = model::program(urls, common);
    let programs = property::samples(&Context::new(a, &AGAINST), "against", a.plan.cases, programs);
    for (turns, number) in programs.unwrap_or_default().into_iter().zip(1..) {
        // Each program counts its names anew, so that both sides give the same.
        let (cx_a, cx_b) =
            (Context::again(a, &AGAINST, number), Context::again(b, &AGAINST, number));
        let on_a = model::trace(&cx_a, &turns, urls);
        let on_b = model::trace(&cx_b, &turns, urls);
        match futures_util::future::join(on_a, on_b).await {
            (Ok(on_a), Ok(on_b)) => sides.take(&on_a, &on_b),
            (Err(stop), _) => return sides.ended(Side::A, &stop),
            (_, Err(stop)) => return sides.ended(Side::B, &stop),
        }
    }
    sides
}

impl Sides {
    fn ended(self, side: Side, stop: &Stop) -> Self {
        let (Stop::Skip(reason) | Stop::Blocked(reason) | Stop::Fault(reason)) = stop;
        Self { ended: Some((side, reason.clone())), ..self }
    }

    /// Compares two traces as far as they did the same.
    fn take(&mut self, a: &[Traced], b: &[Traced]) {
        self.programs += 1;
        let same = a.iter().zip(b).take_while(|(a, b)| a.told == b.told);
        for (index, (a_step, b_step)) in same.enumerate() {
            self.answers += 1;
            if let Some((a_seen, b_seen)) = difference(a_step, b_step) {
                let before = a[..index].iter().map(told).collect();
                let (wrong, broken) = verdict(a_step, b_step);
                self.add(Divergence {
                    wrong,
                    requirement: broken.or(a_step.requirement),
                    step: a_step.told.clone(),
                    a: a_seen,
                    b: b_seen,
                    before,
                    times: 1,
                });
            }
        }
    }

    /// Keeps the shortest of those that are alike.
    fn add(&mut self, new: Divergence) {
        let alike = |known: &&mut Divergence| {
            (known.wrong, known.requirement) == (new.wrong, new.requirement)
                && (&known.a, &known.b) == (&new.a, &new.b)
        };
        match self.divergences.iter_mut().find(alike) {
            None => self.divergences.push(new),
            Some(known) => {
                let times = known.times + 1;
                if new.before.len() < known.before.len() {
                    *known = new;
                }
                known.times = times;
            }
        }
    }

    /// How many divergences there are with this one wrong.
    pub fn count(&self, wrong: Wrong) -> usize {
        self.divergences.iter().filter(|divergence| divergence.wrong == wrong).count()
    }
}

fn told(step: &Traced) -> String {
    format!("{}: status {}", step.told, step.seen.status)
}

/// Who is wrong, and what is broken: by the model, and where that accepts both, by what is judged on
/// every exchange.
fn verdict(a: &Traced, b: &Traced) -> (Wrong, Option<R>) {
    let by_model = (a.wrong, b.wrong);
    let (a, b) = if by_model == (None, None) { (a.odd, b.odd) } else { by_model };
    let wrong = match (a, b) {
        (Some(_), Some(_)) => Wrong::Both,
        (Some(_), None) => Wrong::A,
        (None, Some(_)) => Wrong::B,
        (None, None) => Wrong::Neither,
    };
    (wrong, a.or(b))
}

/// What each answers where they differ.
fn difference(a: &Traced, b: &Traced) -> Option<(String, String)> {
    if a.seen.status != b.seen.status {
        return Some((format!("status {}", a.seen.status), format!("status {}", b.seen.status)));
    }
    let (left, right) = differing(&a.seen.body, &b.seen.body)?;
    Some((left, right))
}

/// The part of two bodies that differs, as small as it can be.
fn differing(a: &Value, b: &Value) -> Option<(String, String)> {
    match (a, b) {
        (Value::Object(left), Value::Object(right)) => {
            // One that leaves a key out may do so if it is not documented; the schema judges that.
            let keys = left.keys().filter(|key| right.contains_key(*key));
            keys.filter_map(|key| {
                let (left, right) = differing(&left[key], &right[key])?;
                Some((format!("`{key}` {left}"), format!("`{key}` {right}")))
            })
            .next()
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            left.iter().zip(right).find_map(|(left, right)| differing(left, right))
        }
        _ => (a != b).then(|| (a.to_string(), b.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::{Fault, start};
    use crate::settings::{Given, Settings};
    use crate::testing::Fixture;

    async fn compared(a: Fault, b: Fault) -> Sides {
        let (a, b) = (Fixture::at(&start(a).await, 1), Fixture::at(&start(b).await, 1));
        let (ledger, _, target) = a.parts();
        let given = Given { seed: Some(1), cases: Some(16), ..Given::default() };
        let settings = Settings::resolve(&given, &|_| None).expect("good settings");
        let plan = Plan::build(ledger, &settings, target);
        against(ledger, &plan, target, b.parts().2).await.expect("two targets")
    }

    #[tokio::test]
    async fn two_servers_that_do_the_same_do_not_differ() {
        let sides = compared(Fault::None, Fault::None).await;
        assert!(sides.divergences.is_empty(), "{:#?}", sides.divergences);
        assert!(sides.programs == 16 && sides.answers > 160 && sides.ended.is_none(), "{sides:?}");
        assert!(sides.leftovers.is_empty(), "{:?}", sides.leftovers);
    }

    #[tokio::test]
    async fn the_model_says_who_is_wrong() {
        for (a, b, wrong) in
            [(Fault::NameAgain, Fault::None, Wrong::A), (Fault::None, Fault::NameAgain, Wrong::B)]
        {
            let sides = compared(a, b).await;
            let found =
                sides.divergences.iter().find(|it| it.requirement == Some(R::AgentNameUnique));
            let found = found.expect("a name that is given twice");
            assert_eq!(found.wrong, wrong);
            assert!(found.step.starts_with("register agent #"), "{found:?}");
            let told = format!("{} / {}", found.a, found.b);
            let expected = if wrong == Wrong::A {
                "status 201 / status 400"
            } else {
                "status 400 / status 201"
            };
            assert_eq!(told, expected);
        }
    }
}
