# The two commands are `make run` and `make test`; each sets up what it needs.
LAUNCH = @sh config/embedded/bootstrap.sh
COMPILE = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --quiet

.PHONY: help run stop test lint bench lock

help:
	@echo "make run    start Strideback on this machine; PORT=8001 chooses another port"
	@echo "make stop   end the copy that runs from this folder"
	@echo "make test   lint, types and all tests; ARGS=\"tests/access -x\" narrows the tests"
	@echo "make lint   lint and types only"
	@echo "make bench  speed of the main pages as ratios to a floor"
	@echo "make lock   compile the lock files from pyproject.toml"

run stop test lint bench:
	$(LAUNCH) $@ $(ARGS)

lock:
	@sh config/embedded/bootstrap.sh prepare
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra local --constraint requirements.txt --output-file requirements-local.txt
	$(COMPILE) --extra local --extra dev --constraint requirements-local.txt --output-file requirements-dev.txt
	echo uv | .venv/bin/uv pip compile - --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --output-file config/embedded/uv.txt
