/** The chaos harness: what its oracle counts, and a short run of the real program. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { meant } from '../../scripts/chaos/match.js';
import { judge } from '../../scripts/chaos/oracle.js';
import { questions } from '../../scripts/chaos/questions.js';
import { requests } from '../../scripts/chaos/requests.js';
import {
  isClockTurn,
  type Form,
  type Place,
  type PlayedTalk,
  type Seen,
  type Turn,
} from '../../scripts/chaos/talk.js';
import { createRandom } from '../../src/text/random.js';

const CHAOS = 'dist/scripts/chaos.js';
const RUN_MS = 400_000;
const run = promisify(execFile);

const PLACE: Place = { platform: 'telegram', number: 1, isGroup: false };
const seenAt = (at: number, isEdit = false): Seen => ({
  at,
  shown: { chatId: 'c', messageId: '1', head: '', content: '', isEdit, buttons: [] },
});
/** A step whose only message appeared so; its key is `<id>#0`. */
const turn = (
  id: string,
  seen: Seen[],
  { form = 'message' as Form, ...more }: Partial<Turn & { form: Form }> = {},
): Turn => ({
  place: PLACE,
  user: 0,
  text: '路灯坏了归谁管',
  expects: [{ place: PLACE, form, head: '', contains: '' }],
  state: 'accepted',
  updates: [id],
  seen: [seen],
  needless: 0,
  ...more,
});
const talkOf = (turns: Turn[]): PlayedTalk => ({
  kind: 'test',
  isFollowed: true,
  turns,
  number: 'QS-2026-000001',
  unprompted: [],
  clockKey: 'timer:request:{number}@',
});
const see = (turns: Turn[], uncertain: string[] = [], strays: string[] = []) =>
  judge({ talks: [talkOf(turns)], uncertain: new Set(uncertain), strays });

describe('the oracle', () => {
  it('passes one message to each step, in order', () => {
    expect(see([turn('a', [seenAt(1)]), turn('b', [seenAt(4)])])).toMatchObject({
      expected: 2,
      seen: 2,
      problems: [],
    });
  });

  it.each([
    ['lost', [turn('a', [])]],
    ['doubled', [turn('a', [seenAt(1), seenAt(3)])]],
    ['outOfOrder', [turn('a', [seenAt(4)]), turn('b', [seenAt(2)])]],
  ] as const)('counts what is %s', (field, turns) => {
    const verdict = see([...turns]);
    expect(verdict[field]).toBe(1);
    expect(verdict.problems).toHaveLength(1);
  });

  it('counts what nobody waited for', () => {
    expect(see([], [], ['chat 1: 您好'])).toMatchObject({ strays: 1, problems: ['stray: chat 1: 您好'] });
  });

  it('holds nothing against the bot that it reported as uncertain', () => {
    const turns = [turn('a', []), turn('b', [seenAt(1)]), turn('c', [seenAt(2), seenAt(3)])];
    expect(see(turns, ['a#0', 'b#0', 'c#0'])).toMatchObject({
      uncertainMissing: 1,
      uncertainArrived: 1,
      uncertainDoubled: 1,
      problems: [],
    });
  });

  it('takes both ways of a click without acknowledgement, but not two answers', () => {
    const lostClick = {
      click: { label: '提交', on: { step: 0, expect: 0 } },
      state: 'unacknowledged' as const,
    };
    expect(see([turn('a', [], lostClick)]).problems).toEqual([]);
    expect(see([turn('a', [seenAt(1), seenAt(2)], lostClick)]).doubled).toBe(1);
    // Who presses until something happens is owed an answer.
    expect(see([turn('a', [], { ...lostClick, again: ['已失效。'] })]).lost).toBe(1);
  });

  it('sees a repeated edit as one', () => {
    expect(see([turn('a', [seenAt(1, true), seenAt(2, true)], { form: 'edit' })]).problems).toEqual([]);
  });

  it('wants a live card sent once and edited from then on, but for sends that are uncertain', () => {
    const form = 'card' as const;
    const edited = [turn('a', [seenAt(1)], { form }), turn('b', [seenAt(2, true)], { form })];
    const anew = [turn('a', [seenAt(1)], { form }), turn('b', [seenAt(2)], { form })];
    expect(see(edited).problems).toEqual([]);
    expect(see(anew).doubled).toBe(1);
    expect(see(anew, ['a#0']).problems).toEqual([]);
    expect(see(anew, ['timer:request:QS-2026-000001@5#0']).problems).toEqual([]);
  });

  it('does not mind that a card whose send is uncertain appears only when the clock renews it', () => {
    const turns = [turn('a', [seenAt(9)], { form: 'card' }), turn('b', [seenAt(2)])];
    expect(see(turns).outOfOrder).toBe(1);
    expect(see(turns, ['a#0']).problems).toEqual([]);
  });

  it('notices a card that goes back to an earlier state', () => {
    const form = 'card' as const;
    const turns = [turn('a', [seenAt(1), seenAt(5, true)], { form }), turn('b', [seenAt(3, true)], { form })];
    expect(see(turns).outOfOrder).toBe(1);
  });
});

