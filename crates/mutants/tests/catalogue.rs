//! The catalogue is in order.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use cluster_agents_mutants::catalogue::BLIND;
use cluster_agents_mutants::{defects, odds};

#[test]
fn there_are_as_many_as_promised_and_each_has_a_name_of_its_own() {
    let names: Vec<_> = defects().iter().map(|defect| defect.name).collect();
    let odd: Vec<_> = odds().iter().map(|odd| odd.name).collect();
    assert!(names.len() >= 150, "{}", names.len());
    assert!(odd.len() >= 30, "{}", odd.len());
    let distinct: BTreeSet<_> = names.iter().chain(&odd).collect();
    assert_eq!(distinct.len(), names.len() + odd.len());
    let kebab = |name: &&str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    assert!(distinct.iter().all(|name| kebab(name)));
}

#[test]
fn what_was_written_down_blind_was_planted_as_it_was_written() {
    let planted: Vec<String> = defects()
        .iter()
        .map(|defect| {
            let requirement = defect.requirement.as_str();
            format!("{} {} {requirement} {}", defect.class, defect.name, defect.does)
        })
        .collect();
    let lines = BLIND.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut count = 0;
    for line in lines {
        assert!(planted.iter().any(|planted| planted == line), "{line}");
        count += 1;
    }
    assert!(count * 3 >= planted.len());
    assert_eq!(defects().iter().filter(|defect| defect.is_blind()).count(), count);
}

#[test]
fn every_class_and_every_seam_has_defects() {
    let all = defects();
    let classes: BTreeSet<_> = all.iter().map(|defect| defect.class).collect();
    assert_eq!(classes.len(), 16);
    let seams: BTreeSet<_> = all.iter().map(|defect| defect.seam()).collect();
    assert_eq!(seams, BTreeSet::from(["fixture", "policy", "store", "wire"]));
}
