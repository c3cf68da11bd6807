//! The store, on each database in the same way.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use cluster_agents_reference::pagination::Window;
use cluster_agents_reference::secret::{Digest, new_agent_secret};
use cluster_agents_reference::store::{
    Agent, AgentKey, Memory, NewAgent, NewToken, NewUrlConfiguration, Sqlite, Store, StoreError,
};
use cluster_agents_types::Timestamp;
use futures_util::FutureExt;
use tempfile::TempDir;
use tokio::sync::Barrier;

const CLIENTS: usize = 64;

/// Runs each test on a database in memory, on one in a file, and on PostgreSQL where there is one.
macro_rules! on_each_database {
    ($($name:ident)*) => {
        #[cfg(feature = "postgres")]
        mod in_postgresql {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                let Some(server) = crate::postgres::server() else { return };
                super::$name(server.store().await).await;
            })*
        }
        mod in_memory {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                super::$name(super::Memory::default()).await;
            })*
        }
        mod in_a_file {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                let (_folder, path) = super::file();
                super::$name(super::Sqlite::in_file(&path).await.unwrap()).await;
            })*
        }
    };
}

on_each_database! {
    an_agent_is_found_under_its_project_alone
    agents_are_listed_by_name_in_windows_with_a_total
    a_name_is_free_again_once_its_agent_is_deleted
    numbers_are_never_used_again
    a_revoked_token_makes_room_for_another
    a_deletion_keeps_what_changed_after_the_given_time
    the_last_used_token_comes_first_and_time_does_not_go_back
    an_unknown_or_revoked_secret_is_nobodys
    a_deleted_agent_takes_its_tokens_and_its_configuration_along
    many_clients_at_once_register_a_name_once
    many_clients_at_once_create_two_tokens
    two_clients_at_once_get_a_token_each
    many_clients_at_once_create_one_configuration
    slots_that_are_freed_at_the_same_moment_are_never_overfilled
    a_closed_store_answers_with_an_error
}

fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("agents.db");
    (folder, path)
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis).unwrap()
}

fn new_agent(project_id: i64, name: &str) -> NewAgent {
    NewAgent { project_id, name: name.into(), created_by: 42, now: at(1000) }
}

async fn agent(store: &impl Store) -> AgentKey {
    key(&store.register_agent(new_agent(20, "agent-1")).await.unwrap())
}

fn key(agent: &Agent) -> AgentKey {
    AgentKey { project_id: agent.project_id, agent_id: agent.id }
}

fn new_token(agent: AgentKey) -> NewToken {
    let digest = Digest::of(&new_agent_secret().unwrap());
    NewToken { agent, name: "t".into(), description: None, digest, created_by: 42, now: at(1000) }
}

fn new_configuration(agent: AgentKey, now: i64) -> NewUrlConfiguration {
    NewUrlConfiguration {
        agent,
        url: "grpc://h".into(),
        public_key: Some("key".into()),
        client_cert: None,
        sealed_key: vec![1, 2, 3],
        ca_cert: None,
        tls_host: None,
        now: at(now),
    }
}

/// Runs the same write from many tasks that start at the same moment.
async fn at_once<S, T, F>(
    store: S,
    write: impl Fn(Arc<S>) -> F + Copy + Send + 'static,
) -> (Arc<S>, Vec<Result<T, StoreError>>)
where
    S: Store,
    T: Send + 'static,
    F: Future<Output = Result<T, StoreError>> + Send + 'static,
{
    let store = Arc::new(store);
    let barrier = Arc::new(Barrier::new(CLIENTS));
    let attempt = |_| {
        let (store, barrier) = (Arc::clone(&store), Arc::clone(&barrier));
        tokio::spawn(async move {
            barrier.wait().await;
            write(store).await
        })
    };
    let tasks: Vec<_> = (0..CLIENTS).map(attempt).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    (store, results)
}

fn succeeded<T>(results: &[Result<T, StoreError>]) -> usize {
    results.iter().filter(|result| result.is_ok()).count()
}

async fn an_agent_is_found_under_its_project_alone<S: Store>(store: S) {
    let registered = store.register_agent(new_agent(20, "agent-1")).await.unwrap();
    assert_eq!(store.agent(key(&registered)).await.unwrap(), registered);
    let elsewhere = AgentKey { project_id: 21, agent_id: registered.id };
    assert!(matches!(store.agent(elsewhere).await, Err(StoreError::NotFound)));
    assert!(matches!(store.delete_agent(elsewhere, None).await, Err(StoreError::NotFound)));
    assert!(matches!(store.active_tokens(elsewhere).await, Err(StoreError::NotFound)));
    assert!(matches!(store.create_token(new_token(elsewhere)).await, Err(StoreError::NotFound)));
    let configuration = new_configuration(elsewhere, 1);
    let refused = store.create_url_configuration(configuration).await;
    assert!(matches!(refused, Err(StoreError::NotFound)));
}

