# The calls of GitLab's documentation with curl, on the server at $SERVER (without /api/v4).
set -eu
agents="$SERVER/api/v4/projects/20/cluster_agents"

# Sends a request and compares the status: STATUS ARGUMENTS…
call() {
  expected=$1
  shift
  status=$(curl --silent --show-error --max-time 20 --output answer --write-out '%{http_code}' \
    --header "Private-Token: $TOKEN" "$@")
  [ "$status" = "$expected" ] || { echo "$status instead of $expected for $*:" && cat answer && exit 1; }
}

# The id of the last answer, which it begins with.
id() { sed 's/^{"id":\([0-9]*\),.*/\1/' answer; }

call 201 "$agents" -H "Content-Type:application/json" -X POST --data '{"name":"some-agent"}'
agent="$agents/$(id)"
call 200 "$agents"
call 200 "$agent"

call 201 "$agent/tokens" -H "Content-Type:application/json" -X POST --data '{"name":"some-token"}'
token="$agent/tokens/$(id)"
call 200 "$agent/tokens"
call 200 "$token"
# The documentation's example has this typing error.
call 404 "$agent/token/1"
call 204 --request DELETE "$token"

urls="$agent/url_configurations"
call 201 "$urls" -H "Content-Type:application/json" -X POST --data '{"url":"grpcs://agent.example.com:4242"}'
call 200 "$urls"
call 200 "$urls/$(curl --silent --header "Private-Token: $TOKEN" "$urls" | sed 's/^\[{"id":\([0-9]*\),.*/\1/')"
call 204 --request DELETE "$urls/$(id)"

# With a certificate and a key from files, each put on one line.
one_line() { awk -v ORS='\\n' '1' "$PEM/$1"; }
body='{"url":"grpcs://agent.example.com:4242", "client_cert":"'"$(one_line certificate.pem)"'", "client_key": "'"$(one_line ed25519.key.pem)"'"}'
call 201 "$urls" -H "Content-Type:application/json" -X POST --data "$body"
grep -q 'BEGIN CERTIFICATE' answer
! grep -q 'PRIVATE KEY' answer
call 204 --request DELETE "$urls/$(id)"

call 204 --request DELETE "$agent"
call 404 "$agent"
