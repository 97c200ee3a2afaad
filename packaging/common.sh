# Shared by packaging/run and packaging/test: install what is missing, configure, build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

say() { printf '\n== %s\n' "$*"; }

die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

# install_missing [LIST...]: installs the packages of packaging/packages, and of those lists beside
# it, that are not there; says which.
install_missing() {
  command -v dpkg-query >/dev/null || {
    say "This is not Debian: install the counterparts of packaging/packages yourself"
    return
  }
  local missing=() line name there lists=(packaging/packages "${@/#/packaging/}")
  while read -r line; do
    there=0
    for name in ${line//|/ }; do
      ! dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || there=1
    done
    [ $there -eq 1 ] || missing+=("${line%% *}")
  done < <(grep -hv '^#' "${lists[@]}")
  [ ${#missing[@]} -gt 0 ] || return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing; install them as root: ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing from Debian: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends "${missing[@]}" >/dev/null ||
    die "the packages cannot be installed; see the lines above"
}

# As many jobs as the cores and the memory allow: a source with LibTorch takes up to 2 GB.
jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/MemAvailable/ {print int($2 / 2097152)}' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo $((cores < memory ? cores : memory))
}

# build TARGET...: configures the release preset and builds; everything without a target.
build() {
  local flags=()
  [ "${CI:-}" = true ] && flags+=(-DPARALIF_WERROR=ON)
  say "Configuring"
  mkdir -p build
  cmake --preset release "${flags[@]}" >build/configure.log 2>&1 ||
    { cat build/configure.log >&2; die "the configuration failed"; }
  say "Building (the first time takes several minutes)"
  if [ $# -gt 0 ]; then
    cmake --build --preset release --parallel "$(jobs)" --target "$@"
  else
    cmake --build --preset release --parallel "$(jobs)"
  fi
}

# Builds the fuzzers of the readers and runs each for some seconds.
fuzz() {
  say "Fuzzing the readers"
  cmake --preset fuzz >build/configure.log 2>&1 ||
    { cat build/configure.log >&2; die "the configuration failed"; }
  cmake --build --preset fuzz --parallel "$(jobs)"
  ctest --preset fuzz --parallel "$(jobs)"
}
