/** After a return: words that say only to whom it goes now. */
import { expect, it } from 'vitest';
import { loadDirectory } from '../../src/organizations/load.js';
import { isRedirect } from '../../src/requests/redirect.js';

const { mentions } = loadDirectory('knowledge/organizations');

it.each([
  ...['那改成执法局,再发一遍', '换成执法局', '那就转给执法局吧', '重新发给执法局', '不是公安局,改给执法局'],
  ...['这个改派执法局办', '让执法局来'],
])('%s', (text) => {
  expect(isRedirect(text, mentions)).toBe(true);
});

it.each([
  ...['执法局管不管流浪狗', '执法局来过了', '那改成执法局和公安局', '能改成执法局吗', '再发一遍'],
  ...['路灯坏了,让执法局来'],
])('not %s', (text) => {
  expect(isRedirect(text, mentions)).toBe(false);
});
