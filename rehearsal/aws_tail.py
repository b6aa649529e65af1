"""`aws logs tail`, which only version 2 of the AWS CLI has: the package registry has version 1 alone.

With the same options, over the same call: github.com/aws/aws-cli, awscli/customizations/logs/tail.py, read on 2026-11-29. It does not follow.
"""

import re
import time
from datetime import datetime, timezone

from awscli.customizations.commands import BasicCommand

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


class Tail(BasicCommand):
    NAME = "tail"
    DESCRIPTION = "What is in a log group"
    ARG_TABLE = [
        {"name": "group_name", "positional_arg": True},
        {"name": "since", "default": "10m"},
        {"name": "format", "default": "detailed", "choices": ["detailed", "short", "json", "none"]},
        {"name": "filter-pattern"},
        {"name": "log-stream-names", "nargs": "+"},
        {"name": "log-stream-name-prefix"},
    ]

    def _run_main(self, given, options):
        since = re.fullmatch(r"(\d+)([smhdw])", given.since)
        if since is None:
            raise ValueError(f"--since {given.since}: a number and one of {', '.join(SECONDS)} is expected here")
        client = self._session.create_client("logs", region_name=options.region, endpoint_url=options.endpoint_url)
        asked = {
            "filterPattern": given.filter_pattern,
            "logStreamNames": given.log_stream_names,
            "logStreamNamePrefix": given.log_stream_name_prefix,
        }
        start = int((time.time() - int(since[1]) * SECONDS[since[2]]) * 1000)
        pages = client.get_paginator("filter_log_events").paginate(
            logGroupName=given.group_name, interleaved=True, startTime=start, **{key: value for key, value in asked.items() if value is not None}
        )
        for page in pages:
            for event in page["events"]:
                moment = datetime.fromtimestamp(event["timestamp"] / 1000, timezone.utc)
                print(moment.strftime("%Y-%m-%dT%H:%M:%S"), event["message"].rstrip())
        return 0


def add_tail(driver):
    def add(command_table, session, **_):
        assert "tail" not in command_table, "the AWS CLI has tail now: take aws_tail.py out"
        command_table["tail"] = Tail(session)

    driver.session.register("building-command-table.logs", add)
