set -e
klantbeeld demo --fresh --port 0 > demo.log & demo=$!
trap 'kill $demo && wait $demo' EXIT
trap 'exit 143' TERM INT # or a job that is cancelled leaves it running
until grep -qs '^GraphQL: ' demo.log; do kill -0 $demo; sleep 0.5; done
address=$(sed -n 's/^GraphQL: //p' demo.log)
token=$(curl -sf "${address%/graphql}/voorbeeld/logins.json" |
  python3 -c 'import json; print(*(x["token"] for x in json.load(open(0)) if x["name"] == "klant"))')
curl -sf "$address" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
  -d '{"query": "{ mijnKlantbeeld { partij { nummer } } }"}'
