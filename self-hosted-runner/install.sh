#!/bin/sh
# Users, folders, hooks and services of the two runners of one host. May be repeated: what is there is kept, and what an
# operator may have changed (environment files, the list of workflows) is never overwritten.
set -eu
export LC_ALL=C
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
forge='' repository='' name=$(uname -n | cut -d . -f 1) root='' dry=no changes=0

usage() {
  cat << 'END'
Usage: install.sh --forge github|gitea --repository OWNER/NAME [--name HOST] [--root DIR] [--dry-run]

  --forge        which runner the services start
  --repository   the one repository whose workflows may use them
  --name         the host's name in the label host-NAME (default: this host's)
  --root         install below DIR instead of /, for an image
  --dry-run      say what would be done; changes nothing, needs no root
END
}

fail() {
  echo "install.sh: $1" >&2
  exit 2
}

while [ $# -gt 0 ]; do
  case "$1" in
    --forge | --repository | --name | --root)
      case "${2:-}" in '' | -*) fail "$1: needs a value" ;; esac
      case "$1" in
        --forge) forge=$2 ;;
        --repository) repository=$2 ;;
        --name) name=$2 ;;
        --root) root=${2%/} ;;
      esac
      shift 2
      ;;
    --dry-run) dry=yes && shift ;;
    -h | --help) usage && exit 0 ;;
    *) usage >&2 && fail "$1: is no option" ;;
  esac
done

case "$forge" in github | gitea) ;; *) usage >&2 && fail "--forge: is '$forge', expected github or gitea" ;; esac
case "$repository" in
  *[!A-Za-z0-9._/-]* | */*/* | /* | */ | '') fail "--repository: is '$repository', expected OWNER/NAME" ;;
  */*) ;;
  *) fail "--repository: is '$repository', expected OWNER/NAME" ;;
esac
case "$root" in '' | /*) ;; *) fail "--root: is '$root', expected an absolute path" ;; esac
case "$name" in *[!A-Za-z0-9-]* | '' | -*) fail "--name: is '$name', expected letters, digits and dashes" ;; esac
if [ "$dry" = no ] && [ "$(id -u)" != 0 ]; then fail 'makes users and services: run it as root, or with --dry-run'; fi

say() {
  printf '%-8s %s\n' "$1" "$2"
}

# do_it WHAT COMMAND…: says it, and does it unless it is a dry run
do_it() {
  changes=$((changes + 1))
  if [ "$dry" = yes ]; then
    say would "$1"
  else
    what=$1
    shift
    "$@"
    say made "$what"
  fi
}

# id_of FILE NAME: the number of a user or group below the root; a name that is still to be made in a dry run
id_of() {
  if [ "$2" = root ]; then
    printf 0
    return
  fi
  number=$(sed -n "s/^$2:[^:]*:\([0-9]*\).*/\1/p" "$root/etc/$1" 2> /dev/null | head -n 1)
  printf '%s' "${number:-$2}"
}

has() {
  grep -q "^$2:" "$root/etc/$1" 2> /dev/null
}

with_prefix() {
  program=$1
  shift
  if [ -n "$root" ]; then "$program" --prefix "$root" "$@"; else "$program" "$@"; fi
}

ensure_group() {
  if has group "$1"; then say kept "group $1"; else do_it "group $1" with_prefix groupadd --system "$1"; fi
}

ensure_user() {
  if has passwd "$1"; then
    say kept "user $1"
  else
    do_it "user $1" with_prefix useradd --system --gid batchledger --home-dir "$2" --no-create-home \
      --shell /usr/sbin/nologin "$1"
  fi
}

# ensure_folder PATH MODE USER GROUP
ensure_folder() {
  user=$(id_of passwd "$3")
  group=$(id_of group "$4")
  if [ "$(stat -c '%a %u %g' "$root$1" 2> /dev/null)" = "$2 $user $group" ]; then
    say kept "$1/"
  else
    do_it "$1/ ($2, $3:$4)" install -d -m "$2" -o "$user" -g "$group" "$root$1"
  fi
}

filled() {
  sed -e "s|@REPOSITORY@|$repository|g" -e "s|@NAME@|$name|g" -e "s|@ROLE@|${role:-}|g" "$1"
}

write_file() {
  filled "$1" | install -m "$3" /dev/stdin "$root$2"
}

# ensure_file FROM TO MODE: ours, overwritten when it differs; own changes to a service belong into a drop-in of their own
ensure_file() {
  if filled "$here/$1" | cmp -s - "$root$2"; then say kept "$2"; else do_it "$2" write_file "$here/$1" "$2" "$3"; fi
}

# keep_file FROM TO MODE: the operator's, once it is there
keep_file() {
  if [ -e "$root$2" ]; then say kept "$2"; else do_it "$2" write_file "$here/$1" "$2" "$3"; fi
}

ensure_group batchledger
ensure_user batchledger-gpu /var/lib/batchledger/gpu
ensure_user batchledger-publish /var/lib/batchledger/publish

ensure_folder /var/lib/batchledger 755 root root
ensure_folder /var/lib/batchledger/spool 2770 root batchledger
ensure_folder /var/lib/batchledger/lfs 700 batchledger-publish batchledger
ensure_folder /var/lib/batchledger/site 700 batchledger-publish batchledger
ensure_folder /etc/batchledger 755 root root
ensure_folder /etc/batchledger/hooks 755 root root
ensure_folder /opt/batchledger 755 root root
units=/etc/systemd/system
ensure_folder "$units/batchledger-runner@.service.d" 755 root root
for role in gpu publish; do
  ensure_folder "/var/lib/batchledger/$role" 700 "batchledger-$role" batchledger
  if [ "$forge" = github ]; then
    for part in '' /_work /_diag; do
      ensure_folder "/opt/batchledger/runner-$role$part" 700 "batchledger-$role" batchledger
    done
  else
    ensure_folder "/var/lib/batchledger/$role/work" 700 "batchledger-$role" batchledger
    keep_file etc/gitea-runner.yaml "/etc/batchledger/gitea-$role.yaml" 644
  fi
  keep_file "etc/runner-$role.env" "/etc/batchledger/runner-$role.env" 644
  ensure_folder "$units/batchledger-runner@$role.service.d" 755 root root
  ensure_file "units/$role.conf" "$units/batchledger-runner@$role.service.d/$role.conf" 644
done

ensure_file hooks/job-started.sh /etc/batchledger/hooks/job-started.sh 755
ensure_file hooks/job-completed.sh /etc/batchledger/hooks/job-completed.sh 755
keep_file etc/allowed-workflows /etc/batchledger/allowed-workflows 644
ensure_file "units/$forge/batchledger-runner@.service" "$units/batchledger-runner@.service" 644
ensure_file units/hardening.conf "$units/batchledger-runner@.service.d/hardening.conf" 644
ensure_file etc/tmpfiles.conf /etc/tmpfiles.d/batchledger.conf 644

if [ "$changes" = 0 ]; then
  echo 'nothing to do'
elif [ "$dry" = yes ]; then
  echo "$changes changes would be made"
else
  echo "$changes changes made"
  if [ -z "$root" ] && [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
  echo 'next: Node, the runner and its registration, then the services: README.md beside this script'
fi
