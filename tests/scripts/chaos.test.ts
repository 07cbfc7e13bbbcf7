/** The chaos harness: what its oracle counts, and a short run of the real program. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { isFailed, judge, type Expected } from '../../scripts/chaos-oracle.js';
import { createDialogue, createRandom } from '../../scripts/chaos-talk.js';

const CHAOS = 'dist/scripts/chaos.js';
const RUN_MS = 300_000;
const run = promisify(execFile);

const answer = (key: string, seenAt: number[], more: Partial<Expected> = {}): Expected => ({
  key,
  seenAt,
  isAccepted: true,
  isEdit: false,
  ...more,
});
const see = (chat: Expected[], uncertain: string[] = [], notes: string[] = []) =>
  judge({ chats: [chat], uncertain: new Set(uncertain), strays: [], notes });

describe('the oracle', () => {
  it('passes one answer to each update, in order', () => {
    const verdict = see([answer('a', [1]), answer('b', [4])]);
    expect(verdict).toMatchObject({ accepted: 2, answered: 2, problems: [] });
    expect(isFailed(verdict)).toBe(false);
  });

  it.each([
    ['lost', [answer('a', [])]],
    ['doubled', [answer('a', [1, 3])]],
    ['outOfOrder', [answer('a', [4]), answer('b', [2])]],
    ['notesLost', [answer('a', [1], { noteToken: 'k1x' })]],
  ] as const)('counts what is %s', (field, chat) => {
    const verdict = see([...chat]);
    expect(verdict[field]).toBe(1);
    expect(isFailed(verdict)).toBe(true);
  });

  it('counts a note that is kept twice', () => {
    const verdict = see([answer('a', [1], { noteToken: 'k1x' })], [], ['错 k1x', '错 k1x', '错 k11x']);
    expect(verdict).toMatchObject({ notesDoubled: 1, notesLost: 0 });
  });

  it('holds nothing against the bot that it reported as uncertain', () => {
    const verdict = see([answer('a', []), answer('b', [1]), answer('c', [2, 3])], ['a', 'b', 'c']);
    expect(verdict).toMatchObject({ uncertainMissing: 1, uncertainArrived: 1, uncertainDoubled: 1 });
    expect(isFailed(verdict)).toBe(false);
  });

  it('takes both ways of a click without acknowledgement, but not two answers', () => {
    expect(isFailed(see([answer('a', [], { isAccepted: false })]))).toBe(false);
    expect(see([answer('a', [1, 2], { isAccepted: false })]).doubled).toBe(1);
  });

  it('sees a repeated edit as one', () => {
    expect(isFailed(see([answer('a', [1, 2], { isEdit: true })]))).toBe(false);
  });
});

it('says the same for the same seed, and no two steps of a dialogue look for the same answer', () => {
  for (let seed = 0; seed < 100; seed++) {
    const { steps, place } = createDialogue(createRandom(seed), 1);
    expect(createDialogue(createRandom(seed), 1)).toEqual({ steps, place });
    expect(new Set(steps.map((step) => `${step.head} ${step.isEdit}`)).size).toBe(steps.length);
  }
});

describe('npm run chaos', { timeout: RUN_MS }, () => {
  beforeAll(() => {
    if (!existsSync(CHAOS)) execFileSync('npx', ['tsc', '-p', 'tsconfig.json']);
  }, RUN_MS);

  it('kills the real bot three times and finds nothing lost, doubled or out of order', async () => {
    const { stdout } = await run(process.execPath, [CHAOS, '--kills', '3', '--seed', '7', '--minutes', '2']);
    for (const field of ['lost', 'doubled', 'outOfOrder', 'strays', 'notesLost', 'notesDoubled'])
      expect(stdout).toMatch(new RegExp(`^${field} +0$`, 'm'));
    expect(stdout).toMatch(/^kills +3$/m);
    expect(stdout).toMatch(/^answered +[1-9]\d*$/m);
  });

  it('explains its options when they are wrong', async () => {
    await expect(run(process.execPath, [CHAOS, '--kills', 'none'])).rejects.toMatchObject({ code: 64 });
  });
});
