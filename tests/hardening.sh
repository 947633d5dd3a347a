#!/usr/bin/env bash
# Checks how a release binary was built: hardening.sh BINARY. Prints what is wrong; the exit code is 0 if nothing is.
set -uo pipefail
binary=${1:?which binary?}
bad=0

want() { # WHAT FACT
  if [ "$2" = yes ]; then echo "ok: $1"; else echo "not ok: $1"; bad=1; fi
}
has() { grep -q -E -- "$1" <<<"$2" && echo yes || echo no; }

header=$(readelf -hW "$binary") || exit 1
segments=$(readelf -lW "$binary")
dynamic=$(readelf -dW "$binary")
symbols=$(readelf -sW --dyn-syms "$binary")
size=$(stat -L -c %s "$binary")

want "position independent executable" "$(has 'Type: +DYN' "$header")"
want "relocations are read-only (RELRO)" "$(has GNU_RELRO "$segments")"
want "relocations are resolved at start (BIND_NOW)" "$(has 'BIND_NOW|FLAGS_1.*NOW' "$dynamic")"
want "the stack is not executable" "$(has 'GNU_STACK.* RW ' "$segments")"
want "stack protector" "$(has __stack_chk_fail "$symbols")"
want "fortified library calls" "$(has '__[a-z]+_chk' "$(grep -v __stack_chk_fail <<<"$symbols")")"
want "no path for libraries built in" "$(if [ "$(has 'RPATH|RUNPATH' "$dynamic")" = no ]; then echo yes; else echo no; fi)"
want "stripped" "$(if [ "$(has '\.symtab' "$(readelf -SW "$binary")")" = no ]; then echo yes; else echo no; fi)"
want "under 6 MiB: $size bytes" "$(if [ "$size" -lt $((6 * 1024 * 1024)) ]; then echo yes; else echo no; fi)"
exit $bad
