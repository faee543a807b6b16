// Unit tests stand beside what they test: they need `bun:test`, and the pages must not see the rest of Bun.
// oxlint-disable-next-line typescript/triple-slash-reference
/// <reference path="../../../node_modules/bun-types/test.d.ts" />
