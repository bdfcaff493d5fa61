#!/usr/bin/env bash
# Makes a Python with ROOT where it is not there yet, and prints the path of its interpreter. Tests that convert TTrees to RNTuples
# use it.
exec bash "$(dirname "${BASH_SOURCE[0]}")/venv.sh" root .ci/root-requirements.txt --pre