describe('an answer', () => {
  const shown = (head: string) => ({ ...seenAt(1).shown, chatId: '100001', head });
  const asks = (head: string, more: Partial<Turn> = {}, seen: Seen[] = []) => ({
    ...turn(head, seen),
    expects: [{ place: PLACE, form: 'message' as const, head, contains: '' }],
    ...more,
  });

  it('belongs to the step that still waits for it, and to one that has it when nothing else explains it', () => {
    const [met, open] = [asks('已签收。', {}, [seenAt(1)]), asks('已签收。')];
    expect(meant(shown('QS 已签收。'), [talkOf([met, open])])).toEqual({ turn: open, expect: 0 });
    expect(meant(shown('QS 已签收。'), [talkOf([met])])).toEqual({ turn: met, expect: 0 });
    expect(meant(shown('别的'), [talkOf([met, open])])).toBeNull();
  });

  it('belongs to the step that says most of it: a card with a note is also one that was signed', () => {
    const [signed, noted] = [asks('办理中'), asks('办理中')];
    noted.expects = noted.expects.map((it) => ({ ...it, contains: 'xyz正在处理' }));
    const both = [talkOf([signed, noted])];
    expect(meant({ ...shown('办理中'), content: 'xyz正在处理' }, both)).toEqual({ turn: noted, expect: 0 });
    expect(meant(shown('办理中'), both)).toEqual({ turn: signed, expect: 0 });
  });

  it('to a needless press is nothing doubled, but only as often as somebody pressed', () => {
    const refusal = '不需要再次签收。';
    const pressed = asks('办理中', { updates: ['a', 'b'], again: [refusal] }, [seenAt(1)]);
    const old = asks(refusal, {}, [seenAt(2)]);
    expect(meant(shown(refusal), [talkOf([pressed, old])])).toEqual({ turn: pressed, expect: null });
    pressed.needless = 1;
    expect(meant(shown(refusal), [talkOf([pressed, old])])).toEqual({ turn: old, expect: 0 });
  });
});

describe.each([questions, requests])('the talks: $name', ({ create }) => {
  it('are the same for the same seed, and no two messages of one look alike', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { steps, token } = create(createRandom(seed), 1_000);
      expect(create(createRandom(seed), 1_000)).toMatchObject({ steps, ...(token && { token }) });
      const looks = steps
        // A second press of the same button gets the refusal that belongs to it.
        .flatMap(({ expects }) => expects)
        .map(({ place, head, contains, form }) => `${place.number} ${head} ${contains} ${form}`);
      expect(new Set(looks).size).toBe(looks.length);
    }
  });

  it('wait only for what comes before', () => {
    for (let seed = 0; seed < 100; seed++) {
      const { steps } = create(createRandom(seed), 1_000);
      for (const [index, step] of steps.entries()) {
        const refs = [...(step.after ?? []), ...(step.click ? [step.click.on] : [])];
        for (const ref of refs) {
          expect(ref.step).toBeLessThan(index);
          expect(steps[ref.step]?.expects[ref.expect]).toBeDefined();
        }
        expect(isClockTurn(step) && step.expects.length === 0).toBe(false);
      }
    }
  });
});

describe('npm run chaos', { timeout: RUN_MS }, () => {
  // Beside a hundred other tests on two cores the run may take longer than its limit: `CHAOS=1 npx vitest run tests/scripts/chaos.test.ts`.
  it.runIf(process.env['CHAOS'])(
    'kills the real bot three times and loses, doubles and swaps nothing',
    async () => {
      const { stdout } = await run(process.execPath, [
        CHAOS,
        '--kills',
        '3',
        '--seed',
        '7',
        '--minutes',
        '2',
      ]);
      for (const field of [
        'lost',
        'doubled',
        'outOfOrder',
        'strays',
        'notesLost',
        'notesDoubled',
        'requests, lost',
        'requests, doubled',
      ])
        expect(stdout).toMatch(new RegExp(`^${field} +0$`, 'm'));
      expect(stdout).toMatch(/^kills +3$/m);
      expect(stdout).toMatch(/^seen +[1-9]\d*$/m);
      expect(stdout).toMatch(/^requests, filed +[1-9]\d*$/m);
    },
  );

  it('explains its options when they are wrong', async () => {
    await expect(run(process.execPath, [CHAOS, '--kills', 'none'])).rejects.toMatchObject({ code: 64 });
  });
});
