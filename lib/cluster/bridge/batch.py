"""What a batch system says of the jobs of a cluster. Dask itself never asks: a job that ended before its worker came, is held, or can
never start would be waited for without end."""
import re
import subprocess

GONE = "GONE"
# Kinds of clusters whose jobs can be asked for.
KINDS = ("slurm", "condor", "lxplus", "lpc", "casa")
OVER = {GONE, "COMPLETED", "COMPLETING", "REMOVED", "HELD", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY", "BOOT_FAIL", "DEADLINE"}
# Reasons for which Slurm keeps a job pending that will never start.
NEVER = re.compile(
    r"BadConstraints|PartitionTimeLimit|PartitionNodeLimit|PartitionInactive|InvalidAccount|InvalidQOS|AssociationTimeLimit|"
    r"JobHeldUser|JobHeldAdmin|AssocMaxJobsLimit\b.*\b0\b|QOSUsageThreshold"
)
CONDOR_STATES = {"1": "IDLE", "2": "RUNNING", "3": "REMOVED", "4": "COMPLETED", "5": "HELD", "6": "RUNNING", "7": "SUSPENDED"}


def job_states(kind, ids):
    """The state, and the reason after it where there is one, of each job; those that are not known are absent. None: the batch system
    does not answer."""
    if not ids:
        return {}
    if kind == "slurm":
        return slurm_states(ids)
    if kind == "lpc":
        return lpc_states(ids)
    if kind in ("condor", "lxplus", "casa"):
        return condor_states(ids)
    return None


def is_over(state):
    """It will give no worker any more."""
    return state.split(" ")[0] in OVER or (state.startswith("PENDING") and NEVER.search(state) is not None)


def slurm_states(ids):
    found = run(["squeue", "-h", "-t", "all", "-j", ",".join(ids), "-o", "%i|%T|%r"])
    if found is None or (found.returncode != 0 and "Invalid job id" not in found.stderr):
        return None
    states = {}
    for line in found.stdout.splitlines():
        job, state, reason = line.split("|", 2)
        states[job] = state if reason in ("None", "") else f"{state} {reason}"
    return states


def condor_states(ids):
    found = run(["condor_q", *ids, "-af:j", "JobStatus", "HoldReason"])
    if found is None or found.returncode != 0:
        return None
    return dict(condor_state(*line.split(" ", 2)) for line in found.stdout.splitlines() if line.count(" ") >= 2)


def condor_state(job, status, reason):
    state = CONDOR_STATES.get(status, status)
    return job, state if reason == "undefined" else f"{state} {reason}"


def lpc_states(ids):
    """Its jobs are at a schedd of another machine, which lpcjobqueue has chosen; they are known by their cluster alone."""
    from lpcjobqueue.schedd import SCHEDD

    wanted = " || ".join(f"ClusterId == {id}" for id in ids)
    states = {}
    for ad in SCHEDD().query(wanted, ["ClusterId", "JobStatus", "HoldReason"]):
        job, state = condor_state(str(ad["ClusterId"]), str(ad.get("JobStatus")), str(ad.get("HoldReason", "undefined")))
        states[job] = state
    return states


def lpc_schedd(id):
    """Its name, as `condor_rm -name` wants it; None where it does not say."""
    try:
        from lpcjobqueue.schedd import SCHEDD

        return str(SCHEDD().query(f"ClusterId == {id}", ["GlobalJobId"])[0]["GlobalJobId"]).split("#")[0]
    except Exception:
        return None


def run(argv):
    try:
        return subprocess.run(argv, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
