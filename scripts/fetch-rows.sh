#!/bin/sh
# Fetches the LFS objects of the checkout that are not here yet, into a store that outlives the workspace.
# The store is laid out as verify-results has it, so that what one fetched the other finds.
# Reads: TOKEN, GITHUB_SERVER_URL, BATCHLEDGER_LFS_STORE (a folder; the checkout's own store unless set), EXCLUDE (paths
# that are not wanted).
set -eu
auth=$(printf 'x-access-token:%s' "$TOKEN" | base64 | tr -d '\n')
# in the environment, where no other user's process list shows it
export GIT_CONFIG_COUNT=1
export GIT_CONFIG_KEY_0="http.$GITHUB_SERVER_URL/.extraheader"
export GIT_CONFIG_VALUE_0="AUTHORIZATION: basic $auth"
if [ -n "${BATCHLEDGER_LFS_STORE:-}" ]; then git config lfs.storage "$BATCHLEDGER_LFS_STORE/lfs"; fi
git lfs install --local --skip-smudge
git lfs pull ${EXCLUDE:+--exclude "$EXCLUDE"}
