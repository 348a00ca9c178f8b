#!/bin/sh
# Prints the first page of people as JSON. Wants CLIENT_ID and CLIENT_SECRET; GATEWAY is http://127.0.0.1:4000 unless set.
set -eu
gateway=${GATEWAY:-http://127.0.0.1:4000}
operation='{ employees(first: 10) { totalCount nodes { id firstName lastName } pageInfo { hasNextPage endCursor } } }'

# Secret and token go through the standard input: everybody on a machine can see the arguments of its processes.
token=$(printf 'user = "%s:%s"\n' "$CLIENT_ID" "$CLIENT_SECRET" |
  curl -sS -f --config - -d grant_type=client_credentials "$gateway/oauth/token" |
  sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')

printf 'header = "Authorization: Bearer %s"\n' "$token" |
  curl -sS -f --config - -H 'Content-Type: application/json' -d "{\"query\": \"$operation\"}" "$gateway/graphql"
echo
