#!/usr/bin/env bash
# Measures dockerlite against docker and against floor programs in bare C, and prints docs/PERFORMANCE.md's table.
#   run.sh DOCKERLITE [DOCKER]     DOCKER: the docker to compare with (default: the one on PATH)
# The figures are ratios of one run, in which the commands take turns; the times are there to read them by. ROUNDS=n (default 200)
# is how often the short commands run. Needs a C compiler and python3; root and docker.io for the rows with a real engine, whose
# own engine it starts and ends; BENCH_HOST=unix://... takes a running one instead. valgrind adds the instruction counts.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
dockerlite=$(realpath "${1:?which dockerlite?}")
docker=$(command -v "${2:-docker}") || { echo "run.sh: no docker to compare with" >&2; exit 1; }
rounds=${ROUNDS:-200}
work=$(mktemp -d)
own_engine= server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$own_engine" ] || "$here/../engine/engine" stop "$work/engine" >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap cleanup EXIT
export DOCKER_CONFIG=$work/config LC_ALL=C
unset DOCKER_HOST DOCKER_CONTEXT DOCKER_API_VERSION
mkdir "$DOCKER_CONFIG"
# As installed: what a linker has just written lies scattered in memory, and starts more slowly.
cp "$dockerlite" "$work/dockerlite"
dockerlite=$work/dockerlite
for program in measure floor_empty floor_ps floor_read; do
  "${CC:-cc}" -O2 -o "$work/$program" "$here/$program.c"
done

