"""Prints the first page of people. Needs Python 3.8 or later and nothing else.

Wants CLIENT_ID and CLIENT_SECRET; GATEWAY is http://127.0.0.1:4000 unless set.
"""

import json
import os
import sys
from urllib.parse import urlencode
from urllib.request import Request, urlopen

GATEWAY = os.environ.get("GATEWAY", "http://127.0.0.1:4000")

FIRST_PAGE = """
query FirstPage {
  employees(first: 10) {
    nodes {
      id
      firstName
      lastName
    }
  }
}
"""


def token():
    form = {
        "grant_type": "client_credentials",
        "client_id": os.environ["CLIENT_ID"],
        "client_secret": os.environ["CLIENT_SECRET"],
    }
    with urlopen(Request(GATEWAY + "/oauth/token", data=urlencode(form).encode())) as answer:
        return json.load(answer)["access_token"]


def ask(bearer, query, variables=None):
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    headers = {"Authorization": "Bearer " + bearer, "Content-Type": "application/json"}
    with urlopen(Request(GATEWAY + "/graphql", data=body, headers=headers)) as answer:
        return json.load(answer)


def main():
    answer = ask(token(), FIRST_PAGE)
    # A denied attribute answers null and one error: there are data and errors then.
    for error in answer.get("errors", []):
        print(error["extensions"]["code"], error["extensions"].get("coordinate"), error["message"], file=sys.stderr)
    for person in answer["data"]["employees"]["nodes"]:
        print(person["id"], person["firstName"], person["lastName"])


if __name__ == "__main__":
    main()
