//! From an access token to its user.

use std::sync::Arc;

use chrono::NaiveDate;
use cluster_agents_types::SecretString;

use super::directory::Grant;
use super::{Directory, Scope, User};
use crate::secret::Digest;

/// Why an access token does not do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LoginError {
    /// No token has this value.
    Unknown,
    /// Its last day is over.
    Expired,
    /// It was revoked.
    Revoked,
    /// None of its scopes covers what is asked for.
    InsufficientScope,
}

impl Directory {
    /// The user of an access token on the day `today` (in UTC), for reading only or for everything.
    ///
    /// # Errors
    ///
    /// Why the token does not do; an expired token that was also revoked counts as expired.
    pub fn log_in(
        &self,
        token: &SecretString,
        reads: bool,
        today: NaiveDate,
    ) -> Result<Arc<User>, LoginError> {
        let grant = self.grants.get(&Digest::of(token)).ok_or(LoginError::Unknown)?;
        grant.check(reads, today)?;
        Ok(Arc::clone(&grant.user))
    }
}

impl Grant {
    fn check(&self, reads: bool, today: NaiveDate) -> Result<(), LoginError> {
        if self.expires_at.is_some_and(|day| day <= today) {
            return Err(LoginError::Expired);
        }
        if self.revoked {
            return Err(LoginError::Revoked);
        }
        let covers = |scope: &Scope| *scope == Scope::Api || (reads && *scope == Scope::ReadApi);
        if self.scopes.iter().any(covers) { Ok(()) } else { Err(LoginError::InsufficientScope) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::AccessToken;
    use crate::access::directory::test::user;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn token(scopes: &[Scope], expires_at: Option<&str>, revoked: bool) -> AccessToken {
        AccessToken {
            user_id: 1,
            value: "secret".into(),
            scopes: scopes.to_vec(),
            expires_at: expires_at.map(day),
            revoked,
        }
    }

    fn log_in(token: AccessToken, reads: bool) -> Result<String, LoginError> {
        let directory = Directory::new(vec![user(1, "ann")], vec![token], vec![]);
        let user = directory.log_in(&"secret".into(), reads, day("2024-02-29"))?;
        Ok(user.username.clone())
    }

    #[test]
    fn a_token_is_good_for_what_its_scopes_cover() {
        let small = Err(LoginError::InsufficientScope);
        for (scopes, read, write) in [
            (&[Scope::Api][..], Ok("ann".to_owned()), Ok("ann".to_owned())),
            (&[Scope::ReadApi], Ok("ann".to_owned()), small.clone()),
            (&[Scope::ReadApi, Scope::Api], Ok("ann".to_owned()), Ok("ann".to_owned())),
            (&[], small.clone(), small),
        ] {
            assert_eq!(log_in(token(scopes, None, false), true), read, "{scopes:?}");
            assert_eq!(log_in(token(scopes, None, false), false), write, "{scopes:?}");
        }
    }

    #[test]
    fn a_token_is_no_longer_good_from_the_day_on_which_it_expires() {
        let on = |day| log_in(token(&[Scope::Api], Some(day), false), true);
        assert_eq!(on("2024-03-01"), Ok("ann".to_owned()));
        assert_eq!(on("2024-02-29"), Err(LoginError::Expired));
        assert_eq!(on("2020-01-01"), Err(LoginError::Expired));
    }

    #[test]
    fn expiry_is_told_before_revocation_and_both_before_the_scope() {
        let refused = |expires_at| log_in(token(&[], expires_at, true), true);
        assert_eq!(refused(None), Err(LoginError::Revoked));
        assert_eq!(refused(Some("2020-01-01")), Err(LoginError::Expired));
    }

    #[test]
    fn an_unknown_token_and_a_token_of_an_unknown_user_are_nobody() {
        let mut orphan = token(&[Scope::Api], None, false);
        orphan.user_id = 2;
        assert_eq!(log_in(orphan, true), Err(LoginError::Unknown));
        let directory = Directory::default();
        let nobody = directory.log_in(&"".into(), true, day("2024-02-29"));
        assert_eq!(nobody, Err(LoginError::Unknown));
    }

    #[test]
    fn a_directory_shows_no_token_in_its_debug_output() {
        let directory =
            Directory::new(vec![user(1, "ann")], vec![token(&[Scope::Api], None, false)], vec![]);
        assert!(!format!("{directory:?}").contains("secret"));
    }
}