# take ROUNDS: runs the commands in the arrays `ours`, `theirs` and `floor` (which may be empty) in turn.
take() {
  local command=("$work/measure" "$1" "${ours[@]}" --- "${theirs[@]}")
  [ ${#floor[@]} -eq 0 ] || command+=(--- "${floor[@]}")
  "${command[@]}" >"$work/result" 2>"$work/errors"
  awk '$4 > 0 { exit 1 }' "$work/result" || echo "run.sh: ${ours[*]}: a command failed: $(head -3 "$work/errors")" >&2
}

# row LABEL QUANTITY BUDGET: a line of the table from what `take` measured. QUANTITY is wall, cpu or memory.
row() {
  awk -v label="$1" -v quantity="$2" -v budget="$3" '
    function show(value) { return quantity == "memory" ? sprintf("%.1f MiB", value / 1024) : sprintf("%.2f ms", value / 1000) }
    { value[NR] = quantity == "wall" ? $1 : quantity == "cpu" ? $2 : $3 }
    END {
      floor = NR > 2 && quantity != "memory"
      printf "| %s | %s | %s | %s | %s | %.2fx | %s | %s |\n", label, quantity, show(value[1]), show(value[2]),
        floor ? show(value[3]) : "-", value[2] / value[1], floor ? sprintf("%.2fx", value[1] / value[3]) : "-", budget
    }' "$work/result"
}

echo "| what | quantity | dockerlite | docker | floor | docker / dockerlite | dockerlite / floor | budget |"
echo "|---|---|---|---|---|---|---|---|"
ours=("$dockerlite" --version) theirs=("$docker" --version) floor=("$work/floor_empty")
take "$rounds"
row "\`--version\`" wall "floor x 2"

for count in 300 1000; do
  python3 "$here/answers.py" "$work/list.sock" "$count" &
  server=$!
  until [ -S "$work/list.sock" ]; do sleep 0.05; done
  list=(-H "unix://$work/list.sock" ps -a)
  ours=("$dockerlite" "${list[@]}") theirs=("$docker" "${list[@]}") floor=("$work/floor_ps" "$work/list.sock")
  take $((rounds / 4 + 1))
  row "\`ps -a\`, $count containers" wall ""
  row "\`ps -a\`, $count containers" cpu "docker / 3"
  kill "$server"
  wait "$server" 2>/dev/null || true
  server=
  rm -f "$work/list.sock"
done

host=${BENCH_HOST:-}
if [ -z "$host" ] && [ "$(id -u)" = 0 ] && command -v dockerd >/dev/null; then
  own_engine=1
  "$here/../engine/engine" start "$work/engine" >/dev/null
  host=unix://$work/engine/docker.sock
fi
if [ -n "$host" ]; then
  socket=${host#unix://}
  image=dockerlite-bench:1
  mkdir -p "$work/root/bin"
  cp "$(command -v busybox)" "$work/root/bin/busybox"
  for name in true dd cat sh; do ln -s busybox "$work/root/bin/$name"; done
  tar -C "$work/root" -c . | "$docker" -H "$host" import - "$image" >/dev/null
  on=(-H "$host")

  ours=("$dockerlite" "${on[@]}" ps -aq) theirs=("$docker" "${on[@]}" ps -aq)
  version=$("$docker" "${on[@]}" version -f '{{.Client.APIVersion}}')
  floor=("$work/floor_ps" "$socket" "$version")
  take "$rounds"
  row "\`ps -aq\`" wall "floor x 1.5, docker / 8"
  row "\`ps -aq\`" cpu ""

  run=("${on[@]}" run --rm --network none "$image")
  ours=("$dockerlite" "${run[@]}" /bin/true) theirs=("$docker" "${run[@]}" /bin/true) floor=()
  take 7
  row "\`run --rm\` of \`true\`" wall ""
  row "\`run --rm\` of \`true\`" cpu ""

  flood=(/bin/dd if=/dev/zero bs=65536 count=1600)
  ours=("$dockerlite" "${run[@]}" "${flood[@]}") theirs=("$docker" "${run[@]}" "${flood[@]}")
  take 5
  row "100 MB of attached output" wall "docker"
  row "100 MB of attached output" cpu "docker / 2"
  row "100 MB of attached output" memory "8 MiB"

  name=dockerlite-bench-log
  "$docker" "${on[@]}" rm -f "$name" >/dev/null 2>&1 || true
  "$docker" "${on[@]}" run --name "$name" --network none "$image" /bin/sh -c \
    'l=0123456789012345678901234567890123456789012345678901234567890123456789012345678; i=0; while [ $i -lt 100 ]; do l2="$l2$l
"; i=$((i+1)); done; i=0; while [ $i -lt 12500 ]; do echo -n "$l2"; i=$((i+1)); done' >/dev/null
  ours=("$dockerlite" "${on[@]}" logs "$name") theirs=("$docker" "${on[@]}" logs "$name")
  floor=("$work/floor_read" "$socket" GET "/v$version/containers/$name/logs?stdout=1&stderr=1&tail=all")
  take 5
  row "\`logs\` of 100 MB" wall "floor x 1.1"
  row "\`logs\` of 100 MB" cpu "docker / 5"
  row "\`logs\` of 100 MB" memory "8 MiB"
  "$docker" "${on[@]}" rm -f "$name" >/dev/null

  "$docker" "${on[@]}" run --name "$name" --network none "$image" /bin/dd if=/dev/urandom of=/blob bs=1048576 count=200 2>/dev/null
  "$docker" "${on[@]}" cp "$name:/blob" "$work/blob" >/dev/null 2>&1
  floor=()
  for line in "export NAME" "cp NAME:/blob -" "cp NAME:/blob $work/copy" "cp $work/blob NAME:/copy"; do
    read -ra words <<<"${line//NAME/$name}"
    ours=("$dockerlite" "${on[@]}" "${words[@]}") theirs=("$docker" "${on[@]}" "${words[@]}")
    take 7
    label="\`$(sed "s|$work/||; s|NAME|web|" <<<"$line")\`, 200 MB"
    row "$label" wall "docker"
    row "$label" cpu "docker / 2"
    row "$label" memory "8 MiB"
  done
  "$docker" "${on[@]}" rm -f "$name" >/dev/null
  "$docker" "${on[@]}" rmi -f "$image" >/dev/null
else
  echo "run.sh: no engine: the rows that need one are left out" >&2
fi
echo "| size of the binary | | $(stat -Lc %s "$dockerlite" | awk '{ printf "%.2f MiB", $1 / 1048576 }')" \
  "| $(stat -Lc %s "$docker" | awk '{ printf "%.2f MiB", $1 / 1048576 }') | - | - | - | 6 MiB |"

if command -v valgrind >/dev/null; then
  instructions() { valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'; }
  echo
  echo "Instructions: \`--version\` $(instructions "$dockerlite" --version), an empty C program $(instructions "$work/floor_empty")."
fi
