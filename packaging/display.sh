# A display of this machine for programs in roots. Sourced after common.sh; who uses it stops it.

display_process=
stop_display() { [ -z "$display_process" ] || kill "$display_process" 2>/dev/null || true; }

# Sets display_number.
start_display() {
  command -v Xvfb >/dev/null || die "Xvfb is missing; install xvfb"
  local told
  told=$(mktemp)
  Xvfb -displayfd 1 -screen 0 1280x800x24 -nolisten tcp -ac -noreset >"$told" 2>/dev/null &
  display_process=$!
  for _ in $(seq 100); do [ ! -s "$told" ] || break; sleep 0.1; done
  display_number=$(cat "$told")
  rm -f "$told"
  [ -n "$display_number" ] || die "Xvfb does not start"
}
