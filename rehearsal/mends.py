"""What the emulator lacks of AWS, or gets wrong, as far as a store meets it; launch.py calls each.

Each place that is mended asserts first that it still is as it was mended for: a new version fails here, and not later.
"""

import inspect
import json
import os
import uuid

from ministack import app
from ministack.core import router
from ministack.core.responses import error_response_json, json_response
from ministack.services import alb, backup, cloudfront, ec2, ecr, elasticache, iam, rds, sqs
from ministack.services.cloudformation import provisioners, stacks

handlers = provisioners._RESOURCE_HANDLERS


def control(key):
    """What goes wrong now: see launch.py."""
    try:
        with open(os.environ["REHEARSAL_CONTROL"]) as file:
            return json.load(file).get(key, {})
    except FileNotFoundError:
        return {}


def stub(spec):
    """A resource that is only written down: its physical name, and an answer to every attribute."""

    def answers(physical_id):
        arn = f"arn:aws:emulated:us-east-1:000000000000:stub:{physical_id}"
        other = {name: f"{physical_id}.{name}" for name in spec.get("attributes", [])}
        return {**other, **{name: arn for name in other if name.endswith("Arn")}, **({"Id": physical_id} if "Id" in other else {})}

    def create(logical_id, props, stack_name):
        named = next((props[key] for key in spec.get("name", []) if isinstance(props.get(key), str)), None)
        physical_id = named or f"{spec.get('prefix', stack_name + '-' + logical_id)}-{uuid.uuid4().hex[:17]}"
        return physical_id, answers(physical_id)

    def update(physical_id, old_props, new_props, *rest):
        return physical_id, answers(physical_id)

    return {"create": create, "update": update, "delete": lambda physical_id, props, *rest: None}


def add_stubs(stubs_file):
    with open(stubs_file) as file:
        stubs = json.load(file)
    known = [kind for kind in stubs if kind in handlers]
    assert not known, f"the emulator has {known} now: take them out of stubs.json"
    for kind, spec in stubs.items():
        handlers[kind] = stub(spec)


def mend_origins():
    """CloudFront's own API has to know the VPC origins that are only written down."""
    kind = "AWS::CloudFront::VpcOrigin"
    written = handlers[kind]

    def create(*given):
        physical_id, attributes = written["create"](*given)
        cloudfront._vpc_origins[physical_id] = {"Id": physical_id}
        return physical_id, attributes

    def delete(physical_id, *rest):
        cloudfront._vpc_origins.pop(physical_id, None)

    handlers[kind] = {**written, "create": create, "delete": delete}


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
    ec2._az_id_for_zone_name = lambda name: control("zones").get(name) or ("use1-az4" if name == "us-east-1c" else ids(name))
    lists = ec2._aws_pl_id_from_name
    ec2._aws_pl_id_from_name = lambda name: "pl-3b927c52" if name.endswith("global.cloudfront.origin-facing") else lists(name)

    def offers(query):
        one = query.get("DBInstanceClass")
        name = one[0] if isinstance(one, list) else one
        sold = control("classes").get(name, "abc")
        zones = "".join(f"<AvailabilityZone><Name>us-east-1{letter}</Name></AvailabilityZone>" for letter in sold)
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


def add_quotas():
    """Service Quotas, which the emulator lacks. AWS knows no value of a quota that nobody has raised."""
    assert "servicequotas" not in app.SERVICE_HANDLERS, "the emulator has Service Quotas now: take add_quotas out"

    async def handle(method, path, headers, body, query):
        code = json.loads(body)["QuotaCode"]
        value = control("quotas").get(code)
        if headers["x-amz-target"].endswith(".RequestServiceQuotaIncrease"):
            answer = {"RequestedQuota": {"Status": "PENDING"}}
        elif value is None:
            return error_response_json("NoSuchResourceException", f"no quota {code}", 400)
        else:
            answer = {"Quota": {"Value": value}}
        return 200, {"Content-Type": "application/x-amz-json-1.1"}, json.dumps(answer).encode()

    router.SERVICE_PATTERNS["servicequotas"] = {"target_prefixes": ["ServiceQuotasV20190624"]}
    app.SERVICE_HANDLERS["servicequotas"] = handle


