# Every target that builds installs first what is missing; the second time that takes a moment.
# Settings of `make run` come from the environment: see README.md.

SHELL := /bin/bash
DATABASE_URL ?= sqlite:var/demonstration.sqlite
LISTEN ?= 127.0.0.1:3000
.DEFAULT_GOAL := help
.PHONY: help run build dev test check test-unit test-components test-stories test-e2e budget bench clean \
        setup-build setup-test setup-bench site

help: ## Say what can be made
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /make \1\t/' | expand -t 24

run: build ## Serve a demonstration on http://127.0.0.1:3000
	@mkdir -p var
	DATABASE_URL="$(DATABASE_URL)" exec target/release/wex serve --demo --listen "$(LISTEN)"

build: setup-build site ## Build the deployable, target/release/wex
	@. scripts/lib.sh && cargo build --release -p server

dev: setup-build ## Rebuild and reload the demonstration while you edit
	@. scripts/lib.sh && exec node scripts/dev.mjs

test: setup-test ## Run every test and check
	@. scripts/lib.sh && exec node scripts/test.mjs

check: setup-test ## Run the quick checks: format, lints, unit tests
	@. scripts/lib.sh && exec node scripts/test.mjs format lints unit

test-unit: setup-test ## Run the unit tests
	@. scripts/lib.sh && exec node scripts/test.mjs unit

test-components: setup-test ## Compare our components with the design system's fixtures
	@. scripts/lib.sh && exec node scripts/test.mjs components

test-stories: setup-test ## Run the stories on SQLite and PostgreSQL
	@. scripts/lib.sh && exec node scripts/test.mjs stories

test-e2e: setup-test ## Walk the journeys in a browser
	@. scripts/lib.sh && exec node scripts/test.mjs build journeys

budget: setup-build site ## Check the sizes of what a browser loads
	@. scripts/lib.sh && exec node scripts/budget.mjs

bench: setup-bench ## Measure, and write docs/BENCHMARKS.md
	@$(MAKE) --no-print-directory build
	cargo build --release -p services --example crowd --example searching
	@. scripts/lib.sh && exec node scripts/bench.mjs --date "$$(date -u +%F)" --commit "$$(git rev-parse --short HEAD)"

clean: ## Remove what was built (not the tools in .tools, nor databases in var)
	cargo clean
	rm -rf node_modules end2end/test-results end2end/playwright-report

site: setup-build
	@scripts/site.sh

setup-build setup-test setup-bench: setup-%:
	@scripts/setup.sh $*