async fn agents_are_listed_by_name_in_windows_with_a_total<S: Store>(store: S) {
    for name in ["b", "d", "a-b", "c", "a"] {
        store.register_agent(new_agent(20, name)).await.unwrap();
    }
    store.register_agent(new_agent(21, "other")).await.unwrap();
    let list = async |limit, offset| {
        let listing = store.list_agents(20, Window { limit, offset }).await.unwrap();
        let names: Vec<_> = listing.items.into_iter().map(|agent| agent.name).collect();
        (names.join(" "), listing.total, listing.more)
    };
    assert_eq!(list(10, 0).await, ("a a-b b c d".into(), Some(5), false));
    assert_eq!(list(2, 2).await, ("b c".into(), Some(5), true));
    assert_eq!(list(2, 4).await, ("d".into(), Some(5), false));
    assert_eq!(list(2, i64::MAX).await, (String::new(), Some(5), false));
    let empty = store.list_agents(99, Window { limit: 2, offset: 0 }).await.unwrap();
    assert_eq!((empty.items.len(), empty.total, empty.more), (0, Some(0), false));
}

async fn a_name_is_free_again_once_its_agent_is_deleted<S: Store>(store: S) {
    let agent = agent(&store).await;
    let taken = store.register_agent(new_agent(20, "agent-1")).await;
    assert!(matches!(taken, Err(StoreError::NameTaken)), "{taken:?}");
    store.register_agent(new_agent(21, "agent-1")).await.unwrap();
    store.delete_agent(agent, None).await.unwrap();
    store.register_agent(new_agent(20, "agent-1")).await.unwrap();
}

async fn numbers_are_never_used_again<S: Store>(store: S) {
    let mut numbers = HashSet::new();
    for _ in 0..5 {
        let agent = agent(&store).await;
        assert!(numbers.insert(agent.agent_id));
        store.delete_agent(agent, None).await.unwrap();
    }
}

async fn a_revoked_token_makes_room_for_another<S: Store>(store: S) {
    let agent = agent(&store).await;
    let first = store.create_token(new_token(agent)).await.unwrap();
    store.create_token(new_token(agent)).await.unwrap();
    let third = store.create_token(new_token(agent)).await;
    assert!(matches!(third, Err(StoreError::TokenLimit)), "{third:?}");
    for _ in 0..2 {
        store.revoke_token(agent, first.id).await.unwrap();
    }
    let unknown = store.revoke_token(agent, 99).await;
    assert!(matches!(unknown, Err(StoreError::NotFound)));
    let third = store.create_token(new_token(agent)).await.unwrap();
    let active: HashSet<_> =
        store.active_tokens(agent).await.unwrap().iter().map(|token| token.id).collect();
    assert!(active.len() == 2 && active.contains(&third.id) && !active.contains(&first.id));
}

async fn a_deletion_keeps_what_changed_after_the_given_time<S: Store>(store: S) {
    let agent = agent(&store).await;
    let early = store.delete_agent(agent, Some(at(999))).await;
    assert!(matches!(early, Err(StoreError::Modified)), "{early:?}");
    let id = store.create_url_configuration(new_configuration(agent, 2000)).await.unwrap().id;
    let changed = store.delete_agent(agent, Some(at(1999))).await;
    assert!(matches!(changed, Err(StoreError::Modified)), "{changed:?}");
    let early = store.delete_url_configuration(agent, id, Some(at(1999)), at(3000)).await;
    assert!(matches!(early, Err(StoreError::Modified)), "{early:?}");
    let unknown = store.delete_url_configuration(agent, 99, Some(at(1)), at(3000)).await;
    assert!(matches!(unknown, Err(StoreError::NotFound)), "{unknown:?}");
    store.delete_url_configuration(agent, id, Some(at(2000)), at(3000)).await.unwrap();
    assert!(matches!(store.delete_agent(agent, Some(at(2999))).await, Err(StoreError::Modified)));
    store.delete_agent(agent, Some(at(3000))).await.unwrap();
    let gone = store.delete_agent(agent, Some(at(1))).await;
    assert!(matches!(gone, Err(StoreError::NotFound)), "{gone:?}");
}

