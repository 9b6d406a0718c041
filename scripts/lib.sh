# Shared by the other scripts; source it, do not run it.
# Pinned versions of the build tools, and a PATH that finds the project's own first.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"

RUST_VERSION=1.95
TRUNK_VERSION=0.21.14
# Also in Cargo.toml and Trunk.toml: the three must agree.
WASM_BINDGEN_VERSION=0.2.130

export PATH="$ROOT/.tools/bin:$ROOT/node_modules/.bin:$HOME/.cargo/bin:$PATH"
# Trunk finds nhsuk-frontend's styles here.
export SASS_PATH="$ROOT/node_modules"
# Set while compiling, it would overrule the names that Trunk gives (with their hashes).
unset LEPTOS_OUTPUT_NAME

say() { printf '%s\n' "wex: $*" >&2; }
die() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# The newest PostgreSQL's folder of programs, or nothing.
postgres_bin() {
  local found
  found=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
  if [ -n "$found" ] && [ -x "$found/initdb" ]; then echo "$found"
  elif have initdb && have pg_ctl; then dirname "$(command -v initdb)"
  fi
}
