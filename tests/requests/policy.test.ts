/** The kinds as data: what ships, and what is said about a file that is wrong. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { REQUEST_KINDS, type Request } from '../../src/core/request.js';
import { loadPolicies } from '../../src/requests/policy.js';
import { dueSteps } from '../../src/requests/ladder.js';
import { makeFolder } from '../helpers/folder.js';
import { act, at, CAST, caseAt, DAY, file, MONDAY, POLICIES } from '../helpers/requests.js';

type Raw = Record<string, unknown>;
const raw = (): Raw => parse(readFileSync('knowledge/requests/call.yaml', 'utf8')) as Raw;

function folderWith(name: string, text: string | null): string {
  const dir = makeFolder();
  cpSync('knowledge/requests', dir, { recursive: true });
  if (text === null) rmSync(join(dir, name));
  else writeFileSync(join(dir, name), text);
  return dir;
}

/** `call.yaml` after a change. */
const changed = (change: (file: Raw) => void): string => {
  const file = raw();
  change(file);
  return stringify(file);
};
const without = (file: Raw, ...moves: string[]) => {
  file['moves'] = (file['moves'] as string[]).filter((move) => !moves.includes(move));
};

const drop = (file: Raw, step: string) => {
  file['ladder'] = (file['ladder'] as Raw[]).filter(({ id }) => id !== step);
};

describe('the kinds that ship', () => {
  it.each(REQUEST_KINDS)('%s is whole', (kind) => {
    const policy = POLICIES[kind];
    expect(policy).toMatchObject({ id: kind, listOffice: '县委编办', deadlineOffice: '县政府办公室' });
    for (const step of policy.ladder) expect(step.id).toMatch(/^(sign|answer|caller|rate|review|promise)-/);
    // Nobody is left without a word: each clock that a kind has ends in a step.
    const clocks = new Set(policy.ladder.map((s) => s.clock));
    expect(clocks).toContain('sign');
    expect(clocks).toContain('answer');
    expect(Object.keys(policy.texts.notAllowed).filter((m) => policy.moves.some((x) => x === m))).toEqual([]);
    for (const text of [
      policy.name,
      policy.summary,
      ...Object.values(policy.texts).filter((t) => typeof t === 'string'),
    ])
      expect(text).toMatch(/[\u4e00-\u9fff]/);
  });

  it('a second low rating has somebody who hears of its review', () => {
    for (const kind of REQUEST_KINDS)
      if (POLICIES[kind].moves.includes('reopen'))
        expect(
          POLICIES[kind].ladder.some((s) => s.clock === 'review'),
          kind,
        ).toBe(true);
  });

  it('whoever waits for the caller after a return or in a pause is not left waiting in silence', () => {
    for (const kind of REQUEST_KINDS)
      if (POLICIES[kind].pauses)
        expect(
          POLICIES[kind].ladder.some((s) => s.clock === 'caller'),
          kind,
        ).toBe(true);
  });
});

describe('who called', () => {
  const far = at('2026-05-20 09:00');
  it.each(REQUEST_KINDS)(
    'hears in %s of a part that is not signed, not answered, and of a promise',
    (kind) => {
      const filed = file(kind);
      const toldOf = (request: Request) =>
        dueSteps(caseAt(request, far)).flatMap(({ step, clock }) =>
          step.to === 'caller' ? [clock.clock] : [],
        );
      expect(toldOf(filed)).toEqual(expect.arrayContaining(['sign', 'answer']));
      const { lead } = CAST[kind];
      const signed = kind === 'ruling' ? filed : act(filed, { kind: 'sign' }, lead);
      const said = { kind: 'note', text: '明天给答复', isProgress: true, promisedAt: MONDAY + DAY } as const;
      const promised = act(signed, said, lead);
      const steps = dueSteps(caseAt(promised, far)).filter(({ clock }) => clock.clock === 'promise');
      expect(steps.map(({ step }) => step.to).sort()).toEqual(['caller', 'person']);
    },
  );
});