async fn the_last_used_token_comes_first_and_time_does_not_go_back<S: Store>(store: S) {
    let agent = agent(&store).await;
    let (one, two) = (new_token(agent), new_token(agent));
    let (first, second) = (one.digest, two.digest);
    let one = store.create_token(one).await.unwrap().id;
    let two = store.create_token(two).await.unwrap().id;
    let order = async || {
        let tokens = store.active_tokens(agent).await.unwrap();
        tokens.iter().map(|token| (token.id, token.last_used_at)).collect::<Vec<_>>()
    };
    assert_eq!(key(&store.use_token(first, at(5000)).await.unwrap()), agent);
    assert_eq!(order().await, [(one, Some(at(5000))), (two, None)]);
    store.use_token(second, at(6000)).await.unwrap();
    store.use_token(first, at(4000)).await.unwrap();
    assert_eq!(order().await, [(two, Some(at(6000))), (one, Some(at(5000)))]);
}

async fn an_unknown_or_revoked_secret_is_nobodys<S: Store>(store: S) {
    let agent = agent(&store).await;
    let token = new_token(agent);
    let digest = token.digest;
    let unknown = store.use_token(digest, at(1)).await;
    assert!(matches!(unknown, Err(StoreError::NotFound)), "{unknown:?}");
    let id = store.create_token(token).await.unwrap().id;
    store.use_token(digest, at(1)).await.unwrap();
    store.revoke_token(agent, id).await.unwrap();
    let revoked = store.use_token(digest, at(1)).await;
    assert!(matches!(revoked, Err(StoreError::NotFound)), "{revoked:?}");
}

async fn a_deleted_agent_takes_its_tokens_and_its_configuration_along<S: Store>(store: S) {
    let agent = agent(&store).await;
    let token = new_token(agent);
    let digest = token.digest;
    store.create_token(token).await.unwrap();
    store.create_url_configuration(new_configuration(agent, 1)).await.unwrap();
    assert!(store.agent(agent).await.unwrap().is_receptive);
    store.delete_agent(agent, None).await.unwrap();
    assert!(matches!(store.use_token(digest, at(1)).await, Err(StoreError::NotFound)));
    assert!(matches!(store.url_configuration(agent).await, Err(StoreError::NotFound)));
}

async fn many_clients_at_once_register_a_name_once<S: Store>(store: S) {
    let register = |store: Arc<S>| async move { store.register_agent(new_agent(20, "a")).await };
    let (store, results) = at_once(store, register).await;
    assert_eq!(succeeded(&results), 1);
    let refused = results.iter().filter(|result| matches!(result, Err(StoreError::NameTaken)));
    assert_eq!(refused.count(), CLIENTS - 1);
    assert_eq!(store.list_agents(20, Window { limit: 9, offset: 0 }).await.unwrap().total, Some(1));
}

async fn many_clients_at_once_create_two_tokens<S: Store>(store: S) {
    let agent = agent(&store).await;
    let create = move |store: Arc<S>| async move { store.create_token(new_token(agent)).await };
    let (store, results) = at_once(store, create).await;
    assert_eq!(succeeded(&results), 2);
    let refused = results.iter().filter(|result| matches!(result, Err(StoreError::TokenLimit)));
    assert_eq!(refused.count(), CLIENTS - 2);
    assert_eq!(store.active_tokens(agent).await.unwrap().len(), 2);
}

async fn two_clients_at_once_get_a_token_each<S: Store>(store: S) {
    for name in 0..20 {
        let agent = store.register_agent(new_agent(20, &name.to_string())).await.unwrap();
        let create = || store.create_token(new_token(key(&agent)));
        let (one, two) = tokio::join!(create(), create());
        assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    }
}

async fn many_clients_at_once_create_one_configuration<S: Store>(store: S) {
    let agent = agent(&store).await;
    let create = move |store: Arc<S>| async move {
        store.create_url_configuration(new_configuration(agent, 1)).await
    };
    let (store, results) = at_once(store, create).await;
    assert_eq!(succeeded(&results), 1);
    let refused =
        results.iter().filter(|result| matches!(result, Err(StoreError::AlreadyConfigured)));
    assert_eq!(refused.count(), CLIENTS - 1);
    assert!(store.url_configuration(agent).await.unwrap().is_some());
}

