#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own, in a temporary folder, that is
# stopped and removed afterwards, however the command ends.
#
#   scripts/with-postgres.sh cargo test -p store
#
# The command finds its address in WEX_TEST_POSTGRES. Where there is no
# PostgreSQL, the command runs without that variable.
source "$(dirname "$0")/lib.sh"
[ $# -gt 0 ] || die "usage: scripts/with-postgres.sh COMMAND [ARGUMENT...]"

bin=$(postgres_bin)
if [ -z "$bin" ]; then
  say "no PostgreSQL here: running on SQLite alone"
  exec "$@"
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/wex-postgres.XXXXXX")
# It refuses to run as root.
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as() { (cd "$folder" && runuser -u postgres -- env LC_ALL=C "$@"); }
else
  as() { (cd "$folder" && LC_ALL=C "$@"); }
fi

child=
stop() {
  trap - EXIT INT TERM HUP
  [ -z "$child" ] || kill "$child" 2>/dev/null || true
  as "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

as "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-sync >"$folder/initdb.log" 2>&1 \
  || { cat "$folder/initdb.log" >&2; die "could not make a PostgreSQL cluster"; }

# Nothing here outlives the tests: safety against power cuts would only cost time. A measurement sets
# WEX_POSTGRES_DURABLE=1, to have it as it is in real use.
quick="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
[ "${WEX_POSTGRES_DURABLE:-}" != 1 ] || quick=

started=
for _ in 1 2 3 4 5; do
  port=$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')
  if as "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 30 start -o "\
    -c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder \
    $quick -c max_connections=200" >/dev/null 2>&1; then
    started=yes; break
  fi
done
[ -n "$started" ] || { cat "$folder/data/server.log" >&2; die "could not start PostgreSQL"; }

export WEX_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres"
# In the background, so that a signal to this script is answered at once.
"$@" <&0 &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