describe('a file that is wrong', () => {
  it.each<[string, (file: Raw) => void, string]>([
    ['another id', (f) => void (f['id'] = 'confer'), 'id:文件名是 call,里面写的是 confer'],
    ['an unknown id', (f) => void (f['id'] = 'cal'), 'id:'],
    ['no name', (f) => void delete f['name'], 'name:'],
    ['an empty text', (f) => void (f['name'] = ''), 'name:'],
    ['an unknown role', (f) => void (f['filedBy'] = ['mayor']), 'filedBy.0:'],
    ['nobody files', (f) => void (f['filedBy'] = []), 'filedBy:'],
    [
      'a duration of nothing',
      (f) => void ((f['clocks'] as Raw)['normal'] = { sign: { hours: 0 }, answer: { hours: 1 } }),
      'clocks.normal.sign.hours:数值过小',
    ],
    [
      'a duration of two units',
      (f) => void (f['autoConclude'] = { hours: 1, minutes: 5 }),
      'autoConclude:应为',
    ],
    ['half a minute', (f) => void (f['urgeEvery'] = { minutes: 0.5 }), 'urgeEvery:应为'],
    [
      'an unknown step',
      (f) => void (f['ladder'] = [{ id: 'x', clock: 'sign', at: 'later', to: 'person' }]),
      'ladder.0.at:应为',
    ],
    [
      'an unknown level',
      (f) => void (f['ladder'] = [{ id: 'x', clock: 'sign', at: 'due', to: 'mayor' }]),
      'ladder.0.to:',
    ],
    [
      'a step id with capitals',
      (f) => void (f['ladder'] = [{ id: 'X', clock: 'sign', at: 'due', to: 'head' }]),
      'ladder.0.id:应为小写',
    ],
    [
      'a step twice',
      (f) => void (f['ladder'] = [...(f['ladder'] as Raw[]), (f['ladder'] as Raw[])[0]]),
      '“sign-soon”写了两次',
    ],
    ['a move twice', (f) => void (f['moves'] = [...(f['moves'] as string[]), 'sign']), '“sign”写了两次'],
    ['an unknown move', (f) => void (f['moves'] = [...(f['moves'] as string[]), 'dance']), 'moves.23:'],
    ['a pause that may not be', (f) => void (f['pauses'] = null), 'pauses:与 moves'],
    [
      'a pause by the clock on the wall',
      (f) => void (f['pauses'] = { count: 2, total: { hours: 5 } }),
      'pauses.total:应为',
    ],
    ['an extension that may not be', (f) => void (f['extension'] = null), 'extension:与 moves'],
    ['a pause without an end', (f) => without(f, 'resume'), '有 pause 就要有 resume'],
    ['an extension that nobody grants', (f) => without(f, 'grant-extension'), '有 ask-extension 就要有'],
    ['a return without a way on', (f) => without(f, 'ask-ruling'), '有 return 就要有'],
    ['no end', (f) => without(f, 'conclude'), '要有 conclude 和 withdraw'],
    [
      'an unsigned case that its caller hears of only when urgent',
      (f) => drop(f, 'sign-late-told'),
      '超时未签收',
    ],
    ['a late answer that its caller does not hear of', (f) => drop(f, 'answer-told'), '超时未答复'],
    ['a promise that is never asked about', (f) => drop(f, 'promise-due'), '询问承诺'],
    ['a promise that was not kept, in silence', (f) => drop(f, 'promise-late'), '没有兑现'],
    ['a key too many', (f) => void (f['colour'] = 'red'), 'colour'],
    [
      'a text of an unknown status',
      (f) => void ((f['texts'] as Raw)['status'] = { done: '好' }),
      'texts.status',
    ],
  ])('%s', (_, change, said) => {
    const dir = folderWith('call.yaml', changed(change));
    const load = () => loadPolicies(dir);
    expect(load).toThrow(said);
    expect(load).toThrow(join(dir, 'call.yaml'));
    expect(load).toThrow('处理办法');
    expect(load).not.toThrow(/Invalid|Unrecognized|expected/);
  });

  it.each([
    ['task.yaml', null, '没有这个文件'],
    ['offices.yaml', null, '没有这个文件'],
    ['offices.yaml', 'listOffice: 县委编办', 'deadlineOffice'],
    ['offices.yaml', 'listOffice: ""\ndeadlineOffice: 县政府办公室', 'listOffice'],
    ['task.yaml', 'id: [', '第1行'],
    ['task.yaml', 'id: task\nid: task', '第2行'],
    ['task.yaml', '', '整个文件'],
    ['task.yaml', '- 1', '整个文件'],
  ])('%s: %s', (name, text, said) => {
    const dir = folderWith(name, text);
    expect(() => loadPolicies(dir)).toThrow(said);
    expect(() => loadPolicies(dir)).toThrow(join(dir, name));
    expect(() => loadPolicies(dir)).toThrow('处理办法');
  });
});
