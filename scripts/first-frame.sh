#!/usr/bin/env bash
# How long the window takes from its start to its first frame, with software rendering on a virtual screen:
# seven times with an article of 5 KB and seven times with a folder of 100; milliseconds by the clock, sorted.
# The window is shown when its first frame is drawn. Needs: xvfb xdotool (and Mesa's software renderer).
# COPYDESK=path measures a window that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${COPYDESK:-target/release/copydesk}
[ -n "${COPYDESK:-}" ] || cargo build --release --bin copydesk
work=$(mktemp -d)
trap 'kill "${window:-}" "${screen:-}" 2>/dev/null || true; rm -rf "$work"' EXIT

mkdir "$work/wire"
sed 's/<[^>]*>//g' assets/sample-story.html | head -c 5000 > "$work/story.txt"
for i in $(seq 100); do { echo "Story $i"; cat "$work/story.txt"; } > "$work/wire/story-$i.txt"; done

exec 3> "$work/display"
Xvfb -displayfd 3 -screen 0 1280x800x24 -noreset -nolisten tcp 2>/dev/null 3>&3 &
screen=$!
while [ ! -s "$work/display" ]; do sleep 0.1; done
export DISPLAY=":$(cat "$work/display")" LIBGL_ALWAYS_SOFTWARE=1

for articles in "$work/story.txt" "$work/wire"; do
    times=()
    for run in $(seq 7); do
        begin=$(date +%s%N)
        COPYDESK_HOME="$work/home-$run-$(basename "$articles")" "$program" "$articles" &
        window=$!
        until xdotool search --onlyvisible --pid "$window" > /dev/null 2>&1; do
            kill -0 "$window"
            sleep 0.005
        done
        times+=($((($(date +%s%N) - begin) / 1000000)))
        sleep 1
        kill "$window"
        wait "$window" 2>/dev/null || true
    done
    sorted=$(printf '%s\n' "${times[@]}" | sort -n | tr '\n' ' ')
    echo "$(basename "$articles"): $sorted ms, median $(echo "$sorted" | cut -d' ' -f4)"
done
