#!/usr/bin/env bash
# Installs what is missing, and says plainly what it could not install.
#
#   scripts/setup.sh build    what building needs (wasm target, trunk, wasm-bindgen, npm packages)
#   scripts/setup.sh test     that, and what the tests need (Chromium, PostgreSQL, fonts)
#   scripts/setup.sh bench    that of build, and what the benchmark needs (nginx, wrk)
source "$(dirname "$0")/lib.sh"
what=${1:-build}
mkdir -p .tools

# ---- Debian's packages ------------------------------------------------------

wanted=()
have cc || wanted+=(build-essential)
if [ "$what" = test ]; then
  have chromium || [ -n "${WEX_CHROMIUM:-}" ] || wanted+=(chromium)
  [ -n "$(postgres_bin)" ] || wanted+=(postgresql)
  # Arial's measures: without it pages are laid out as no reader sees them.
  [ -d /usr/share/fonts/truetype/liberation ] || [ -d /usr/share/fonts/truetype/liberation2 ] || wanted+=(fonts-liberation)
fi
if [ "$what" = bench ]; then
  PATH="$PATH:/usr/sbin" have nginx || wanted+=(nginx-light)
  have wrk || wanted+=(wrk)
fi

if [ ${#wanted[@]} -gt 0 ]; then
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo -n)
  if ! have apt-get; then
    say "no apt-get here: please install by hand: ${wanted[*]}"
  elif [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
    say "may not install packages. Please run: sudo apt-get install ${wanted[*]}"
  else
    say "installing with apt: ${wanted[*]}"
    "${as_root[@]}" apt-get update -qq || say "apt-get update did not succeed; trying with the lists that are there"
    for package in "${wanted[@]}"; do
      "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$package" >.tools/apt.log 2>&1 \
        || { tail -5 .tools/apt.log >&2; say "could not install $package"; }
    done
  fi
fi

have cc || die "a C compiler is needed (SQLite and ring are compiled): install build-essential"

# ---- Rust -------------------------------------------------------------------

have cargo || die "cargo is missing. Install Rust $RUST_VERSION or later with https://rustup.rs"
rust=$(rustc --version | cut -d' ' -f2)
if [ "$(printf '%s\n' "$RUST_VERSION" "$rust" | sort -V | head -1)" != "$RUST_VERSION" ]; then
  die "Rust $rust is too old: $RUST_VERSION or later is needed. Run: rustup update stable"
fi

if [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
  have rustup || die "the target wasm32-unknown-unknown is missing, and rustup, which would add it, is not here"
  say "adding the wasm target"
  rustup target add wasm32-unknown-unknown || die "could not add the target wasm32-unknown-unknown"
fi
for component in rustfmt clippy; do
  [ "$what" = test ] || break
  cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$component" \
    || say "could not add $component: its check will fail"
done

# Trunk builds offline, so that it downloads no tools of its own: have the crates here first.
cargo fetch --quiet --target "$(rustc -vV | sed -n 's/^host: //p')" --target wasm32-unknown-unknown \
  || die "could not download the crates named in Cargo.lock"

# tool NAME VERSION ARGUMENTS...: compiles a tool into .tools unless the right version is there.
# Without optimisation: they run for seconds, and would compile for many minutes.
tool() {
  local name=$1 version=$2; shift 2
  [ "$("$name" --version 2>/dev/null | awk '{print $2}')" = "$version" ] && return
  say "compiling $name $version into .tools (once, a few minutes)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_TARGET_DIR="$ROOT/.tools/build" cargo install --quiet --root .tools --version "$version" "$@" \
    || die "could not compile $name $version"
  rm -rf .tools/build
}
tool trunk "$TRUNK_VERSION" trunk --locked --no-default-features --features rustls
# Without --locked: its lock file does not resolve any more.
tool wasm-bindgen "$WASM_BINDGEN_VERSION" wasm-bindgen-cli --no-default-features

# ---- npm --------------------------------------------------------------------

have npm || die "npm is missing: install Node.js 20 or later"
stamp=node_modules/.wex-installed
if [ ! -e "$stamp" ] || ! cmp -s package-lock.json "$stamp"; then
  say "installing npm packages by the lock file"
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error || die "npm ci did not succeed"
  cp package-lock.json "$stamp"
fi

# ---- what will be left out --------------------------------------------------

if [ "$what" = test ]; then
  have chromium || [ -n "${WEX_CHROMIUM:-}" ] || say "no Chromium: the tests in a browser will be skipped"
  [ -n "$(postgres_bin)" ] || say "no PostgreSQL: its tests will be skipped; those on SQLite run"
fi
if [ "$what" = bench ]; then
  have wrk || die "wrk is missing, and without it nothing can be measured"
  PATH="$PATH:/usr/sbin" have nginx || say "no nginx: there will be no figures beside ours"
fi
exit 0
