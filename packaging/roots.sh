# Clean roots of Debian releases, made by debootstrap and kept in PARALIF_ROOTS (/var/tmp/paralif-roots);
# remove one's folder to begin anew. Sourced after common.sh, by scripts that root runs.

# suite_of RELEASE: its name at Debian.
suite_of() {
  case $1 in
    debian-12) echo bookworm ;;
    debian-13) echo trixie ;;
    *) die "'$1' is no release; choose debian-12 or debian-13" ;;
  esac
}

# make_root RELEASE [KIND]: sets `root` to a folder with that release, made where it is missing;
# roots of another kind are kept apart.
make_root() {
  local suite
  suite=$(suite_of "$1")
  [ "$(id -u)" -eq 0 ] || die "a root of its own can be entered by root alone"
  root=${PARALIF_ROOTS:-/var/tmp/paralif-roots}/${2:+$2-}$suite
  if [ ! -e "$root/etc/debian_version" ]; then
    command -v debootstrap >/dev/null || die "debootstrap is missing; install it"
    say "Making a root of $suite in $root"
    mkdir -p "$root"
    debootstrap --variant=minbase "$suite" "$root" "${PARALIF_MIRROR:-http://deb.debian.org/debian}" \
      >"$root.log" 2>&1 || { tail -5 "$root.log" >&2; die "the root cannot be made"; }
  fi
  # How packages are fetched here holds there too.
  cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
  cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
}

mounted=()
leave_roots() {
  local i
  for ((i = ${#mounted[@]} - 1; i >= 0; --i)); do umount -R "${mounted[i]}" || umount -lR "${mounted[i]}" || true; done
}
trap leave_roots EXIT  # a script with more to end sets its own

# mount_at PLACE MOUNT-ARGUMENTS...: within `root`, until the script ends.
mount_at() {
  mkdir -p "$root/$1"
  mountpoint -q "$root/$1" || { mount "${@:2}" "$root/$1" && mounted+=("$root/$1"); }
}

# enter COMMAND...: runs it in `root` with a bare environment. The first call must not be in the
# background, or its mounts are forgotten.
enter() {
  mount_at . --rbind "$root"  # a mount of its own, as programs expect of /
  mount_at proc -t proc proc
  mount_at dev --bind /dev
  chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"
}

# Puts the sources into /src of `root`. Files that did not change keep their time, and what was built
# of them stays; others get a new one.
copy_sources() {
  say "Copying the sources"
  mkdir -p "$root/src"
  git ls-files -z -co --exclude-standard >"$root/files"
  (cd "$root/src" && find . -path ./build -prune -o -type f -printf '%P\0') |
    { grep -zvxFf <(tr '\0' '\n' <"$root/files") || true; } | (cd "$root/src" && xargs -0r rm -f)
  local file
  while IFS= read -r -d '' file; do
    [ -f "$file" ] || continue
    cmp -s "$file" "$root/src/$file" && continue
    mkdir -p "$root/src/$(dirname "$file")"
    cp --preserve=mode "$file" "$root/src/$file"
  done <"$root/files"
}
