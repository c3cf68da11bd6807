//! Defects that the suite cannot find without breaking its promise to touch nothing that is others'.

const REASONS: &[(&str, &str)] = &[
    (
        "delete-on-list-deletes",
        "the suite never sends a DELETE for the list of all agents: it might be obeyed",
    ),
    ("short-name-refused", "every name that the suite registers begins with that of the run"),
    ("digit-first-refused", "every name that the suite registers begins with that of the run"),
];

/// Why a defect is beyond the reach of the suite, if it is.
#[must_use]
pub(crate) fn reason(name: &str) -> Option<&'static str> {
    REASONS.iter().find(|(known, _)| *known == name).map(|(_, reason)| *reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::defects;

    #[test]
    fn only_defects_of_the_catalogue_are_beyond_reach() {
        let names: Vec<_> = defects().iter().map(|defect| defect.name).collect();
        assert!(REASONS.iter().all(|(name, _)| names.contains(name)));
    }
}
