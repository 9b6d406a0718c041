#!/usr/bin/env bash
# Builds what the browser loads (WASM, JavaScript, CSS) into target/site/pkg,
# each with its Brotli beside it. Does nothing when nothing changed.
source "$(dirname "$0")/lib.sh"

stamp=target/site/inputs.sha256
inputs() {
  {
    find app frontend style -type f -not -path '*/tests/*' -print0 | sort -z | xargs -0 sha256sum
    sha256sum Cargo.toml Cargo.lock Trunk.toml package-lock.json scripts/site.sh scripts/compress.mjs scripts/widget.mjs
    rustc --version
  } | sha256sum
}

mkdir -p target/site
now=$(inputs)
if [ "${1:-}" != --force ] && [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$now" ] && ls target/site/pkg/*.wasm.br >/dev/null 2>&1; then
  exit 0
fi
rm -f "$stamp"
trunk build --release
# Trunk's own page: the server renders every page itself.
rm -f target/site/pkg/index.html
node scripts/compress.mjs target/site/pkg
printf '%s\n' "$now" >"$stamp"
