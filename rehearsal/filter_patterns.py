"""Filter patterns of CloudWatch Logs for JSON, which the emulator takes each for true, and prefixes of log streams, which it does not look at.

As far as the documents use them: conditions joined by && or by ||. docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html, read 2026-11-29.
"""

import fnmatch
import inspect
import json
import operator
import re

from ministack.core.responses import error_response_json
from ministack.services import cloudwatch_logs as logs

CONDITION = re.compile(r'\$\.([\w.]+)\s+(?:(=|!=|<=|>=|<|>)\s+("[^"]*"|-?\d+(?:\.\d+)?)|IS\s+(TRUE|FALSE|NULL))')
NUMBERS = {"=": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
FIXED = {"TRUE": True, "FALSE": False, "NULL": None}
MISSING = object()


def field(event, path):
    for name in path.split("."):
        event = event.get(name, MISSING) if isinstance(event, dict) else MISSING
    return event


def holds(condition, event):
    path, sign, value, fixed = condition.groups()
    found = field(event, path)
    if fixed is not None:
        return found is FIXED[fixed]
    if value.startswith('"'):
        return isinstance(found, str) and fnmatch.fnmatchcase(found, value[1:-1]) is (sign == "=")
    return isinstance(found, (int, float)) and not isinstance(found, bool) and NUMBERS[sign](found, float(value))


def compiled(pattern):
    """Raises ValueError where it is none."""
    inner = re.fullmatch(r"\{\s*(.*?)\s*\}", pattern.strip())
    texts = re.split(r"\s+(&&|\|\|)\s+", inner[1]) if inner else [""]
    conditions, joints = [CONDITION.fullmatch(text) for text in texts[::2]], set(texts[1::2])
    if None in conditions or len(joints) > 1 or any(one[2] not in ("=", "!=", None) and one[3].startswith('"') for one in conditions):
        raise ValueError(f"Invalid filter pattern: {pattern}")
    every = any if "||" in joints else all

    def matches(message):
        try:
            event = json.loads(message)
        except ValueError:
            return False
        return every(holds(one, event) for one in conditions)

    return matches


def mend_filter_patterns():
    real_compile, real_filter = logs._compile_filter_pattern, logs._filter_log_events
    assert "treat as match-all" in inspect.getsource(real_compile), "the emulator reads JSON patterns now: see whether filter_patterns.py is needed"
    assert "logStreamNamePrefix" not in inspect.getsource(real_filter), "the emulator knows prefixes of streams now: see whether they are mended"

    def compile_pattern(raw):
        return compiled(raw) if (raw or "").strip().startswith("{") else real_compile(raw)

    def filter_events(data):
        streams = logs._log_groups.get(logs._resolve_log_group_name(data), {}).get("streams", {})
        prefix = data.get("logStreamNamePrefix")
        # A name that no stream has, where the prefix is nobody's: an empty list would stand for all.
        named = {} if prefix is None else {"logStreamNames": [name for name in streams if name.startswith(prefix)] or [prefix]}
        try:
            return real_filter({**data, **named})
        except ValueError as error:
            return error_response_json("InvalidParameterException", str(error), 400)

    logs._compile_filter_pattern, logs._filter_log_events = compile_pattern, filter_events
