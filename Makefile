# Samplan. `make run` starts it, `make test` proves it; `make help` lists the rest.
# The work is done in tools/*.mjs, with nothing but Node beforehand.

NODE_OK := $(shell node -e 'process.stdout.write(+process.versions.node.split(".")[0] >= 20 ? "yes" : "no")' 2>/dev/null)

.PHONY: run test dev bench site format help node

run: node          ## Install what is missing, build, and serve http://127.0.0.1:3000 with demo data
	@node tools/run.mjs

test: node         ## Everything that is to pass: format, lints, unit, property, relay and browser tests
	@node tools/test.mjs

dev: node          ## Serve with live reload while you edit
	@node tools/dev.mjs

bench: node        ## Measure against the goals, beside the JavaScript sync server
	@node tools/bench.mjs

site: node         ## Build the release site and the server, without starting them
	@node tools/build.mjs --server

format: node       ## Format the Rust code
	@cargo fmt --all

help:              ## This list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

node:
ifneq ($(NODE_OK),yes)
	@echo 'Node 20 or later is needed: apt-get install nodejs npm, or https://nodejs.org' >&2; exit 1
endif
