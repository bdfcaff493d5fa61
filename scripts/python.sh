#!/usr/bin/env bash
# Makes the Python that tests and benchmarks compare with where it is not there yet, and prints the path of its interpreter.
exec bash "$(dirname "${BASH_SOURCE[0]}")/venv.sh" python .ci/requirements.txt --prefer-binary