def add_cache_offerings():
    """Reservations of nodes, which the emulator lacks: every class is sold."""
    real = elasticache.handle_request
    action = "DescribeReservedCacheNodesOfferings"
    assert action not in inspect.getsource(elasticache), "the emulator has reserved nodes now: take add_cache_offerings out"

    async def mended(method, path, headers, body, query):
        if f"Action={action}".encode() not in (body or b""):
            return await real(method, path, headers, body, query)
        inner = "<ReservedCacheNodesOffering><Duration>31536000</Duration></ReservedCacheNodesOffering>"
        result = f"<ReservedCacheNodesOfferings>{inner}</ReservedCacheNodesOfferings>"
        return elasticache._xml(200, f"{action}Response", f"<{action}Result>{result}</{action}Result>")

    elasticache.handle_request = mended


def mend_deletion():
    """What is protected is deleted all the same, by CloudFormation and by the balancer's own call."""
    assert "DeletionProtection" not in inspect.getsource(provisioners._rds_db_instance_delete), "databases are protected now"
    assert "deletion_protection" not in inspect.getsource(provisioners._elbv2_load_balancer_delete), "balancers are protected now"
    assert "deletion_protection" not in inspect.getsource(alb._delete_lb), "balancers are protected now"

    def database(physical_id):
        if (rds._instances.get(physical_id) or {}).get("DeletionProtection"):
            return "Cannot delete protected DB Instance, please disable deletion protection and try again."
        return None

    def balancer(arn):
        attributes = {one["Key"]: one["Value"] for one in alb._lb_attrs.get(arn) or []}
        if attributes.get("deletion_protection.enabled") == "true":
            return f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        return None

    for kind, protected in (("AWS::RDS::DBInstance", database), ("AWS::ElasticLoadBalancingV2::LoadBalancer", balancer)):
        handlers[kind] = {**handlers[kind], "delete": refusing(handlers[kind]["delete"], protected)}

    delete = alb._delete_lb

    def by_call(params):
        arn = alb._p(params, "LoadBalancerArn")
        reason = balancer(arn)
        return alb._error("OperationNotPermitted", reason) if reason else delete(params)

    actions = actions_of(alb, "DeleteLoadBalancer")
    assert actions["DeleteLoadBalancer"] is delete, "the emulator deletes balancers elsewhere now"
    actions["DeleteLoadBalancer"] = by_call


def refusing(delete, reason_of):
    def run(physical_id, *rest):
        reason = reason_of(physical_id)
        if reason is not None:
            raise ValueError(reason)
        return delete(physical_id, *rest)

    return run


def mend_dependencies():
    """What something else uses is deleted all the same; of all that AWS refuses, what stands in the way of a store's deletion."""
    mended = {
        "AWS::EC2::Subnet": lambda name: (
            f"The subnet '{name}' has dependencies and cannot be deleted."
            if any(name in one["Subnets"] for one in alb._lbs.values())
            else None
        ),
        "AWS::EC2::SecurityGroup": lambda name: (
            f"resource {name} has a dependent object"
            if any(name in one["SecurityGroups"] for one in alb._lbs.values())
            else None
        ),
        "AWS::CloudFront::VpcOrigin": lambda name: (
            "The VPC origin is currently in use by one or more distributions."
            if any(name in one["config_xml"] for one in cloudfront._distributions.values())
            else None
        ),
    }
    for kind, reason_of in mended.items():
        assert "_lbs" not in inspect.getsource(handlers[kind]["delete"]), f"dependencies of {kind} are known now"
        handlers[kind] = {**handlers[kind], "delete": refusing(handlers[kind]["delete"], reason_of)}


def mend_rollback():
    """What a rollback could not delete is in the stack no more."""
    real = stacks._roll_back_operation
    source = inspect.getsource(real)
    assert source.count("provisioned_resources.pop(logical_id, None)") == 3, "a rollback keeps what it cannot delete now"

    async def mended(stack_name, stack_id, stack, operation, *rest):
        await real(stack_name, stack_id, stack, operation, *rest)
        if stack["StackStatus"] == "ROLLBACK_FAILED":
            for logical_id, record in stack["_rollback_failed"].items():
                kept = {"ResourceStatus": "DELETE_FAILED", "LogicalResourceId": logical_id, "Attributes": {}}
                stack["_resources"][logical_id] = {**record, **kept, "Timestamp": stacks.now_iso()}

    stacks._roll_back_operation = mended


def add_vault_policies():
    """DeleteBackupVaultAccessPolicy and DeleteRecoveryPoint are unknown; there are no recovery points."""
    real = backup.handle_request
    assert "delete_vault_access_policy" not in inspect.getsource(backup), "the emulator deletes policies of vaults now"

    async def mended(method, path, headers, body, query):
        if method == "DELETE" and path.endswith("/access-policy"):
            return 200, {"Content-Type": "application/json"}, b""
        return await real(method, path, headers, body, query)

    backup.handle_request = mended
