//! What happens to a request.

use rand::Rng;
use rand::seq::IndexedRandom;

/// What happens to a request.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Fate {
    /// It is answered, maybe late.
    Answered,
    /// It is answered with 429, and the server never sees it.
    Limited,
    /// It is answered with a 5xx, and the server never sees it.
    Refused,
    /// The server has done it, and its answer is replaced by a 5xx.
    DoneAndRefused,
    /// The connection is reset, and the server never sees it.
    Dropped,
    /// The server has done it, and the connection is reset before the answer.
    DoneAndDropped,
    /// The server has done it, and the connection is reset in the middle of the answer.
    DoneAndCut,
    /// Nothing comes, and the server never sees it.
    Silent,
    /// The server has done it, and nothing comes.
    DoneAndSilent,
}

/// How many of a thousand requests meet each fate.
const SHARES: [(Fate, u32); 9] = [
    (Fate::Answered, 868),
    (Fate::Limited, 40),
    (Fate::Refused, 20),
    (Fate::DoneAndRefused, 15),
    (Fate::Dropped, 20),
    (Fate::DoneAndDropped, 20),
    (Fate::DoneAndCut, 15),
    (Fate::Silent, 1),
    (Fate::DoneAndSilent, 1),
];

impl Fate {
    /// All of them.
    pub const ALL: [Self; SHARES.len()] = {
        let mut all = [Self::Answered; SHARES.len()];
        let mut index = 0;
        while index < SHARES.len() {
            all[index] = SHARES[index].0;
            index += 1;
        }
        all
    };

    pub(crate) fn draw(rng: &mut impl Rng) -> Self {
        // It fails for shares that are no shares, which these are not.
        SHARES.choose_weighted(rng, |(_, share)| *share).map_or(Self::Answered, |(fate, _)| *fate)
    }

    /// Whether the server sees the request.
    #[must_use]
    pub fn is_done(self) -> bool {
        match self {
            Self::Answered
            | Self::DoneAndRefused
            | Self::DoneAndDropped
            | Self::DoneAndCut
            | Self::DoneAndSilent => true,
            Self::Limited | Self::Refused | Self::Dropped | Self::Silent => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;

    #[test]
    fn the_shares_are_of_a_thousand() {
        assert_eq!(SHARES.iter().map(|(_, share)| share).sum::<u32>(), 1000);
    }

    #[test]
    fn every_fate_is_met_in_ten_thousand_requests() {
        let mut rng = StdRng::seed_from_u64(7);
        let drawn: Vec<_> = (0..10_000).map(|_| Fate::draw(&mut rng)).collect();
        for fate in Fate::ALL {
            assert!(drawn.contains(&fate), "{fate:?}");
        }
    }
}
