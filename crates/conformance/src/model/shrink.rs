//! From a program that finds something to the shortest that finds it still.

use crate::context::Stop;
use crate::model::step::Turn;
use crate::property::Broken;

/// How many programs are tried on the way. Each costs as many requests as it has steps and more.
const TRIES: u32 = 80;

/// What is found by the shortest program, as far as it is looked for: parts that are not needed are
/// left out, large ones first, then what is left is made plainer.
pub(crate) async fn shortest(
    turns: Vec<Turn>,
    broken: Broken,
    run: impl AsyncFn(&[Turn]) -> Result<Option<Broken>, Stop>,
) -> Result<Broken, Stop> {
    let mut search = Search { turns, broken, run, tries: 0 };
    let mut part = search.turns.len() / 2;
    while part > 0 {
        search.leave_out(part).await?;
        part /= 2;
    }
    search.make_plainer().await?;
    Ok(search.broken)
}

/// The shortest program so far, and what it finds.
struct Search<F> {
    turns: Vec<Turn>,
    broken: Broken,
    run: F,
    tries: u32,
}

impl<F: AsyncFn(&[Turn]) -> Result<Option<Broken>, Stop>> Search<F> {
    /// Leaves out all parts of a length that are not needed, the last first: what comes after the
    /// fault is needed least.
    async fn leave_out(&mut self, part: usize) -> Result<(), Stop> {
        let mut end = self.turns.len();
        while end > 0 {
            let start = end.saturating_sub(part);
            let mut shorter = self.turns.clone();
            shorter.drain(start..end);
            self.accept(shorter).await?;
            end = start;
        }
        Ok(())
    }

    async fn make_plainer(&mut self) -> Result<(), Stop> {
        for index in 0..self.turns.len() {
            for plainer in self.turns[index].plainer() {
                let mut turns = self.turns.clone();
                turns[index] = plainer;
                self.accept(turns).await?;
            }
        }
        Ok(())
    }

    /// Goes on with a program if it finds the same.
    async fn accept(&mut self, turns: Vec<Turn>) -> Result<(), Stop> {
        if self.tries == TRIES {
            return Ok(());
        }
        self.tries += 1;
        // What was found is told whatever keeps a shorter program from being tried.
        let Ok(found) = (self.run)(&turns).await else {
            self.tries = TRIES;
            return Ok(());
        };
        if let Some(found) = found.filter(|it| it.requirement == self.broken.requirement) {
            (self.turns, self.broken) = (turns, found);
        }
        Ok(())
    }
}