async fn slots_that_are_freed_at_the_same_moment_are_never_overfilled<S: Store>(store: S) {
    let agent = agent(&store).await;
    let rotate = move |store: Arc<S>| async move {
        let created = store.create_token(new_token(agent)).await;
        let active = store.active_tokens(agent).await?.len();
        assert!(active <= 2, "{active} active tokens");
        match created {
            Ok(token) => store.revoke_token(agent, token.id).await,
            Err(StoreError::TokenLimit) => Ok(()),
            Err(error) => Err(error),
        }
    };
    let (store, results) = at_once(store, rotate).await;
    assert_eq!(succeeded(&results), CLIENTS);
    assert!(store.active_tokens(agent).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_write_goes_on_when_nobody_waits_for_it() {
    let (_folder, path) = file();
    let store = Sqlite::in_file(&path).await.unwrap();
    // Asked once, it has queued the write; then it is dropped.
    assert!(store.register_agent(new_agent(20, "a")).now_or_never().is_none());
    store.register_agent(new_agent(20, "b")).await.unwrap();
    let listing = store.list_agents(20, Window { limit: 9, offset: 0 }).await.unwrap();
    assert_eq!(listing.total, Some(2));
}

async fn a_closed_store_answers_with_an_error<S: Store>(store: S) {
    store.close().await;
    let late = store.register_agent(new_agent(20, "a")).await;
    assert!(matches!(late, Err(StoreError::GivenUp | StoreError::Database(_))), "{late:?}");
    let late = store.list_agents(20, Window { limit: 1, offset: 0 }).await;
    assert!(matches!(late, Err(StoreError::GivenUp | StoreError::Database(_))), "{late:?}");
}

#[tokio::test]
async fn a_file_that_another_server_has_open_is_refused_until_it_is_closed() {
    let (_folder, path) = file();
    let one = Sqlite::in_file(&path).await.unwrap();
    let two = Sqlite::in_file(&path).await;
    assert!(matches!(two, Err(StoreError::InUse)), "{two:?}");
    one.close().await;
    Sqlite::in_file(&path).await.unwrap();
}

#[tokio::test]
async fn everything_is_there_again_when_a_file_is_opened_again() {
    let (_folder, path) = file();
    let store = Sqlite::in_file(&path).await.unwrap();
    let agent = agent(&store).await;
    let (used, never) = (new_token(agent), new_token(agent));
    store.create_token(used.clone()).await.unwrap();
    store.create_token(never).await.unwrap();
    store.use_token(used.digest, Timestamp::now()).await.unwrap();
    let configuration = store.create_url_configuration(new_configuration(agent, 1)).await.unwrap();
    let (before, tokens) = (store.agent(agent).await, store.active_tokens(agent).await.unwrap());
    store.close().await;
    let store = Sqlite::in_file(&path).await.unwrap();
    assert_eq!(store.agent(agent).await.unwrap(), before.unwrap());
    assert_eq!(store.active_tokens(agent).await.unwrap(), tokens);
    assert_eq!(store.url_configuration(agent).await.unwrap(), Some(configuration));
    let listing = store.list_agents(agent.project_id, Window { limit: 9, offset: 0 }).await;
    assert_eq!(listing.unwrap().total, Some(1));
    assert!(matches!(store.create_token(new_token(agent)).await, Err(StoreError::TokenLimit)));
}

#[tokio::test]
async fn nothing_of_a_deleted_agent_stays_in_the_file() {
    let (_folder, path) = file();
    let store = Sqlite::in_file(&path).await.unwrap();
    let agent = agent(&store).await;
    store.create_token(new_token(agent)).await.unwrap();
    store.create_url_configuration(new_configuration(agent, 1)).await.unwrap();
    store.delete_agent(agent, None).await.unwrap();
    store.close().await;
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let count =
        "SELECT (SELECT count(*) FROM agent_tokens) + (SELECT count(*) FROM url_configurations)";
    let left: i64 = sqlx::query_scalar(count).fetch_one(&pool).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn the_schema_itself_refuses_a_third_active_token() {
    let (_folder, path) = file();
    let store = Sqlite::in_file(&path).await.unwrap();
    let agent = agent(&store).await;
    store.close().await;
    let insert = "INSERT INTO agent_tokens (agent_id, slot, name, digest, created_at, created_by)
                  VALUES ($1, $2, 'direct', randomblob(32), 0, 0)";
    let url = format!("sqlite:{}", path.display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    for slot in [1, 2] {
        sqlx::query(insert).bind(agent.agent_id).bind(slot).execute(&pool).await.unwrap();
    }
    for slot in [0, 1, 2, 3] {
        let refused = sqlx::query(insert).bind(agent.agent_id).bind(slot).execute(&pool).await;
        assert!(refused.is_err(), "slot {slot}");
    }
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let (_folder, path) = file();
    Sqlite::in_file(&path).await.unwrap().close().await;
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let newer =
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (999, 'newer', TRUE, x'00', 0)";
    sqlx::query(newer).execute(&pool).await.unwrap();
    pool.close().await;
    let refused = Sqlite::in_file(&path).await;
    assert!(matches!(refused, Err(StoreError::Schema(_))), "{refused:?}");
}
