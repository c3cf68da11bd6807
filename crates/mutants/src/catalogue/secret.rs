//! Secrets that leak, repeat or can be guessed.

use super::prelude::*;

pub(super) const DEFECTS: &[Defect] = &[
    Defect::new(
        "secret-in-list",
        R::TokenSecretOnce,
        "The list of tokens has their secrets.",
        Wire(|| {
            secrets(|call, answer, known| {
                if call.is(&[O::ListAgentTokens]) {
                    answer.each(|token| reveal(token, "token", known, str::to_owned));
                }
            })
        }),
    ),
    Defect::new(
        "secret-in-get",
        R::TokenSecretOnce,
        "Getting a token gives its secret again.",
        Wire(|| {
            secrets(|call, answer, known| {
                if call.is(&[O::GetAgentToken]) {
                    answer.each(|token| reveal(token, "token", known, str::to_owned));
                }
            })
        }),
    ),
    Defect::new(
        "secret-in-header",
        R::TokenSecretOnce,
        "Later answers carry the last secret in a header.",
        Wire(|| {
            secrets(|_, answer, known| {
                if let Some((_, secret)) = known.last() {
                    answer.set_header("x-last-token", secret);
                }
            })
        }),
    ),
    Defect::new(
        "secret-in-limit-error",
        R::TokenSecretOnce,
        "The error for a third token has the secret of the second.",
        Wire(|| {
            secrets(|_, answer, known| {
                if let (true, Some((_, secret))) = (says_part(answer, "two active"), known.last()) {
                    *answer = Answer::error(
                        400,
                        &format!("400 Bad request - token {secret} is still active"),
                    );
                }
            })
        }),
    ),
    Defect::new(
        "secret-base64-in-get",
        R::TokenSecretOnce,
        "Getting a token gives its secret in Base64.",
        Wire(|| {
            secrets(|call, answer, known| {
                if call.is(&[O::GetAgentToken]) {
                    answer.each(|token| {
                        reveal(token, "fingerprint", known, |secret| STANDARD.encode(secret))
                    });
                }
            })
        }),
    ),
    Defect::new(
        "secret-from-counter",
        R::TokenSecretUnguessable,
        "Secrets are a constant with a counter.",
        Wire(|| {
            new_secret(|number, _, _| {
                format!("glagent-q7XkTn2VbYw4ZsLc8RfHj1PmDa6EuGo9KxWtN3yB{number:06}")
            })
        }),
    ),
    Defect::new(
        "secret-per-agent",
        R::TokenSecretUnguessable,
        "All tokens of an agent have one secret.",
        Wire(one_secret_per_agent),
    ),
    Defect::new(
        "secret-is-short",
        R::TokenSecretForm,
        "A secret has twenty characters.",
        Wire(|| new_secret(|_, _, random| random.chars().take(28).collect())),
    ),
    Defect::new(
        "client-key-returned",
        R::UrlKeySecret,
        "A new URL configuration comes with the client key that was sent.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::CreateUrlConfiguration])
                    && answer.is_success()
                    && call.field("client_key").is_string()
                {
                    answer.each(|url| put(url, "client_key", call.field("client_key")));
                }
            })
        }),
    ),
    Defect::new(
        "access-token-in-error",
        R::ExchangeCredentialNotRepeated,
        "An error repeats the access token of the caller.",
        Wire(|| {
            after(|call, answer| {
                if answer.status >= 400 && !call.token().is_empty() {
                    *answer = Answer::error(
                        answer.status,
                        &format!("refused for token {}", call.token()),
                    );
                }
            })
        }),
    ),
    Defect::new(
        "one-key-pair-for-all",
        R::UrlPublicKeyFresh,
        "All URL configurations share a key pair.",
        Wire(|| items(URLS, |url| edit(url, "public_key", |_| ONE_KEY.to_owned()))),
    ),
];
