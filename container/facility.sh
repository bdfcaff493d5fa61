# Run in a stage of the image's build, on Debian: Python with Dask in /opt/python, clients of VOMS and Kerberos.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends ca-certificates krb5-user python3 python3-pip-whl voms-clients >/dev/null
python3 -m venv --without-pip /opt/python
# pip out of its wheel: nothing of it stays.
set -- /usr/share/python-wheels/pip-*.whl
/opt/python/bin/python "$1/pip" install --quiet --disable-pip-version-check --no-cache-dir --no-compile --prefer-binary \
  -r /build/facility.txt
apt-get purge -y -qq python3-pip-whl >/dev/null
rm -rf /build /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log
