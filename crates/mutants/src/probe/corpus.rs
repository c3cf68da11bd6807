//! The requests that show whether a server differs from the right one.

/// Part of the corpus.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// One request.
    Alone(Line),
    /// One request of whose answer only the status is compared.
    Status(Line),
    /// Lanes that run at the same time, each a request after the other.
    Together {
        /// The requests.
        lanes: Vec<Vec<Line>>,
        /// Whether the answers can be compared; if not, what comes after tells.
        compared: bool,
    },
}

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) caller: String,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) condition: Option<String>,
    pub(crate) body: String,
}

impl Line {
    /// A request without a body.
    pub(crate) fn read(caller: &str, method: &str, path: &str) -> Self {
        line(&format!("{caller} {method} {path}"))
    }
}

const CERTIFICATE: &str = include_str!("../../pem/certificate.pem");
const KEY: &str = include_str!("../../pem/key.pem");

/// More than the reference reads of a body, in bytes.
const LARGE: usize = 1024 * 1024 + 1;

/// All of it: the written part, and what needs many rounds.
pub(crate) fn corpus() -> Vec<Step> {
    let mut steps = Vec::new();
    let mut lanes: Option<Vec<Vec<Line>>> = None;
    let lines = include_str!("corpus.txt").lines();
    for text in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match (text, &mut lanes) {
            ("together", _) => lanes = Some(Vec::new()),
            ("end", _) => {
                let lanes = lanes.take().unwrap_or_default();
                steps.push(Step::Together { lanes, compared: true });
            }
            (text, Some(lanes)) => lanes.push(vec![line(text)]),
            (text, None) => steps.push(Step::Alone(line(text))),
        }
    }
    steps.extend((0..20).flat_map(round));
    // Last, because they leave more or fewer ids used.
    steps.extend((0..5).flat_map(meetings));
    steps
}

/// A revocation beside a creation, and a delete beside creations. In a path, `@` stands for the agent
/// and `*` for the token that was created last.
fn meetings(number: usize) -> Vec<Step> {
    let register = format!("maintainer POST 20/cluster_agents {{\"name\":\"meeting-{number}\"}}");
    let create = "maintainer POST 20/cluster_agents/@/tokens {\"name\":\"t\"}";
    let together = |lanes: &[&[&str]]| Step::Together {
        lanes: lanes.iter().map(|lane| lane.iter().map(|text| line(text)).collect()).collect(),
        compared: false,
    };
    let alone = |text: &str| Step::Status(line(text));
    vec![
        alone(&register),
        alone(create),
        together(&[&[create], &["maintainer DELETE 20/cluster_agents/@/tokens/*"]]),
        alone("maintainer GET 20/cluster_agents/@/tokens/*"),
        together(&[&["maintainer DELETE 20/cluster_agents/@"], &[create, create, create]]),
        alone("maintainer GET 20/cluster_agents/@"),
    ]
}

/// What is repeated until one in twenty shows: seven reads, so that each of them is a twentieth once.
fn round(number: usize) -> Vec<Step> {
    let register = format!("maintainer POST 20/cluster_agents {{\"name\":\"round-{number}\"}}");
    let lines = [
        register.as_str(),
        "maintainer POST 20/cluster_agents/@/tokens {\"name\":\"t\"}",
        "maintainer GET 20/cluster_agents/@",
        "maintainer GET 20/cluster_agents/@/tokens/*",
        "maintainer GET 20/cluster_agents/@/tokens",
        "maintainer GET 20/cluster_agents?per_page=2",
        "maintainer GET 20/cluster_agents/@",
        "maintainer DELETE 20/cluster_agents/@/tokens/*",
        "maintainer GET 20/cluster_agents/@/tokens",
        "maintainer DELETE 20/cluster_agents/@",
        "maintainer GET 20/cluster_agents/@",
    ];
    lines.iter().map(|text| Step::Alone(line(text))).collect()
}

fn line(text: &str) -> Line {
    let (head, condition) = match text.split_once(" ^if-unmodified-since=") {
        Some((head, condition)) => (head, Some(condition.to_owned())),
        None => (text, None),
    };
    let mut words = head.splitn(4, ' ').map(str::to_owned);
    let mut word = || words.next().unwrap_or_default();
    let (caller, method, path, body) = (word(), word(), word(), word());
    Line { caller, method, path, condition, body: filled(&body) }
}

/// Puts long texts in place of their names.
fn filled(body: &str) -> String {
    if !body.contains('$') {
        return body.to_owned();
    }
    let json = |text: &str| serde_json::Value::from(text).to_string().trim_matches('"').to_owned();
    let mut body = body.replace("$CERT", &json(CERTIFICATE)).replace("$KEY", &json(KEY));
    for length in [1025, 1024, 256, 255, 64, 63] {
        body = body.replace(&format!("$A{length}"), &"a".repeat(length));
    }
    body.replace("$LARGE", &"a".repeat(LARGE)).replace("$U200", &"ü".repeat(200))
}
