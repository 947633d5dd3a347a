#!/usr/bin/env bash
# Installs what the tests need and runs them all: tests/run.sh [STEP...]    (no STEP means all; the names are below; a build
# that a step needs is made first)
# On Debian 12 or 13, as root or with sudo. Each step has a log in build/test-logs and a time limit, and the whole has one, too
# ($TEST_BUDGET seconds). The last lines say what passed, failed and was skipped, and why.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
. cmake/packages.sh

all_steps="packages format release hardening parity e2e instrumented unit command contract fuzz threads newer tidy oracle"
steps=${*:-$all_steps}
budget=${TEST_BUDGET:-1380}
logs=$PWD/build/test-logs
work=$(mktemp -d /tmp/dl-tests-XXXXXX)
binary=$PWD/build/release/dockerlite
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}
# With ccache, a clone in another folder finds what an earlier one has compiled.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
export DOCKERLITE_ENGINE_TREES=${DOCKERLITE_ENGINE_TREES:-$PWD/build/engines}
mkdir -p "$logs"
sudo=()
[ "$(id -u)" = 0 ] || sudo=(sudo -E env "PATH=$PATH")

passed=0 failed=0 skipped=0 summary='' ended='' current=''
declare -A background

count() { # NAME PASSED FAILED SKIPPED TEXT
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  summary+=$(printf '%-10s %5d passed %3d failed %3d skipped  %s' "$1" "$2" "$3" "$4" "$5")$'\n'
}

skip() { # NAME REASON
  echo "--- $1: skipped: $2"
  count "$1" 0 0 1 "$2"
}

wanted() { [[ " $steps " = *" $1 "* ]]; }

left() { echo $((budget - SECONDS)); }

# time_for STEP SECONDS: whether an extra that takes that long still fits; it is skipped if not. Where nothing has been compiled before
# and two processors have to do it all, the two that ask may not.
time_for() {
  [ "$(left)" -lt "$2" ] || return 0
  skip "$1" "takes up to $2 s, and $(left) s of $budget s are left; run tests/run.sh $1"
  return 1
}

finish() {
  [ -z "$ended" ] || return 0
  ended=1
  trap '' INT TERM
  local dir pid
  for pid in $current "${background[@]}"; do
    kill "$pid" 2>/dev/null
  done
  wait
  for dir in "$work"/*/; do
    [ ! -e "$dir/data" ] || as_root tests/engine/engine stop "$dir" >/dev/null 2>&1
  done
  as_root rm -rf --one-file-system "$work"
  printf '\n=== Tests of dockerlite, %d s\n%s' "$SECONDS" "$summary"
  [ -z "${1:-}" ] || echo "$1"
  echo "$passed passed, $failed failed, $skipped skipped"
}
trap 'finish; exit $((failed > 0))' EXIT
trap 'failed=$((failed + 1)); finish "interrupted: what comes after the last line above did not run"; exit 143' INT TERM

# run NAME SECONDS COMMAND...: runs a step's command, its output to the step's log. On failure the log's end is shown.
run() {
  local name=$1 seconds=$2 start=$SECONDS status=0
  shift 2
  [ "$seconds" -le "$(left)" ] || seconds=$(left)
  if [ "$seconds" -le 5 ]; then
    echo "no time left of $budget s" >"$logs/$name.log"
    echo "--- $name: no time left of $budget s"
    return 124
  fi
  echo "--- $name"
  # In the background and waited for, so that a signal to this script is obeyed at once.
  timeout -k 10 "$seconds" "$@" >"$logs/$name.log" 2>&1 </dev/null &
  current=$!
  wait $current || status=$?
  current=''
  echo "    $((SECONDS - start)) s, exit code $status"
  [ $status = 0 ] || show_end "$name" $status
  return $status
}

# begin NAME SECONDS COMMAND...: starts a step's command; await NAME waits for it, as `run` would have.
begin() {
  local name=$1 seconds=$2
  shift 2
  [ -z "${background[$name]:-}" ] || return 0
  [ "$seconds" -le "$(left)" ] || seconds=$(($(left) > 5 ? $(left) : 5))
  echo "--- $name: begins"
  timeout -k 10 "$seconds" "$@" >"$logs/$name.log" 2>&1 </dev/null &
  background[$name]=$!
}

await() {
  local name=$1 status=0
  [ -n "${background[$name]:-}" ] || return 125
  echo "--- $name"
  wait "${background[$name]}" || status=$?
  unset "background[$name]"
  echo "    exit code $status"
  [ $status = 0 ] || show_end "$name" $status
  return $status
}

show_end() { # NAME STATUS
  [ "$2" != 124 ] && [ "$2" != 137 ] || echo '    stopped at its time limit' | tee -a "$logs/$1.log"
  echo "    the end of $logs/$1.log:"
  tail -n "${tail_lines:-60}" "$logs/$1.log" | cut -c 1-400 | sed 's/^/    | /'
}

# A step that is one check.
check() { # NAME SECONDS COMMAND...
  if run "$@"; then count "$1" 1 0 0 ''; else count "$1" 0 1 0 "see $logs/$1.log"; return 1; fi
}

# A program of Catch2 tests: its last lines have the number of test cases.
catch() { # NAME SECONDS PROGRAM
  local name=$1 text status=0 all bad
  if [ ! -e "$3" ]; then
    count "$name" 0 1 0 "$3 was not built"
    return
  fi
  run "$@" || status=$?
  text=$(tail -n 3 "$logs/$name.log")
  all=$(sed -n -E 's/.*All tests passed .* ([0-9]+) test cases?.*/\1/p; s/^test cases: *([0-9]+) .*/\1/p' <<<"$text" | head -n 1)
  bad=$(sed -n -E 's/^test cases:.* ([0-9]+) failed.*/\1/p' <<<"$text" | head -n 1)
  # A program that ran no test has not passed.
  if [ $status != 0 ] || [ "${all:-0}" = 0 ]; then [ "${bad:-0}" -gt 0 ] || bad=1; fi
  count "$name" $((${all:-0} > ${bad:-0} ? ${all:-0} - ${bad:-0} : 0)) "${bad:-0}" 0 "$([ "${bad:-0}" = 0 ] || echo "see $logs/$name.log")"
}

