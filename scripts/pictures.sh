#!/usr/bin/env bash
# Takes the pictures of README.md and the guide anew: builds the window, shows the sample story on a
# virtual screen, presses keys as an editor would, and keeps what is to be seen.
# Needs: xvfb xdotool imagemagick (and Mesa's software renderer). COPYDESK=path shows a window that is built already.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${COPYDESK:-target/release/copydesk}
[ -n "${COPYDESK:-}" ] || cargo build --release --bin copydesk
work=$(mktemp -d)
trap 'kill "${window:-}" "${screen:-}" 2>/dev/null || true; rm -rf "$work"' EXIT

# picture NAME THEME SIZE FILE KEY…   (no file: the sample story)
picture() {
    local name=$1 theme=$2 size=$3 file=$4
    shift 4
    local home="$work/$name"
    mkdir -p "$home"
    printf 'name = "Anna"\ntheme = "%s"\nknows-keys = true\n' "$theme" > "$home/settings.toml"
    exec 3> "$work/display"
    Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp 2>/dev/null 3>&3 &
    screen=$!
    while [ ! -s "$work/display" ]; do sleep 0.1; done
    export DISPLAY=":$(cat "$work/display")" LIBGL_ALWAYS_SOFTWARE=1
    COPYDESK_HOME=$home "$program" ${file:+"$file"} &
    window=$!
    local id=
    while [ -z "$id" ]; do
        sleep 0.2
        id=$(xdotool search --onlyvisible --pid "$window" 2>/dev/null | tail -1 || true)
    done
    xdotool windowmove "$id" 0 0 windowsize "$id" "${size%x*}" "${size#*x}" windowfocus "$id"
    sleep 1
    for key in "$@"; do
        xdotool key "$key"
        sleep 0.3
    done
    sleep 8 # notices go by themselves
    import -window root "docs/$name.png"
    mogrify -strip +dither -colors 255 -define png:compression-level=9 "docs/$name.png"
    kill "$window" "$screen"
    wait "$window" "$screen" 2>/dev/null || true
    : > "$work/display"
    echo "docs/$name.png"
}

mkdir -p docs
picture window-review light 1280x800 "" a
picture window-compare light 1280x800 "" a a a a x a a a d
picture window-dark dark 1280x800 "" a a a j
picture window-words light 1280x800 "" a a x a j w alt+2
picture window-narrow light 900x700 "" j
# The program opens the source that lies beside a story.
mkdir "$work/story"
cp assets/sample-story.html "$work/story/"
cp docs/sample-story.ar.html "$work/story/sample-story.ar.html"
picture window-source light 1400x800 "$work/story/sample-story.html" a j
