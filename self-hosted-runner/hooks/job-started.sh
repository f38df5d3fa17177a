#!/bin/sh
# Before each job of a GitHub runner (ACTIONS_RUNNER_HOOK_JOB_STARTED): admits the workflow files that
# ../allowed-workflows names, on main and for the events it names; refuses all else, and every pull request.
#
# The runner sets GITHUB_* for this script after everything else and gives it nothing of a workflow's own env:, so a
# workflow can't choose what is read here. Its branch and file names are free text all the same: they are only compared,
# and only printed through `shown`.
set -eu
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
list=${0%/*}/../allowed-workflows
branch=refs/heads/main
problems=''

# What can't hold a newline, a workflow command or an escape sequence, at most 200 characters of it
shown() {
  printf '%s' "$1" | tr -c 'A-Za-z0-9._/@+-' '?' | cut -c 1-200
}

problem() {
  problems="$problems  $1
"
}

for name in GITHUB_REPOSITORY GITHUB_WORKFLOW_REF GITHUB_REF GITHUB_EVENT_NAME; do
  eval "value=\${$name:-}"
  [ -n "$value" ] || problem "$name: is not set, expected what the runner sets for each job: update the runner"
done
repository=${GITHUB_REPOSITORY:-}
workflow_ref=${GITHUB_WORKFLOW_REF:-}
ref=${GITHUB_REF:-}
event=${GITHUB_EVENT_NAME:-}

# head and base ref are set for pull requests only
case "$event" in
  pull_request*) problem "GITHUB_EVENT_NAME: is $(shown "$event"): a pull request never runs here: use another runner for it" ;;
  *)
    if [ -n "${GITHUB_HEAD_REF:-}${GITHUB_BASE_REF:-}" ]; then
      problem "GITHUB_HEAD_REF: is $(shown "${GITHUB_HEAD_REF:-}"): a pull request never runs here: use another runner for it"
    fi
    ;;
esac

if [ "$ref" != "$branch" ]; then
  problem "GITHUB_REF: is $(shown "$ref"), expected $branch: start the workflow on main"
fi

admitted=no
known=no
if [ -r "$list" ]; then
  number=0
  while read -r repo file events rest || [ -n "${repo:-}" ]; do
    number=$((number + 1))
    case "$repo" in '' | '#'*) continue ;; esac
    if [ -z "$events" ] || [ -n "$rest" ]; then
      problem "allowed-workflows:$number: expected OWNER/NAME FILE EVENT[,EVENT]: mend the line"
      continue
    fi
    if [ "$repository" = "$repo" ] && [ "$workflow_ref" = "$repo/$file@$branch" ]; then
      known=yes
      # an event is a plain word, so that none can hold the comma that parts them
      case "$event" in *[!a-z_]* | '') ;; *)
        case ",$events," in *",$event,"*) admitted=yes ;; esac
        ;;
      esac
    fi
  done < "$list"
  if [ "$known" = no ]; then
    problem "GITHUB_WORKFLOW_REF: is $(shown "$workflow_ref") of $(shown "$repository"), which allowed-workflows does not name on $branch: use a workflow it names, or add it on this host"
  elif [ "$admitted" = no ]; then
    problem "GITHUB_EVENT_NAME: is $(shown "$event"), which allowed-workflows does not name for this workflow: start it as the file says"
  fi
else
  problem "allowed-workflows: can't be read, expected the list of workflows that may run here: batchledger doctor --runner tells more"
fi

if [ -z "$problems" ]; then
  echo "admitted: $(shown "$workflow_ref")"
  exit 0
fi

printf 'refused: this runner does not run this job\n%s' "$problems"
# the operator finds it in the journal too, where there is one
printf 'refused a job\n%s' "$problems" | logger -t batchledger-job-started 2> /dev/null || true

# GitHub's runner goes on to steps with `if: always()` after this script failed; a worker that is gone runs none
worker=$PPID
if [ "$(cat "/proc/$worker/comm" 2> /dev/null || true)" = Runner.Worker ]; then
  echo "ending the job's worker, so that no step runs"
  sleep 3
  kill -s KILL "$worker"
fi
exit 1
