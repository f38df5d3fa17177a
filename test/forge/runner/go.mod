// Gitea's Actions runner as a tool of a module of our own; see build-forge.ts.
module batchledger.test/forge/runner

go 1.26.2

tool gitea.com/gitea/runner

require gitea.com/gitea/runner v1.0.8