# A log of lines "ok ..." and "not ok ...".
count_lines() { # NAME STATUS
  local log=$logs/$1.log ok bad
  ok=$(grep -c '^ok ' "$log") bad=$(grep -c '^not ok ' "$log")
  [ "$2" = 0 ] || [ "$bad" -gt 0 ] || bad=1
  count "$1" "$ok" "$bad" 0 "$([ "$bad" = 0 ] || echo "see $log")"
}

# bats prints TAP: "ok 1 title", "not ok 2 title", "ok 3 title # skip reason".
bats_files() { # NAME SECONDS ENGINE [bats arguments]
  local name=$1 seconds=$2 engine=$3 status=0 log=$logs/$1.log planned ok bad skips
  shift 3
  tail_lines=150 run "$name" "$seconds" "${sudo[@]}" env "DOCKERLITE=$binary" "E2E_ENGINE=$engine" bats --tap --timing "$@" tests/e2e/*.bats ||
    status=$?
  planned=$(sed -n -E 's/^1\.\.([0-9]+)$/\1/p' "$log" | head -n 1)
  skips=$(grep -c -E '^ok .* # skip' "$log")
  ok=$(($(grep -c '^ok ' "$log") - skips))
  bad=$((${planned:-0} - ok - skips))
  [ $status = 0 ] || [ $bad -gt 0 ] || bad=1
  count "$name" "$ok" "$bad" "$skips" "$([ $bad = 0 ] || echo "see $log")"
  sed -n -E 's/^ok [0-9]+ (.*) # skip *(.*)/           skipped: \1: \2/p' "$log" >"$work/skips"
  sed -n -E 's/^not ok [0-9]+ (.*)/           failed: \1/p' "$log" >>"$work/skips"
  summary+=$(cat "$work/skips")
  [ ! -s "$work/skips" ] || summary+=$'\n'
}

step_packages() {
  check packages 660 bash -c '. cmake/packages.sh; install_packages $build_packages $engine_packages \
    catch2 bats clang libclang-rt-dev clang-tidy clang-format python3 debootstrap binutils'
}

# What the two tools ask for changes with their version; the tree follows those of Debian 12.
is_14() { [[ $("$1" --version 2>/dev/null) = *' version 14.'* ]]; }

step_format() {
  if is_14 clang-format; then
    check format 120 bash -c 'git ls-files -z "*.cpp" "*.hpp" | xargs -0 clang-format --dry-run -Werror'
  else
    skip format 'needs clang-format 14, as Debian 12 has it'
  fi
}

# Builds call ninja and not `cmake --build`, which puts ninja out of reach of a signal to the group.
step_release() {
  # The newer engine's tree comes over the network: it is ready by the time it is needed.
  [ -n "$(engine_missing)" ] || ! wanted newer || begin newer-tree 900 "${sudo[@]}" tests/engine/engine tree sid
  check release 1200 bash -c 'cmake --preset release && exec ninja -C build/release'
  ! wanted instrumented || begin_instrumented
}

step_hardening() {
  check hardening 60 tests/hardening.sh "$binary"
}

# One build serves the tests and the fuzz targets: clang, AddressSanitizer, UndefinedBehaviorSanitizer, coverage counters. Unoptimised
# it is built in half the time. What runs meanwhile mostly waits for an engine.
begin_instrumented() {
  begin instrumented 1200 bash -c 'cmake --preset fuzz -DCMAKE_CXX_FLAGS_DEBUG="-O0 -g1" && exec ninja -C build/fuzz'
}

step_instrumented() {
  begin_instrumented
  if await instrumented; then count instrumented 1 0 0 ''; else count instrumented 0 1 0 "see $logs/instrumented.log"; fi
}

step_unit() { catch unit 240 build/fuzz/tests/unit_tests; }
step_command() { catch command 240 build/fuzz/tests/command_tests; }
step_contract() { catch contract 240 build/fuzz/tests/contract_tests; }

# With the compile commands of the instrumented build: every source of the program, and the headers that it includes.
step_tidy() {
  if ! is_14 clang-tidy; then
    skip tidy 'needs clang-tidy 14, as Debian 12 has it'
  elif time_for tidy 800; then
    check tidy 1200 bash -c '[ -e build/fuzz/build.ninja ] || cmake --preset fuzz
      exec run-clang-tidy -quiet -p build/fuzz -j "$(nproc)" "^$PWD/src/"'
  fi
}

step_parity() {
  parity parity "$binary"
}

# Does what docker did when the cases were recorded still hold? Only docker 28 can tell.
step_oracle() {
  case $(docker --version 2>/dev/null) in
    'Docker version 28.'*) parity oracle "$(command -v docker)" ;;
    *) echo '--- oracle: docker 28 is not installed; the recordings of it stand' ;;
  esac
}

parity() { # NAME PROGRAM
  local status=0 text
  run "$1" 300 tests/parity/parity.py check --tries 3 --binary "$2" || status=$?
  text=$(tail -n 1 "$logs/$1.log")
  if [[ $text =~ ^parity:\ ([0-9]+)\ .*\ ([0-9]+)\ differ ]]; then
    count "$1" "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" 0 'command lines'
  else
    count "$1" 0 1 0 "see $logs/$1.log"
  fi
}

# Why no engine can run here; empty if one can.
engine_missing() {
  command -v dockerd >/dev/null || { echo 'dockerd is not installed'; return; }
  as_root unshare --mount --net true 2>/dev/null || echo 'this machine does not let root make namespaces'
}

step_e2e() {
  local why
  why=$(engine_missing)
  if [ -n "$why" ]; then
    skip e2e "$why"
  elif check engine 240 "${sudo[@]}" tests/e2e/setup.sh "$work/engine"; then
    # What only a newer engine can do is tested with one.
    bats_files e2e 480 "$work/engine" --filter-tags '!newer'
    terminals "$work/engine/docker.sock" 127.0.0.1:5000/busy:latest
  fi
}

terminals() { # SOCKET IMAGE
  local status=0
  run terminals 240 "${sudo[@]}" bash -c \
    'DOCKER_HOST=unix://$2 "$1" pull -q "$3" && exec python3 tests/e2e/pty/run_pty_tests.py "$@"' _ "$binary" "$@" || status=$?
  count_lines terminals $status
}

step_newer() {
  local why
  why=$(engine_missing)
  if [ -n "$why" ]; then
    skip newer "$why"
    return
  fi
  time_for newer 240 || return
  begin newer-tree 400 "${sudo[@]}" tests/engine/engine tree sid
  if ! await newer-tree; then
    skip newer "no newer engine could be installed, see $logs/newer-tree.log"
  elif ! run newer-engine 120 "${sudo[@]}" tests/e2e/setup.sh "$work/newer" --suite sid --cdi; then
    skip newer "the newer engine does not start here, see $logs/newer-engine.log"
  else
    bats_files newer 300 "$work/newer"
  fi
}

# Each target for some seconds, as many at a time as there are processors. A crash's log is named by its target.
step_fuzz() {
  local seconds=${FUZZ_SECONDS:-5} status=0
  if ! command -v clang++ >/dev/null; then
    skip fuzz 'clang is not installed'
  else
    run fuzz 240 bash -c 'ls build/fuzz/fuzz/*_fuzz | xargs -P "$(nproc)" -I PROGRAM bash -c '"'"'
      name=$(basename PROGRAM)
      if timeout -k 5 60 tests/fuzz/run.sh PROGRAM "$1" >"$2/$name.log" 2>&1; then
        echo "ok $name: $(sed -n "s/^stat::number_of_executed_units: *//p" "$2/$name.log") inputs"
      else
        echo "not ok $name: see $2/$name.log: $(grep -m 1 -E "ERROR|runtime error|panic" "$2/$name.log")"
        exit 1
      fi'"'"' _ "$@"' _ "$seconds" "$logs" || status=$?
    count_lines fuzz $status
  fi
}

# ThreadSanitizer on what has threads: the transport and what it is made of.
step_threads() {
  if run threads-build 400 bash -c 'cmake --preset tsan && exec ninja -C build/tsan contract_transport'; then
    catch threads 240 build/tsan/tests/contract_transport
  else
    count threads 0 1 0 "see $logs/threads-build.log"
  fi
}

for step in $steps; do
  case " $all_steps " in
    *" $step "*) ;;
    *) echo "run.sh: $step: no such step; the steps are: $all_steps" >&2 && failed=1 && exit 2 ;;
  esac
done
# Steps that are named bring the build along that they test.
needs() { # BUILD STEP...
  local build=$1 step
  shift
  wanted "$build" && return
  for step; do
    if wanted "$step"; then
      steps="$build $steps"
      return
    fi
  done
}
needs instrumented unit command contract fuzz
needs release hardening parity e2e newer

for step in $steps; do
  case $step in
    hardening | parity | e2e | newer)
      if [ ! -x "$binary" ]; then
        echo "--- $step: $binary was not built"
        count "$step" 0 1 0 "$binary was not built"
        continue
      fi ;;
  esac
  "step_$step"
done
