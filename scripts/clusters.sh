#!/usr/bin/env bash
# Sees to Slurm, HTCondor and the Python that tests of clusters run with, from the shared recipes (as root, on Debian), and prints
# the folder that has them: what TNP_CLUSTERS is for the tests. Other users can read it, since HTCondor's jobs are run by one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
recipes=$(cd .. && pwd)/shared/recipes/clusters
[ -d "$recipes" ] || { echo "scripts/clusters.sh: $recipes is not there" >&2; exit 1; }

hash=$(cat .ci/clusters-requirements.txt "$recipes"/*.sh | sha256sum | cut -c 1-12)
folder=${TNP_CLUSTERS:-/var/tmp/tnp-pipe-clusters-$hash}
mkdir -p "$folder"
chmod 755 "$folder"
export WORK=$folder

if [ ! -e "$folder/complete" ]; then
  echo "making $folder (Slurm, HTCondor, Dask) ..." >&2
  command -v slurmctld >/dev/null || bash "$recipes/slurm.sh" install >&2
  bash "$recipes/condor.sh" install >&2
  # Python of the system: one below /root cannot be read by the user who runs HTCondor's jobs.
  rm -rf "$folder/python"
  /usr/bin/python3 -m venv "$folder/python" 2>/dev/null || {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >&2
    /usr/bin/python3 -m venv "$folder/python"
  }
  "$folder/python/bin/python" -m pip install --quiet --disable-pip-version-check --prefer-binary -r .ci/clusters-requirements.txt >&2
  touch "$folder/complete"
fi
PATH=$PATH:/usr/sbin
for program in slurmctld slurmd munged sbatch squeue scancel setpriv; do
  command -v "$program" >/dev/null || { echo "scripts/clusters.sh: $program is missing" >&2; exit 1; }
done
echo "$folder"
