"""Starts the emulator of AWS (ministack, MIT) as an ordinary account that has what the store needs.

Usage: launch.py STUBS FAULTS JOURNAL. STUBS: JSON of resource types that the emulator lacks. FAULTS: a JSON file, read at each creation, of
logical IDs that fail, with AWS's words. JOURNAL: written, a line of JSON for each resource that CloudFormation creates, updates or deletes.

Each place where the emulator is mended asserts first that it still is as it was mended for: a new version fails here, and not later.
"""

import inspect
import json
import os
import sys
import threading
import time
import uuid

stubs_file, faults_file, journal_file = sys.argv[1:4]
sys.argv = sys.argv[:1]
os.environ["BIND_HOST"] = "127.0.0.1"
os.environ["IOT_MTLS_ENABLED"] = "0"

from ministack.core.responses import json_response  # noqa: E402
from ministack.services import ec2, ecr, elasticache, iam, rds, sqs  # noqa: E402
from ministack.services.cloudformation import provisioners, stacks  # noqa: E402

handlers = provisioners._RESOURCE_HANDLERS


def stub(spec):
    """A resource that is only written down: its physical name, and an answer to every attribute."""

    def answers(physical_id):
        arn = f"arn:aws:emulated:us-east-1:000000000000:stub:{physical_id}"
        return {name: arn if name.endswith("Arn") else f"{physical_id}.{name}" for name in spec.get("attributes", [])}

    def create(logical_id, props, stack_name):
        named = next((props[key] for key in spec.get("name", []) if isinstance(props.get(key), str)), None)
        physical_id = named or f"{spec.get('prefix', stack_name + '-' + logical_id)}-{uuid.uuid4().hex[:17]}"
        return physical_id, answers(physical_id)

    def update(physical_id, old_props, new_props, *rest):
        return physical_id, answers(physical_id)

    return {"create": create, "update": update, "delete": lambda physical_id, props, *rest: None}


def add_stubs():
    with open(stubs_file) as file:
        stubs = json.load(file)
    known = [kind for kind in stubs if kind in handlers]
    assert not known, f"the emulator has {known} now: take them out of stubs.json"
    for kind, spec in stubs.items():
        handlers[kind] = stub(spec)


def mend_alarms():
    """Alarms on metric math are refused."""
    real = handlers["AWS::CloudWatch::Alarm"]
    written = stub({"name": ["AlarmName"], "attributes": ["Arn"]})
    try:
        real["create"]("Probe", {"AlarmName": "probe", "Metrics": [], "ComparisonOperator": "GreaterThanThreshold"}, "probe")
    except Exception:
        pass
    else:
        raise AssertionError("alarms on metric math work now: take mend_alarms out")

    def by_math(given):
        return any("Metrics" in one for one in given if isinstance(one, dict))

    def mended(verb):
        return lambda *given: (written if by_math(given) else real)[verb](*given)

    handlers["AWS::CloudWatch::Alarm"] = {**real, **{verb: mended(verb) for verb in ("create", "update", "delete")}}


def mend_cache():
    """Two shards are refused, which AWS takes: three stand for them."""
    assert "at least 3 (cluster-mode enabled)" in inspect.getsource(elasticache), "two shards work now: take mend_cache out"
    real = handlers["AWS::ElastiCache::ReplicationGroup"]

    def three(props):
        return {**props, "NumNodeGroups": 3} if isinstance(props, dict) and str(props.get("NumNodeGroups")) == "2" else props

    def mended(verb):
        return lambda *given: real[verb](*[three(one) for one in given])

    handlers["AWS::ElastiCache::ReplicationGroup"] = {**real, **{verb: mended(verb) for verb in ("create", "update", "delete")}}


