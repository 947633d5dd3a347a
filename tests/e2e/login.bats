# login and logout with a real registry that wants user tester, password s3cret. More of it is in tutorial.bats.
load helper

@test "logins at the same time lose nothing" {
  for name in $LOCKED localhost:5001; do
    (echo s3cret | docker login -u tester --password-stdin "$name" >/dev/null 2>&1) &
  done
  wait
  same 2 "$(grep -c '"auth"' "$HOME/.docker/config.json")"
}

@test "a login serves pull, a wrong password does not, logout ends it" {
  run -1 docker pull "$LOCKED/busy"
  run -1 docker login -u tester -p wrong "$LOCKED"
  echo s3cret | docker login -u tester --password-stdin "$LOCKED"
  run -0 docker pull -q "$LOCKED/busy"
  run -0 docker logout "$LOCKED"
  docker rmi -f "$LOCKED/busy"
  run -1 docker pull "$LOCKED/busy"
}

@test "credentials in a helper serve login and pull" {
  mkdir -p "$HOME/bin" "$HOME/.docker"
  cat >"$HOME/bin/docker-credential-mine" <<'HELPER'
#!/bin/sh
case $1 in
store) cat >"$HOME/secret" ;;
get) [ -f "$HOME/secret" ] && cat "$HOME/secret" || { echo "credentials not found in native keychain"; exit 1; } ;;
erase) rm -f "$HOME/secret" ;;
esac
HELPER
  chmod +x "$HOME/bin/docker-credential-mine"
  PATH=$HOME/bin:$PATH
  echo '{"credsStore": "mine", "unknown": [1.50]}' >"$HOME/.docker/config.json"
  echo s3cret | docker login -u tester --password-stdin "$LOCKED"
  contains "$(cat "$HOME/.docker/config.json")" '"unknown": [1.50]'
  run -1 grep s3cret "$HOME/.docker/config.json"
  run -0 docker pull -q "$LOCKED/busy"
  docker logout "$LOCKED"
  [ ! -e "$HOME/secret" ]
}
