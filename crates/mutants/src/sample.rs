//! A part of the catalogue that is small enough for every change.

/// How many defects are in it.
pub const DEFECTS: usize = 60;

/// How many odd implementations are in it.
pub const ODDS: usize = 10;

/// So many of a list, evenly spread over it, so that every class has its share.
#[must_use]
pub fn spread<T: Copy>(list: &[T], count: usize) -> Vec<T> {
    let count = count.min(list.len());
    (0..count).filter_map(|index| list.get(index * list.len() / count).copied()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::defects;

    #[test]
    fn the_sample_has_every_class() {
        let class = |defects: Vec<crate::Defect>| -> BTreeSet<_> {
            defects.iter().map(|defect| defect.class).collect()
        };
        assert_eq!(class(spread(&defects(), DEFECTS)), class(defects()));
    }

    #[test]
    fn a_short_list_is_taken_whole() {
        assert_eq!(spread(&[1, 2, 3], 5), [1, 2, 3]);
        assert_eq!(spread(&[1, 2, 3, 4], 2), [1, 3]);
        assert!(spread::<u8>(&[], 2).is_empty());
    }
}