def mend_account():
    """Zones that have everything, CloudFront's own prefix list, the classes that RDS sells, ECS's role, and every image for ARM64."""
    assert ec2._az_id_for_zone_name("us-east-1c") == "use1-az3", "zones have other ids now"
    ids = ec2._az_id_for_zone_name
    ec2._az_id_for_zone_name = lambda name: "use1-az4" if name == "us-east-1c" else ids(name)
    lists = ec2._aws_pl_id_from_name
    ec2._aws_pl_id_from_name = lambda name: "pl-3b927c52" if name.endswith("global.cloudfront.origin-facing") else lists(name)

    def offers(query):
        one = query.get("DBInstanceClass")
        name = one[0] if isinstance(one, list) else one
        zones = "".join(f"<AvailabilityZone><Name>us-east-1{letter}</Name></AvailabilityZone>" for letter in "abc")
        options = "".join(
            f"<OrderableDBInstanceOption><Engine>postgres</Engine><EngineVersion>{version}</EngineVersion>"
            f"<DBInstanceClass>{name}</DBInstanceClass><StorageType>gp3</StorageType><MultiAZCapable>true</MultiAZCapable>"
            f"<AvailabilityZones>{zones}</AvailabilityZones></OrderableDBInstanceOption>"
            for version in ("17.6", "18.1")
        )
        return rds._xml(
            200,
            "DescribeOrderableDBInstanceOptionsResponse",
            f"<DescribeOrderableDBInstanceOptionsResult><OrderableDBInstanceOptions>{options}</OrderableDBInstanceOptions>"
            "</DescribeOrderableDBInstanceOptionsResult>",
        )

    actions_of(rds, "DescribeOrderableDBInstanceOptions")["DescribeOrderableDBInstanceOptions"] = offers

    roles = actions_of(iam, "GetRole")
    get_role = roles["GetRole"]

    def role(query):
        name = iam._p(query, "RoleName")
        if name != "AWSServiceRoleForECS":
            return get_role(query)
        return iam._xml(200, "GetRoleResponse", f"<GetRoleResult><Role><RoleName>{name}</RoleName></Role></GetRoleResult>", ns="iam")

    roles["GetRole"] = role
    assert "_batch_get_image" in vars(ecr), "the emulator finds ECR's actions elsewhere now"
    index = json.dumps({"manifests": [{"platform": {"os": "linux", "architecture": "arm64"}}]})
    ecr._batch_get_image = lambda query: json_response({"images": [{"imageManifest": index}]})


def actions_of(service, action):
    tables = [value for value in vars(service).values() if isinstance(value, dict) and action in value]
    assert len(tables) == 1, f"the emulator finds {action} elsewhere now"
    return tables[0]


def mend_queues():
    """A receive whose client has gone takes the next message with it: none is held open for longer than a second."""
    actions = actions_of(sqs, "ReceiveMessage")
    receive = actions["ReceiveMessage"]
    assert "await asyncio.sleep" in inspect.getsource(receive), "receives wait in another way now: see whether mend_queues is needed"

    async def sooner(data, url):
        return await receive({**data, "WaitTimeSeconds": min(1, int(data.get("WaitTimeSeconds") or 0))}, url)

    actions["ReceiveMessage"] = sooner


def mend_replacement():
    """Which property replaces a resource is known for some types alone: CloudFormation's schemas know it for all."""
    table = provisioners._REPLACING_PROPERTIES
    assert "AWS::ECS::TaskDefinition" not in table, "more replacements are known now: see whether mend_replacement is needed"
    schemas = os.path.join(os.environ["PYTHONPATH"], "cfnlint", "data", "schemas")
    with open(os.path.join(schemas, "providers", "us-east-1.json")) as file:
        files = json.load(file)
    for kind in set(handlers) & set(files):
        with open(os.path.join(schemas, "resources", files[kind] + ".json")) as file:
            paths = json.load(file).get("createOnlyProperties", [])
        table.setdefault(kind, {path.split("/")[2] for path in paths if path.count("/") == 2})


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


def fault_of(logical_id):
    try:
        with open(faults_file) as file:
            faults = json.load(file)
    except FileNotFoundError:
        return None
    return faults.get(logical_id)


def may_fail(create):
    def run(logical_id, props, stack_name):
        reason = fault_of(logical_id)
        if reason is not None:
            raise ValueError(reason)
        return create(logical_id, props, stack_name)

    return run


def end_with_parent():
    """Also where it is killed and can end nobody."""
    parent = os.getppid()

    def watch():
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


end_with_parent()
add_stubs()
mend_alarms()
mend_cache()
mend_account()
mend_queues()
mend_replacement()
write_journal()
for kind, handler in list(handlers.items()):
    if "create" in handler:
        handlers[kind] = {**handler, "create": may_fail(handler["create"])}

from ministack.app import main  # noqa: E402

main()
