#!/usr/bin/env bash
# The defects of the catalogue under Schemathesis: docs/comparison.md tells what came of it.
#
#   pip install schemathesis
#   crates/mutants/comparison/schemathesis.sh [SECONDS [EVERY]]
#
# SECONDS is its time for each server, EVERY the distance between two defects of the list that are taken.
# What it says of the right server, with any of three seeds, goes into a baseline of its own; whatever
# it says beyond that counts as having found the defect.
set -euo pipefail
cd "$(dirname "$0")/../../.."

seconds=${1:-20} every=${2:-12}
work=$(mktemp -d)
mutants=${MUTANTS:-"cargo xtask mutants"}
trap 'kill "${server:-}" 2> /dev/null || true; rm -rf "$work"' EXIT

# Starts the server of $1 and sets $url and $token.
serve() {
  $mutants --serve "$1" > "$work/served" 2> /dev/null &
  server=$!
  until [ "$(wc -l < "$work/served")" -ge 11 ]; do sleep 0.1; done
  url=$(head -1 "$work/served")
  token=$(awk '$1 == "maintainer" { print $2 }' "$work/served")
}

# Runs it once, with further options, and sets $code, $requests and $took.
judge() {
  local start=$SECONDS
  code=0
  st run openapi/cluster-agents.yaml --url "$url" --header "PRIVATE-TOKEN: $token" --no-color \
    --baseline "$work/baseline" --max-time "$seconds" --request-timeout 5 "$@" \
    --report json --report-json-path "$work/report.json" > "$work/out" 2>&1 || code=$?
  took=$((SECONDS - start))
  requests=$(sed -nE 's/.*[^0-9]([0-9,]+) generated.*/\1/p' "$work/out" | tr -d , | tail -1)
}

stop() {
  kill "$server" && wait "$server" 2> /dev/null || true
}

for seed in 1 2 3; do
  serve right
  judge --seed "$seed" --baseline-update
  stop
done
alarms=$(grep -c '"id"' "$work/baseline" 2> /dev/null || true)
printf 'baseline: %s kinds of failure after three seeds on the right server\n\n' "$alarms"
printf '| defect | found | test cases | s |\n|---|---|---:|---:|\n'
found=0 planted=0
for name in $($mutants --list | awk -v every="$every" '$1 != "odd" && NR % every == 1 { print $2 }') right; do
  serve "$name"
  judge --seed 4
  stop
  word=no
  [ "$code" = 1 ] && word=yes
  printf '| %s | %s | %s | %s |\n' "$name" "$word" "${requests:-?}" "$took"
  if [ "$name" != right ]; then
    planted=$((planted + 1))
    [ "$word" = yes ] && found=$((found + 1))
  fi
done
printf '\n%s of %s found\n' "$found" "$planted"
