"""Starts the emulator of AWS (ministack, MIT) as an ordinary account that has what the store needs.

Usage: launch.py STUBS CONTROL JOURNAL. STUBS: JSON of resource types that the emulator lacks. CONTROL: a JSON file, read each time. In it `fail` has
logical IDs whose creation or change fails, with AWS's words, and `failRollback` those that cannot be changed back; `hold` the types whose
creation waits until they are taken out; `quotas`, `zones` and `classes` what the account has otherwise. JOURNAL: written, a line of JSON for
each resource that CloudFormation creates, updates or deletes.
"""

import json
import os
import sys
import threading
import time

stubs_file, control_file, journal_file = sys.argv[1:4]
sys.argv = sys.argv[:1]
os.environ["BIND_HOST"] = "127.0.0.1"
os.environ["IOT_MTLS_ENABLED"] = "0"
os.environ["REHEARSAL_CONTROL"] = control_file

import filter_patterns  # noqa: E402
import mends  # noqa: E402
from mends import control, handlers  # noqa: E402
from ministack import app  # noqa: E402
from ministack.services import cloudformation  # noqa: E402
from ministack.services.cloudformation import stacks  # noqa: E402


def may_fail(kind, create):
    def run(logical_id, props, stack_name):
        while kind in control("hold"):
            time.sleep(0.1)
        reason = control("fail").get(logical_id)
        if reason is not None:
            raise ValueError(reason)
        return create(logical_id, props, stack_name)

    return run


def may_fail_to_change(update):
    """The emulator hands no logical ID to every handler: it stands in the stack."""

    def run(physical_id, *given):
        for stack in list(cloudformation._stacks.values()):
            rolled_back = stack["StackStatus"] == "UPDATE_ROLLBACK_IN_PROGRESS"
            faults = control("failRollback" if rolled_back else "fail")
            for logical_id, reason in faults.items():
                if stack.get("_resources", {}).get(logical_id, {}).get("PhysicalResourceId") == physical_id:
                    raise ValueError(reason)
        return update(physical_id, *given)

    return run


def hold_in_threads():
    """What waits must not stop the emulator's answers."""
    real = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = lambda kind: real(kind) or kind in control("hold")


def write_journal():
    """The properties are resolved; none is written that stayed as it was."""
    file = open(journal_file, "a", buffering=1)

    def note(verb, **fields):
        file.write(json.dumps({"verb": verb, **fields}) + "\n")

    create, update, delete = stacks._provision_resource, stacks._update_resource, stacks._delete_resource

    def created(kind, logical_id, properties, stack_name):
        note("create", stack=stack_name, id=logical_id, type=kind, properties=properties)
        return create(kind, logical_id, properties, stack_name)

    def updated(kind, physical_id, before, properties, stack_name, logical_id=None, *rest):
        if before != properties:
            note("update", stack=stack_name, id=logical_id, type=kind, properties=properties)
        return update(kind, physical_id, before, properties, stack_name, logical_id, *rest)

    def deleted(kind, physical_id, properties, stack_name=None, logical_id=None):
        note("delete", stack=stack_name, id=logical_id, type=kind)
        return delete(kind, physical_id, properties, stack_name, logical_id)

    stacks._provision_resource, stacks._update_resource, stacks._delete_resource = created, updated, deleted


def end_with_parent():
    """Also where it is killed and can end nobody."""
    parent = os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


end_with_parent()
mends.add_stubs(stubs_file)
for mend in (
    mends.mend_origins,
    mends.mend_alarms,
    mends.mend_cache,
    mends.mend_account,
    mends.mend_queues,
    mends.mend_replacement,
    mends.add_quotas,
    mends.add_cache_offerings,
    mends.mend_deletion,
    mends.mend_dependencies,
    mends.mend_rollback,
    mends.add_vault_policies,
    filter_patterns.mend_filter_patterns,
    hold_in_threads,
    write_journal,
):
    mend()
for kind, handler in list(handlers.items()):
    mended = {"create": may_fail(kind, handler["create"])} if "create" in handler else {}
    if "update" in handler:
        mended["update"] = may_fail_to_change(handler["update"])
    handlers[kind] = {**handler, **mended}

app.main()
