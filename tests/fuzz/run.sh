#!/usr/bin/env bash
# Runs one libFuzzer program for a while: run.sh PROGRAM SECONDS. Starts from corpus/<name>/, if there is one, and leaves it as it is.
# A crash leaves its input beside the program, as crash-...: make a unit test of it.
set -euo pipefail
program=$(realpath "${1:?which program?}")
seconds=${2:?for how many seconds?}
name=$(basename "$program" _fuzz)
seeds=$(dirname "$(realpath "$0")")/corpus/$name
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
cd "$(dirname "$program")"
folders=("$found")
[ ! -d "$seeds" ] || folders+=("$seeds")
"$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=4096 -print_final_stats=1 "${folders[@]}" 2>&1
