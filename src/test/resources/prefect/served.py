"""A flow of Prefect's own, for the tests: served by itself, or run by Prefect's process worker.

usage: served.py serve DEPLOYMENT | served.py worker DEPLOYMENT POOL; the flow's name is in SERVED_FLOW.
"""
import os
import pathlib
import sys
import time

from prefect import flow, task


@task
def double(number: int, nap: float) -> int:
    time.sleep(nap)
    print(f"twice {number} is {2 * number}")
    return 2 * number


@task
def total(numbers: list[int], fail: bool) -> int:
    if fail:
        raise ValueError("told to fail")
    print(f"the total is {sum(numbers)}")
    return sum(numbers)


@flow(name=os.environ["SERVED_FLOW"], log_prints=True)
def served(numbers: list[int] = [1, 2, 3], nap: float = 0.1, fail: bool = False) -> int:
    """Doubles numbers and sums them up."""
    print(f"{len(numbers)} numbers to double")
    return total(double.map(numbers, nap), fail)


ENTRYPOINT = os.environ.get("SERVED_ENTRYPOINT", "served")
if ENTRYPOINT == "nothing":

    @flow(name=os.environ["SERVED_FLOW"])
    def nothing() -> None:
        """Does nothing, so that what is left is the engine's own cost."""


if __name__ == "__main__":
    how, deployment, *pool = sys.argv[1:]
    if how == "serve":
        served.serve(name=deployment)
    else:
        from prefect.client.orchestration import get_client
        from prefect.client.schemas.actions import WorkPoolCreate
        from prefect.exceptions import ObjectAlreadyExists

        with get_client(sync_client=True) as client:
            try:
                client.create_work_pool(WorkPoolCreate(name=pool[0], type="process"))
            except ObjectAlreadyExists:
                pass
        flow.from_source(
            source=str(pathlib.Path(__file__).parent), entrypoint=f"served.py:{ENTRYPOINT}"
        ).deploy(name=deployment, work_pool_name=pool[0], print_next_steps=False, ignore_warnings=True)
        prefect = str(pathlib.Path(sys.executable).with_name("prefect"))
        os.execv(prefect, [prefect, "worker", "start", "--type", "process", "--pool", pool[0]])
