//! Two tokens, one configuration.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "third-token-accepted",
        R::TokenLimit,
        "The limit of two tokens is not enforced.",
        Store(Slip::NoTokenLimit),
    ),
    Defect::new(
        "third-token-revokes-first",
        R::TokenLimit,
        "A third token silently revokes the oldest one.",
        Store(Slip::ThirdRevokesFirst),
    ),
    Defect::new(
        "revoked-tokens-count",
        R::TokenLimitFreed,
        "Revoked tokens count against the limit.",
        Store(Slip::RevokedCount),
    ),
    Defect::new(
        "limit-per-project",
        R::TokenLimitPerAgent,
        "Two tokens are the limit of the whole project.",
        Store(Slip::LimitPerProject),
    ),
    Defect::new(
        "second-url-replaces",
        R::UrlLimit,
        "A second URL configuration replaces the first.",
        Wire(second_url_replaces),
    ),
    Defect::new(
        "three-tokens",
        R::TokenLimit,
        "An agent can have three active tokens.",
        Store(Slip::ThreeTokens),
    ),
    Defect::new(
        "one-token",
        R::TokenLimit,
        "An agent can have one active token.",
        Store(Slip::OneToken),
    ),
    Defect::new(
        "url-per-project",
        R::UrlLimit,
        "One URL configuration is the limit of the whole project.",
        Store(Slip::UrlPerProject),
    ),
    Defect::new(
        "second-url-answers-first",
        R::UrlLimit,
        "A second URL configuration is answered with the first, as if it were created.",
        Wire(second_url_answers_first),
    ),
    Defect::new(
        "limit-refuses-and-revokes",
        R::TokenLimit,
        "A third token is refused, and the first is revoked.",
        Wire(limit_refuses_and_revokes),
    ),
];
