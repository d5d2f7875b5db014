#!/usr/bin/env bash
# Starts the studio of a workspace, asks for its first page, and ends it. Without the token it answers 401, which no other program would.
# usage: studio-answers.sh WORKSPACE
set -euo pipefail
port=8765
smirk studio "$1" --no-browser --port "$port" >studio.txt &
studio=$!
trap 'kill "$studio" 2>/dev/null || true' EXIT
for _ in $(seq 50); do
    ! grep -q '^studio:' studio.txt || break
    sleep 0.2
done
exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET / HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$port" >&3
head -n 1 <&3 | grep -q ' 401 '
# A script's children ignore SIGINT.
kill -TERM "$studio"
wait "$studio"
