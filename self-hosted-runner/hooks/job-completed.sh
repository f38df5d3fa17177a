#!/bin/sh
# After each job (ACTIONS_RUNNER_HOOK_JOB_COMPLETED; ExecStopPost= of Gitea's service): ends engines that a job left
# behind. An engine is a process group whose leader `batchledger run` noted in its run's folder of the spool, by pid and
# start time (engine.pid: {"pid":1,"ticks":"2"}). It is left behind when nobody alive holds that run's lock. Nothing is
# ever looked up by name.
set -eu
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
spool=${BATCHLEDGER_SPOOL:-}
if [ -z "$spool" ] || [ ! -d "$spool" ]; then
  echo 'BATCHLEDGER_SPOOL: names no folder, expected the spool: set it in the runner environment file'
  exit 1
fi

# The fields of /proc/PID/stat after the name, which may hold spaces and parentheses: state ppid pgrp … [proc(5)]
fields() {
  stat=$(cat "/proc/$1/stat" 2> /dev/null) || return 1
  printf '%s' "${stat##*) }"
}

# field NUMBER of proc(5), for a number above 2
field() {
  printf '%s' "$1" | cut -d ' ' -f $(($2 - 2))
}

# the process lives and started at these ticks since boot
is_same() {
  stat=$(fields "$1") || return 1
  [ "$(field "$stat" 3)" != Z ] && [ "$(field "$stat" 22)" = "$2" ]
}

# value KEY FILE: of one line of flat JSON; nothing where it isn't plain
value() {
  sed -n 's/^{\(.*,\)\{0,1\}"'"$1"'":"\{0,1\}\([A-Za-z0-9._-]\{1,64\}\)"\{0,1\}[,}].*$/\2/p' "$2" 2> /dev/null | head -n 1
}

is_number() {
  case "$1" in '' | *[!0-9]* | 0*) return 1 ;; *) return 0 ;; esac
}

# What can't hold a newline or a workflow command
shown() {
  printf '%s' "$1" | tr -c 'A-Za-z0-9._/@+-' '?' | cut -c 1-200
}

is_held() {
  host=$(value host "$1/lock")
  pid=$(value pid "$1/lock")
  # no lock, or one that its process could not finish writing
  if [ -z "$host" ] || ! is_number "$pid"; then return 1; fi
  # another host's run is none of ours
  [ "$host" = "$(uname -n)" ] || return 0
  is_same "$pid" "$(value ticks "$1/lock")"
}

for note in "$spool"/*/engine.pid; do
  if [ ! -f "$note" ] || [ -L "$note" ]; then continue; fi
  folder=${note%/*}
  run=$(shown "${folder##*/}")
  engine=$(value pid "$note")
  engine_ticks=$(value ticks "$note")
  if ! is_number "$engine" || ! is_number "$engine_ticks" || ! is_same "$engine" "$engine_ticks"; then continue; fi
  # only a group of its own, and only of our own user
  if [ "$(field "$(fields "$engine")" 5)" != "$engine" ]; then continue; fi
  if [ "$(stat -c %u "/proc/$engine" 2> /dev/null || true)" != "$(id -u)" ]; then continue; fi
  if is_held "$folder"; then
    echo "engine $engine of $run: its run goes on, left alone"
    continue
  fi
  echo "engine $engine of $run: left behind, ending its process group"
  kill -s TERM -- "-$engine" 2> /dev/null || true
  tries=0
  while [ $tries -lt 50 ] && is_same "$engine" "$engine_ticks"; do
    sleep 0.1
    tries=$((tries + 1))
  done
  # its children too, and what ignored the first signal
  kill -s KILL -- "-$engine" 2> /dev/null || true
  rm -f "$note"
done
