use serde_json::Value;

use super::server::{Reply, Server, answer, json};
use super::{agent, client, token};
use crate::types::{AgentId, AgentTokenId, CreatedAgentToken, NewUrlConfiguration};
use crate::{BoxError, Change, Client, Ensured, Error, RotateError, Rotated};

fn list(items: impl IntoIterator<Item = Value>) -> Reply {
    answer(200, &[("x-next-page", "")], items.into_iter().collect::<Value>())
}

fn bad_request(message: &str) -> Reply {
    answer(400, &[], serde_json::json!({ "message": message }))
}

mod agents {
    use super::*;

    async fn ensure(server: &Server) -> Result<Ensured<crate::types::Agent>, Error> {
        client(server).0.ensure_agent(&20.into(), &"b".parse().unwrap()).await
    }

    #[tokio::test]
    async fn an_agent_that_is_there_is_found_on_whatever_page() {
        let first = answer(200, &[("x-next-page", "2")], Value::from(vec![agent(1, "a")]));
        let server = Server::start([first, list([agent(2, "b"), agent(3, "c")])]).await;
        let ensured = ensure(&server).await.unwrap();
        assert_eq!((ensured.value.id, ensured.change), (AgentId(2), Change::None));
        assert_eq!(server.requests().len(), 2);
    }

