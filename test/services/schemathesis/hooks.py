"""Who asks, and from where; run.ts gives the variables."""

import base64
import binascii
import itertools
import json
import os
import re

import schemathesis

ADDRESS_HEADER = os.environ["VIEWER_ADDRESS_HEADER"]
SESSION_COOKIE = os.environ["SESSION_COOKIE"]

# Things that are there; what is made up is not.
# The user is nobody, so that nobody is logged out.
KNOWN_IDS = {"productId": os.environ["PRODUCT_ID"], "orderId": os.environ["ORDER_ID"], "userId": os.environ["PRODUCT_ID"]}
# What operators write is not what customers buy here.
WRITTEN_IDS = {name: os.environ[variable] for name, variable in {
    "productId": "WRITTEN_PRODUCT_ID",
    "brandId": "BRAND_ID",
    "categoryId": "CATEGORY_ID",
}.items()}
UUID = re.compile(r"[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$", re.IGNORECASE)

requests = itertools.count(1)


@schemathesis.hook
def before_call(context, case, kwargs):
    number = next(requests)
    case.headers[ADDRESS_HEADER] = address(number)
    if number % 2 == 0:
        ask_for_what_is_there(case)
    if case.meta.generation.mode.is_positive:
        take_nul_out(case.body)
        take_early_end_out(case.body)
    if case.meta.generation.mode.is_positive and case.query:
        take_made_up_cursor_out(case.query)
        if case.operation.label == "GET /api/v1/products":
            take_contradictions_out(case.query)


def address(number):
    """Each request from another one, as the CDN would say, so that no limit ends the run."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def ask_for_what_is_there(case):
    """Not instead of what should be refused."""
    for name, value in (case.path_parameters or {}).items():
        if UUID.match(str(value)):
            known = WRITTEN_IDS if "Products" in case.operation.tags else KNOWN_IDS
            case.path_parameters[name] = known.get(name, value)


def take_nul_out(body):
    """At any depth, which the document cannot say: PostgreSQL's JSON has no such character."""
    if isinstance(body, dict) and "\\u0000" in json.dumps(body.get("attributes")):
        del body["attributes"]


def take_early_end_out(body):
    """The document cannot say that something ends after it begins, which is now where nothing else is said."""
    if isinstance(body, dict) and str(body.get("endsAt") or "9999") <= str(body.get("startsAt") or "2100"):
        del body["endsAt"]


def take_made_up_cursor_out(query):
    """A cursor is a text that the API gave."""
    if "cursor" in query and not is_cursor(query["cursor"]):
        del query["cursor"]


def is_cursor(text):
    try:
        return isinstance(json.loads(base64.urlsafe_b64decode(str(text) + "==")), list)
    except (binascii.Error, ValueError):
        return False


def take_contradictions_out(query):
    """What the document cannot say: a number of a page goes with no cursor, the best fit only with a search, and this with no prefix."""
    if "cursor" in query:
        query.pop("page", None)
    if "search" in query:
        query.pop("prefix", None)
    if "search" not in query and query.get("sort") == "relevance":
        del query["sort"]


class Session:
    """A logged-in user; the check of ignored log-ins leaves the cookie out, or makes one up."""

    variable: str

    def get(self, case, context):
        return os.environ[self.variable]

    def set(self, case, data, context):
        case.cookies = {**(case.cookies or {}), SESSION_COOKIE: data}


@schemathesis.auth(refresh_interval=None).apply_to(tag=["Account", "Notifications", "Cart", "Orders", "Files"]).apply_to(operation_id=["getSession", "putReview", "deleteReview", "listOwnReviews", "takeGuestCart"])
class CustomerSession(Session):
    variable = "CUSTOMER_SESSION"


@schemathesis.auth(refresh_interval=None).apply_to(tag=["Operations", "Products", "Pictures", "Analytics"]).apply_to(operation_id=["createDiscountCode", "listDiscountCodes", "changeDiscountCode", "listManagedReviews", "hideReview", "showReview"])
class AdminSession(Session):
    variable = "ADMIN_SESSION"


@schemathesis.auth(refresh_interval=None).apply_to(operation_id=["logOut", "endSessions"])
class SessionToEnd(Session):
    """Logging out ends the session that it is called with."""

    variable = "SESSION_TO_END"
