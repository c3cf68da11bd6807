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
                        reveal(token, "fingerprint", known, |secret| STANDARD.encode(secret));
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
    Defect::new(
        "secret-from-time",
        R::TokenSecretUnguessable,
        "Secrets are the time of their making in digits.",
        Wire(|| new_secret(|_, _, _| format!("glagent-{:0>50}", Timestamp::now().millis()))),
    ),
    Defect::new(
        "secret-repeated-every-second-time",
        R::TokenSecretUnguessable,
        "Every second token has the secret of the one before.",
        Wire(every_second_repeats),
    ),
    Defect::new(
        "secret-mostly-constant",
        R::TokenSecretUnguessable,
        "Only the last three characters of a secret are random.",
        Wire(|| {
            new_secret(|_, _, random| {
                format!(
                    "glagent-q7XkTn2VbYw4ZsLc8RfHj1PmDa6EuGo9KxWtN3yBrQs5Uv{}",
                    &random[random.len() - 3..]
                )
            })
        }),
    ),
    Defect::new(
        "secret-with-symbols",
        R::TokenSecretForm,
        "Secrets have spaces and quotation marks.",
        Wire(|| {
            new_secret(|_, _, random| random.replace(['a', 'e'], " ").replace(['i', 'o'], "\""))
        }),
    ),
    Defect::new(
        "secret-in-validation-error",
        R::TokenSecretOnce,
        "The error for a bad name of a token has the secret of the last one.",
        Wire(|| {
            secrets(|call, answer, known| {
                if let (true, 400, Some((_, secret))) =
                    (call.is(&[O::CreateAgentToken]), answer.status, known.last())
                {
                    *answer = Answer::error(400, &format!("400 Bad request - after {secret}"));
                }
            })
        }),
    ),
    Defect::new(
        "secrets-with-agent",
        R::TokenSecretOnce,
        "Getting an agent gives the secrets of all tokens.",
        Wire(|| {
            secrets(|call, answer, known| {
                if call.is(&[O::GetAgent]) && answer.is_success() {
                    answer.each(|agent| {
                        put(
                            agent,
                            "secrets",
                            known.iter().map(|(_, secret)| json!(secret)).collect::<Vec<_>>(),
                        );
                    });
                }
            })
        }),
    ),
    Defect::new(
        "secret-in-debug-field",
        R::TokenSecretOnce,
        "The list of tokens has a debug field with the row of the database.",
        Wire(|| {
            secrets(|call, answer, known| {
                if call.is(&[O::ListAgentTokens]) {
                    answer.each(|token| {
                        reveal(token, "_debug", known, |secret| {
                            format!("#<AgentToken secret=\"{secret}\">")
                        });
                    });
                }
            })
        }),
    ),
    Defect::new(
        "secret-in-cookie",
        R::TokenSecretOnce,
        "Later answers set a cookie with the last secret, percent-encoded.",
        Wire(|| {
            secrets(|_, answer, known| {
                if let Some((_, secret)) = known.last() {
                    answer
                        .set_header("set-cookie", &format!("agent={}", secret.replace('-', "%2D")));
                }
            })
        }),
    ),
    Defect::new(
        "secret-as-etag",
        R::TokenSecretOnce,
        "The ETag of a token is its secret in Base64.",
        Wire(|| {
            secrets(|call, answer, known| {
                if call.is(&[O::GetAgentToken])
                    && let Some((_, secret)) = known.iter().find(|(id, _)| *id == answer.id())
                {
                    answer.set_header("etag", &format!("W/\"{}\"", STANDARD.encode(secret)));
                }
            })
        }),
    ),
    Defect::new(
        "client-key-in-list",
        R::UrlKeySecret,
        "The list of URL configurations has their client keys.",
        Wire(|| client_keys(O::ListUrlConfigurations)),
    ),
    Defect::new(
        "client-key-in-get",
        R::UrlKeySecret,
        "Getting a URL configuration gives its client key.",
        Wire(|| client_keys(O::GetUrlConfiguration)),
    ),
    Defect::new(
        "client-key-in-error",
        R::UrlKeySecret,
        "The error for a bad certificate repeats the client key.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::CreateUrlConfiguration])
                    && answer.status == 400
                    && let Some(key) = call.field("client_key").as_str()
                {
                    *answer = Answer::error(
                        400,
                        &format!("400 Bad request - the key does not fit: {key}"),
                    );
                }
            })
        }),
    ),
    Defect::new(
        "client-key-base64-in-header",
        R::UrlKeySecret,
        "A new URL configuration has the client key in a header, in Base64.",
        Wire(|| {
            after(|call, answer| {
                if call.is(&[O::CreateUrlConfiguration])
                    && let Some(key) = call.field("client_key").as_str()
                {
                    answer.set_header("x-debug-key", &STANDARD.encode(key));
                }
            })
        }),
    ),
    Defect::new(
        "access-token-in-header",
        R::ExchangeCredentialNotRepeated,
        "Every answer repeats the access token in a header.",
        Wire(|| {
            after(|call, answer| {
                let token = call.token().to_owned();
                answer.set_header("x-authenticated-by", &token);
            })
        }),
    ),
    Defect::new(
        "access-token-base64-in-error",
        R::ExchangeCredentialNotRepeated,
        "An error has the access token in Base64.",
        Wire(|| {
            after(|call, answer| {
                if answer.status >= 400 && !call.token().is_empty() {
                    *answer = Answer::error(
                        answer.status,
                        &format!("refused for {}", STANDARD.encode(call.token())),
                    );
                }
            })
        }),
    ),
    Defect::new(
        "key-pair-per-agent",
        R::UrlPublicKeyFresh,
        "An agent gets the key pair of its last URL configuration again.",
        Wire(key_pair_per_agent),
    ),
];