    #[tokio::test]
    async fn an_agent_that_is_not_there_is_registered() {
        let server = Server::start([list([]), answer(201, &[], agent(2, "b"))]).await;
        let ensured = ensure(&server).await.unwrap();
        assert_eq!((ensured.value.id, ensured.change), (AgentId(2), Change::Created));
        assert!(server.requests()[1].ends_with(r#"{"name":"b"}"#));
    }

    #[tokio::test]
    async fn somebody_else_may_be_faster() {
        let taken = bad_request("400 Bad request - [\"Name has already been taken\"]");
        let server = Server::start([list([]), taken, list([agent(2, "b")])]).await;
        let ensured = ensure(&server).await.unwrap();
        assert_eq!((ensured.value.id, ensured.change), (AgentId(2), Change::None));
    }

    #[tokio::test]
    async fn an_unknown_outcome_is_looked_up() {
        for unknown in [Reply::HangUp, answer(502, &[], "")] {
            let server = Server::start([list([]), unknown.clone(), list([agent(2, "b")])]).await;
            let ensured = ensure(&server).await.unwrap();
            assert_eq!((ensured.value.id, ensured.change), (AgentId(2), Change::Created));
            let created = answer(201, &[], agent(2, "b"));
            let server = Server::start([list([]), unknown, list([]), created]).await;
            assert_eq!(ensure(&server).await.unwrap().change, Change::Created);
        }
    }

    #[tokio::test]
    async fn what_is_refused_for_good_is_an_error() {
        let refused = || bad_request("400 Bad request - no");
        let server = Server::start([list([]), refused(), list([]), refused()]).await;
        assert!(ensure(&server).await.unwrap_err().is_bad_request());
        let server = Server::start([list([]), answer(403, &[], "")]).await;
        assert!(ensure(&server).await.unwrap_err().is_forbidden());
        let unknown = [list([]), Reply::HangUp, list([]), Reply::HangUp, list([]), Reply::HangUp];
        let server = Server::start(unknown).await;
        assert!(ensure(&server).await.unwrap_err().is_outcome_unknown());
        assert_eq!(server.requests().len(), 6);
    }
}

mod tokens {
    use super::*;

    const USED: Option<&str> = Some("2022-04-20T20:42:40.221Z");

    fn created(id: i64) -> Reply {
        let mut token = token(id, None);
        token["token"] = format!("secret-{id}").into();
        answer(201, &[], token)
    }

    fn gone() -> Reply {
        answer(204, &[], "")
    }

    async fn rotate(
        client: &Client,
        confirm: impl AsyncFnOnce(&CreatedAgentToken) -> Result<(), BoxError>,
    ) -> Result<Rotated, RotateError> {
        client.rotate_token(&20.into(), AgentId(5), &"abcd".parse().unwrap(), confirm).await
    }

    fn lines(server: &Server) -> Vec<String> {
        let short =
            |line: &String| line.replace("…/5/tokens", "").replace("?page=1&per_page=100", "");
        server.lines().iter().map(short).collect()
    }

    #[tokio::test]
    async fn the_old_token_is_revoked_after_the_new_one_is_confirmed() {
        let server = Server::start([list([token(1, USED)]), created(2), gone()]).await;
        let mut seen = None;
        let confirm = async |token: &CreatedAgentToken| {
            seen = Some((token.token.expose().to_owned(), server.requests().len()));
            Ok(())
        };
        let rotated = rotate(&client(&server).0, confirm).await.unwrap();
        assert_eq!(seen, Some(("secret-2".to_owned(), 2)));
        assert_eq!((rotated.token.id, rotated.revoked), (AgentTokenId(2), vec![AgentTokenId(1)]));
        assert_eq!(lines(&server), ["GET ", "POST ", "DELETE /1"]);
    }

    #[tokio::test]
    async fn the_first_token_replaces_nothing() {
        let server = Server::start([list([]), created(1)]).await;
        let rotated = rotate(&client(&server).0, async |_| Ok(())).await.unwrap();
        assert_eq!((rotated.token.id, rotated.revoked.len()), (AgentTokenId(1), 0));
    }

    #[tokio::test]
    async fn a_token_that_is_not_confirmed_is_taken_back() {
        let server = Server::start([list([token(1, USED)]), created(2), gone()]).await;
        let error = rotate(&client(&server).0, async |_| Err("not deployed".into())).await;
        let Err(RotateError::NotConfirmed(source)) = error else { panic!("{error:?}") };
        assert_eq!(source.to_string(), "not deployed");
        assert_eq!(lines(&server), ["GET ", "POST ", "DELETE /2"]);
    }

    #[tokio::test]
    async fn a_token_that_cannot_be_taken_back_is_named() {
        let server = Server::start([list([]), created(2), answer(403, &[], "")]).await;
        let error = rotate(&client(&server).0, async |_| Err("not deployed".into())).await;
        let Err(RotateError::NotTakenBack { token, error, .. }) = error else {
            panic!("{error:?}")
        };
        assert_eq!((token, error.is_forbidden()), (AgentTokenId(2), true));
    }

    #[tokio::test]
    async fn what_an_interrupted_rotation_left_makes_room() {
        let two = list([token(1, USED), token(2, None)]);
        let details = [json(token(1, USED)), json(token(2, None))];
        let replies = [two].into_iter().chain(details).chain([gone(), created(3), gone()]);
        let server = Server::start(replies).await;
        let rotated = rotate(&client(&server).0, async |_| Ok(())).await.unwrap();
        assert_eq!(rotated.revoked, [AgentTokenId(2), AgentTokenId(1)]);
        let expected = ["GET ", "GET /1", "GET /2", "DELETE /2", "POST ", "DELETE /1"];
        assert_eq!(lines(&server), expected);
    }

    #[tokio::test]
    async fn of_two_that_were_never_used_the_later_one_goes_first() {
        let two = list([token(8, None), token(7, None)]);
        let details = [json(token(8, None)), json(token(7, None))];
        let replies = [two].into_iter().chain(details).chain([gone(), created(9), gone()]);
        let server = Server::start(replies).await;
        let rotated = rotate(&client(&server).0, async |_| Ok(())).await.unwrap();
        assert_eq!(rotated.revoked, [AgentTokenId(8), AgentTokenId(7)]);
    }

    #[tokio::test]
    async fn two_tokens_in_use_are_left_alone() {
        let two = list([token(1, USED), token(2, USED)]);
        let server = Server::start([two, json(token(1, USED)), json(token(2, USED))]).await;
        let error = rotate(&client(&server).0, async |_| panic!("there is no token")).await;
        let Err(RotateError::NoRoom(tokens)) = error else { panic!("{error:?}") };
        assert_eq!(tokens, [AgentTokenId(1), AgentTokenId(2)]);
        assert!(lines(&server).iter().all(|line| line.starts_with("GET")));
    }

    #[tokio::test]
    async fn a_token_that_nobody_knows_is_searched_for_and_revoked() {
        let after = list([token(1, USED), token(2, None)]);
        let replies = [list([token(1, USED)]), Reply::HangUp, after, gone(), created(3), gone()];
        let server = Server::start(replies).await;
        let rotated = rotate(&client(&server).0, async |_| Ok(())).await.unwrap();
        assert_eq!((rotated.token.id, rotated.revoked), (AgentTokenId(3), vec![AgentTokenId(1)]));
        assert_eq!(lines(&server), ["GET ", "POST ", "GET ", "DELETE /2", "POST ", "DELETE /1"]);
    }

    #[tokio::test]
    async fn an_old_token_that_stays_is_told_together_with_the_new_secret() {
        let server =
            Server::start([list([token(1, USED)]), created(2), answer(403, &[], "")]).await;
        let error = rotate(&client(&server).0, async |_| Ok(())).await.unwrap_err();
        assert!(!format!("{error:?}").contains("secret-2"), "{error:?}");
        let RotateError::OldRemains { token, old, .. } = error else { panic!("{error:?}") };
        assert_eq!((token.token.expose(), old), ("secret-2", AgentTokenId(1)));
    }
}

mod url_configurations {
    use super::*;

    fn configuration(id: i64, url: &str) -> Value {
        serde_json::json!({"id": id, "agent_id": 5, "url": url, "public_key": "k"})
    }

    async fn ensure(server: &Server) -> Result<(i64, Change), Error> {
        let wanted = NewUrlConfiguration::new("grpcs://b.example".parse().unwrap());
        let client = client(server).0;
        let ensured = client.ensure_url_configuration(&20.into(), AgentId(5), &wanted).await?;
        Ok((ensured.value.id.0, ensured.change))
    }

    fn right(id: i64) -> Value {
        configuration(id, "grpcs://b.example")
    }

    #[tokio::test]
    async fn what_is_right_is_left_alone() {
        let server = Server::start([json(Value::from(vec![right(1)]))]).await;
        assert_eq!(ensure(&server).await.unwrap(), (1, Change::None));
    }

    #[tokio::test]
    async fn what_is_missing_is_created() {
        let server = Server::start([json("[]"), answer(201, &[], right(1))]).await;
        assert_eq!(ensure(&server).await.unwrap(), (1, Change::Created));
    }

    #[tokio::test]
    async fn what_is_wrong_is_replaced() {
        let wrong = || json(Value::from(vec![configuration(1, "grpcs://a.example")]));
        for deleted in [answer(204, &[], ""), answer(404, &[], "")] {
            let server = Server::start([wrong(), deleted, answer(201, &[], right(2))]).await;
            assert_eq!(ensure(&server).await.unwrap(), (2, Change::Replaced));
        }
    }

    #[tokio::test]
    async fn an_unknown_outcome_is_looked_up() {
        let taken =
            bad_request("400 Bad request - URL configuration already exists for this agent");
        for unknown in [Reply::HangUp, answer(502, &[], ""), taken] {
            let found = json(Value::from(vec![right(3)]));
            let server = Server::start([json("[]"), unknown, found]).await;
            assert_eq!(ensure(&server).await.unwrap(), (3, Change::Created));
        }
        let server = Server::start([json("[]"), bad_request("url is invalid"), json("[]")]).await;
        assert!(ensure(&server).await.unwrap_err().is_bad_request());
    }
}
