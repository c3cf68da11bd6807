//! A PostgreSQL server of the tests' own, and what several of ours do on one database.
//!
//! It is found in `PATH` or where Debian puts it, listens on a socket in a temporary folder only,
//! and ends with the tests. Where there is none, the tests that need it say that they are skipped.

use std::io::{BufRead, BufReader, Write, stderr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::{env, fs};

use cluster_agents_reference::Database;
use cluster_agents_reference::store::Postgres;
use cluster_agents_types::SecretString;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use crate::server::{AGENTS, Server};

/// Makes a database cluster, starts a server, and stops it once standard input is closed – which
/// happens however the tests end.
const RUN: &str = r#"
"$1/initdb" --pgdata "$2/data" --username postgres --auth trust --no-sync >"$2/log" 2>&1 &&
"$1/pg_ctl" --wait --pgdata "$2/data" --log "$2/log" --options "$3" start >>"$2/log" 2>&1 &&
echo ready
read _
"$1/pg_ctl" --pgdata "$2/data" --mode immediate stop >/dev/null 2>&1
rm -rf "$2"
"#;

static SERVER: LazyLock<Option<PostgresServer>> = LazyLock::new(PostgresServer::start);

/// The server, if there is PostgreSQL on this machine.
pub(crate) fn server() -> Option<&'static PostgresServer> {
    if SERVER.is_none() {
        // Not by `eprintln!`, which the test harness keeps to itself.
        let _ = writeln!(stderr(), "skipped: there is no PostgreSQL on this machine");
    }
    SERVER.as_ref()
}

pub(crate) struct PostgresServer {
    folder: PathBuf,
    databases: AtomicU32,
    /// Holds its standard input open.
    _process: Child,
}

impl PostgresServer {
    fn start() -> Option<Self> {
        let programs = programs()?;
        let folder = tempfile::tempdir().unwrap().keep();
        let options = format!(
            "-c listen_addresses= -c fsync=off -c unix_socket_directories={}",
            folder.display()
        );
        let mut command = Command::new("sh");
        command.args(["-c", RUN, "sh"]).arg(programs).arg(&folder).arg(options);
        as_ordinary_user(&mut command, &folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "{}", fs::read_to_string(folder.join("log")).unwrap());
        Some(Self { folder, databases: AtomicU32::new(0), _process: process })
    }

    /// The address of a new, empty database.
    pub(crate) async fn database(&self) -> SecretString {
        let name = format!("agents_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut connection = PgConnection::connect(&self.url("postgres")).await.unwrap();
        let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(create).execute(&mut connection).await.unwrap();
        self.url(&name).into()
    }

    /// A store in a new database.
    pub(crate) async fn store(&self) -> Postgres {
        Postgres::connect(&self.database().await).await.unwrap()
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }
}

/// The folder with the programs of PostgreSQL.
fn programs() -> Option<PathBuf> {
    let in_path = env::split_paths(&env::var_os("PATH")?).collect::<Vec<_>>();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let of_debian = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
    in_path.into_iter().chain(of_debian).find(|folder| folder.join("pg_ctl").exists())
}

/// PostgreSQL refuses to run as root, so there it becomes `nobody`.
fn as_ordinary_user(command: &mut Command, folder: &Path) {
    use std::os::unix::fs::{MetadataExt, chown};
    use std::os::unix::process::CommandExt;
    const NOBODY: u32 = 65534;
    if fs::metadata(folder).unwrap().uid() == 0 {
        chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
        command.uid(NOBODY).gid(NOBODY).current_dir(folder);
    }
}

/// Two servers on one new database.
async fn two_servers(postgres: &PostgresServer) -> [Server; 2] {
    let url = postgres.database().await;
    let folder = tempfile::tempdir().unwrap();
    let start = || {
        Server::start_with(|settings| {
            settings.database = Database::Postgres(url.clone());
            settings.key_file = Some(folder.path().join("key"));
        })
    };
    let (one, two) = tokio::join!(start(), start());
    [one, two]
}

/// How many of the same request, sent by 200 clients to both servers at once, had which status.
async fn statuses(servers: &[Server; 2], path: &str, body: serde_json::Value) -> (usize, usize) {
    let attempt = |n: usize| servers[n % 2].post("maintainer", path, body.clone());
    let answers = futures_util::future::join_all((0..200).map(attempt)).await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    (count(201), count(400))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_database_keep_every_rule_together() {
    let Some(postgres) = server() else { return };
    let servers = two_servers(postgres).await;
    assert_eq!(statuses(&servers, AGENTS, json!({"name": "a"})).await, (1, 199));
    let agents = servers[0].get("developer", AGENTS).await.ok();
    let agent = format!("{AGENTS}/{}", agents[0]["id"]);
    let tokens = format!("{agent}/tokens");
    assert_eq!(statuses(&servers, &tokens, json!({"name": "t"})).await, (2, 198));
    let configurations = format!("{agent}/url_configurations");
    assert_eq!(statuses(&servers, &configurations, json!({"url": "grpc://h"})).await, (1, 199));
    let [one, two] = servers;
    one.running.shutdown().await;
    assert_eq!(two.get("developer", AGENTS).await.ok()[0]["is_receptive"], true);
}
