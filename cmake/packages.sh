# Sourced by the scripts that install what they need: install_packages PACKAGE...
# Installs from the distribution what is not there yet. It starts no service: docker.io and docker-registry bring some, and what we
# need of them we start ourselves, privately. Needs root or sudo, and only if something is missing.

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

missing_packages() {
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || echo "$package"
  done
}

apt_get() { # SECONDS ARGUMENT...
  local seconds=$1
  shift
  as_root env DEBIAN_FRONTEND=noninteractive timeout -k 10 "$seconds" \
    apt-get -q -y -o Acquire::Retries=3 -o DPkg::Lock::Timeout=120 "$@" </dev/null
}

install_packages() {
  local missing policy=/usr/sbin/policy-rc.d ours='' status=0
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  echo "Installing:" $missing
  # Without fresh lists the versions that they name may be gone; but lists that cannot all be fetched are often good enough.
  apt_get 180 update || echo "warning: apt-get update failed, trying with the lists that are here" >&2
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null && as_root chmod +x $policy && ours=1
  fi
  apt_get 480 install --no-install-recommends $missing || status=$?
  [ -z "$ours" ] || as_root rm -f $policy
  [ $status = 0 ] || echo "error: these packages could not be installed:" $missing >&2
  return $status
}

# What a build needs; the second line is for the static libcurl.
build_packages="g++ cmake ninja-build libcli11-dev nlohmann-json3-dev libfmt-dev libspdlog-dev libarchive-dev libcurl4-openssl-dev
  dpkg-dev xz-utils"
# What a private engine with a registry and images needs.
engine_packages="docker.io docker-registry busybox-static iproute2 iptables util-linux curl ca-certificates python3 procps"
