#!/usr/bin/env bash
# build-curl.sh FOLDER: builds a small static libcurl (plain HTTP only) from the distribution's own curl source package, and
# leaves FOLDER/lib/libcurl.a and FOLDER/include. Why: the shared libcurl brings some 36 libraries along, whose loading takes
# longer than everything else that a short command does.
# Nothing of the system is changed and root is not needed: apt runs with a source list, state and cache of its own, derived
# from the machine's sources. Exit status 3, with the reason on stderr: the source cannot be had here.
set -euo pipefail

folder=$(realpath -m "${1:?which folder?}")
script=$(realpath "$0")
# Another script or another distribution makes another library.
stamp=$(cat "$script" /etc/os-release | sha256sum | cut -c1-16)
[ "$(cat "$folder/stamp" 2>/dev/null)" != "$stamp" ] || [ ! -f "$folder/lib/libcurl.a" ] || exit 0

cannot() {
  echo "build-curl: $*" >&2
  exit 3
}
for tool in apt-get dpkg-source cmake ninja; do
  command -v "$tool" >/dev/null || cannot "$tool is not installed"
done

mkdir -p "$folder"
exec 9>"$folder/lock"
flock 9
work=$(mktemp -d "$folder/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{sources,lists/partial,cache/archives/partial}

# Of the machine's sources, those of the distribution itself, as sources of source packages.
codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
shopt -s nullglob
for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  [ -f "$list" ] || continue
  sed -n -E "s/^deb(-src)?[[:space:]]+(.*[[:space:]](${codename:-none}|unstable|sid|testing|stable)(-[a-z]+)?[[:space:]].*)/deb-src \2/p" "$list"
done | sort -u >"$work/sources/all.list"
for list in /etc/apt/sources.list.d/*.sources; do
  awk -v RS= -v ORS='\n\n' -v suite="(^|\n)Suites:[^\n]*[ \t](${codename:-none}|unstable|sid|testing|stable)([ \t-]|\n|\$)" \
    '$0 ~ suite { gsub(/(^|\n)Types:[^\n]*/, "\nTypes: deb-src"); sub(/^\n/, ""); print }' "$list"
done >"$work/sources/all.sources"
[ -s "$work/sources/all.list" ] || [ -s "$work/sources/all.sources" ] || cannot "no apt source of this distribution"

own=(-q -o "Dir::Etc::SourceList=/dev/null" -o "Dir::Etc::SourceParts=$work/sources" -o "Dir::State::Lists=$work/lists"
  -o "Dir::Cache=$work/cache" -o "APT::Sandbox::User=" -o "Acquire::Languages=none" -o "APT::Get::List-Cleanup=false"
  -o "Acquire::Retries=2")
apt-get "${own[@]}" update >"$work/apt.log" 2>&1 || cannot "apt-get update: $(tail -1 "$work/apt.log")"
# The newest first; a mirror may not have what its index names.
for version in $(apt-cache "${own[@]}" showsrc curl | sed -n 's/^Version: //p' | sort -ruV); do
  (cd "$work" && apt-get "${own[@]}" source --download-only "curl=$version") >"$work/apt.log" 2>&1 && break
  rm -f "$work"/curl_*
done
[ -n "$(compgen -G "$work/curl_*.dsc")" ] || cannot "apt-get source curl: $(tail -1 "$work/apt.log")"
dpkg-source --no-check -x "$work"/curl_*.dsc "$work/source" >"$work/unpack.log" 2>&1 ||
  cannot "dpkg-source: $(tail -1 "$work/unpack.log")"

# Pieces of an answer reach us in the size in which they were read.
flags="-ffunction-sections -fdata-sections -fstack-protector-strong -fvisibility=hidden -D_FORTIFY_SOURCE=2 -DCURL_MAX_WRITE_SIZE=524288"
off=(BUILD_SHARED_LIBS BUILD_CURL_EXE BUILD_TESTING BUILD_LIBCURL_DOCS BUILD_MISC_DOCS ENABLE_MANUAL ENABLE_CURL_MANUAL
  CURL_ZLIB CURL_BROTLI CURL_ZSTD USE_NGHTTP2 USE_LIBIDN2 CURL_USE_LIBPSL CURL_USE_LIBSSH2 CURL_USE_LIBSSH CURL_USE_GSSAPI
  CURL_USE_PKGCONFIG CURL_ENABLE_SSL CURL_USE_OPENSSL PICKY_COMPILER)
disabled=(ALTSVC AWS BEARER_AUTH COOKIES CRYPTO_AUTH DIGEST_AUTH DOH FORM_API GETOPTIONS HEADERS_API HSTS IPFS KERBEROS_AUTH
  MIME NEGOTIATE_AUTH NETRC NTLM PARSEDATE PROGRESS_METER SHUFFLE_DNS SOCKETPAIR VERBOSE_STRINGS WEBSOCKETS)
options=(-DHTTP_ONLY=ON -DENABLE_UNIX_SOCKETS=ON -DENABLE_THREADED_RESOLVER=ON)
for name in "${off[@]}"; do options+=("-D$name=OFF"); done
for name in "${disabled[@]}"; do options+=("-DCURL_DISABLE_$name=ON"); done
cmake -G Ninja -S "$work/source" -B "$work/build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_POSITION_INDEPENDENT_CODE=ON \
  -DCMAKE_C_FLAGS="$flags" -DCMAKE_C_FLAGS_RELEASE="-O2" -DCMAKE_INSTALL_PREFIX="$folder" -DCMAKE_INSTALL_LIBDIR=lib \
  "${options[@]}" >"$work/configure.log" 2>&1 || cannot "configuring curl: $(grep -m1 -A3 'CMake Error' "$work/configure.log" | tr '\n' ' ')"
ninja -C "$work/build" libcurl.a >"$work/build.log" 2>&1 || ninja -C "$work/build" >"$work/build.log" 2>&1 ||
  cannot "building curl: $(grep -m1 -i error "$work/build.log")"
rm -rf "$folder/lib" "$folder/include"
mkdir -p "$folder/lib" "$folder/include"
cp "$(find "$work/build" -name libcurl.a | head -1)" "$folder/lib/"
cp -R "$work/source/include/curl" "$folder/include/"
echo "$stamp" >"$folder/stamp"
