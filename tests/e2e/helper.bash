# Loaded by every file: the program under test and its surroundings.
bats_require_minimum_version 1.5.0

: "${E2E_ENGINE:?names no engine: see tests/e2e/setup.sh, or run tests/run.sh e2e}"
: "${DOCKERLITE:?names no program to test}"
DOCKERLITE=$(realpath "$DOCKERLITE")
HERE=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
SOCKET=$E2E_ENGINE/docker.sock
REGISTRY=127.0.0.1:5000
LOCKED=127.0.0.1:5001
BUSY=$REGISTRY/busy
DEMO=$REGISTRY/demo:2.0

# An environment in which nothing of the user's own is seen or changed. The folder is below the engine's: an engine from a tree of
# its own sees no other part of the machine.
isolate() {
  mkdir -p "$E2E_ENGINE/homes"
  HOME=${1:-$(mktemp -d "$E2E_ENGINE/homes/XXXXXX")}
  export HOME DOCKER_HOST=unix://$SOCKET TZ=UTC LC_ALL=C.UTF-8
  unset DOCKER_CONFIG DOCKER_CONTEXT DOCKER_API_VERSION DOCKER_TLS DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_DEFAULT_PLATFORM
  cd "$HOME"
}

# The program under test, as scripts call it. Nothing here takes long: what does not end by itself is ended, and fails.
docker() { timeout -k 5 60 "$DOCKERLITE" "$@"; }

# The engine itself, past the program under test: api METHOD PATH [curl arguments]
api() {
  local method=$1 path=$2
  shift 2
  curl -s -m 30 --unix-socket "$SOCKET" -X "$method" "http://engine$path" "$@"
}

# Containers, volumes and networks of earlier tests go; images stay. The engine is the tests' own.
clean() {
  local id
  for id in $(api GET '/containers/json?all=1' | grep -o '"Id":"[0-9a-f]*"' | cut -d '"' -f 4); do
    api DELETE "/containers/$id?force=1&v=1" >/dev/null
  done
  api POST '/volumes/prune?filters=%7B%22all%22:%5B%22true%22%5D%7D' >/dev/null
  api POST /networks/prune >/dev/null
}

# have_image REPOSITORY [TAG]
have_image() {
  api GET "/images/$1:${2:-latest}/json" | grep -q '"Id"' || api POST "/images/create?fromImage=$1&tag=${2:-latest}" >/dev/null
}

setup() {
  isolate
  have_image "$BUSY"
}

teardown() {
  [ -z "${PROXY-}" ] || kill "$PROXY" 2>/dev/null || true
  clean
}

# behind VERSION: from here on the test's engine is seen through a proxy, process $PROXY, that makes it one of that API version.
behind() {
  python3 "$HERE/../engine/api_proxy.py" "$PWD/proxy.sock" "$SOCKET" "$1" >proxy.log 2>&1 3>&- &
  PROXY=$!
  eventually grep -q ready proxy.log
  export DOCKER_HOST=unix://$PWD/proxy.sock
}

# What the engine says of a container, through a field of its JSON: state NAME FIELD, for fields of simple values.
state() { api GET "/containers/$1/json" | python3 -c 'import json, sys
value = json.load(sys.stdin)
for key in sys.argv[1].split("."): value = value[key]
print(json.dumps(value) if isinstance(value, (dict, list, bool)) or value is None else value)' "$2"; }

# Waits, up to ten seconds, until a command succeeds.
eventually() {
  local tries
  for tries in $(seq 100); do
    "$@" && return 0
    sleep 0.1
  done
  echo "never true: $*" >&2
  return 1
}

# terminal ROWSxCOLUMNS STEP... -- COMMAND...: drives a command on a terminal, see terminal.py.
terminal() { timeout -k 5 60 python3 "$HERE/terminal.py" "$@"; }

same() {
  if [ "$1" != "$2" ]; then
    printf 'expected: %q\n  actual: %q\n' "$1" "$2" >&2
    return 1
  fi
}

contains() {
  case $1 in
    *"$2"*) ;;
    *) printf 'not found: %q\n       in: %q\n' "$2" "$1" >&2 && return 1 ;;
  esac
}

lacks() {
  case $1 in
    *"$2"*) printf 'found: %q\n   in: %q\n' "$2" "$1" >&2 && return 1 ;;
  esac
}

# For what an older engine cannot do: needs_api 1.50
needs_api() {
  local now
  now=$(api GET /version | grep -o '"ApiVersion":"[0-9.]*"' | head -n 1 | cut -d '"' -f 4)
  [ "$(printf '%s\n%s\n' "$1" "$now" | sort -V | head -n 1)" = "$1" ] || skip "needs an engine with API $1, this one has $now"
}
