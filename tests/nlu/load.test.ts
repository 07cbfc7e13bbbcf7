import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { HANDLERS, REPLIES } from '../../src/handlers/index.js';
import { checkBinding, loadIntents } from '../../src/nlu/load.js';
import { makeFolder } from '../helpers/folder.js';

let dir: string;
beforeEach(() => {
  dir = makeFolder();
});

const intent = (id: string, more: object = {}) => ({
  id,
  description: 'an intent of a test',
  commands: [],
  examples: Array.from({ length: 25 }, (_, i) => `${id} ${i}`),
  ...more,
});
const write = (id: string, more: object = {}, file = `${id}.yaml`) =>
  writeFileSync(join(dir, file), stringify(intent(id, more)));

function problem(): string {
  try {
    loadIntents(dir);
    return '';
  } catch (error) {
    expect(error).toMatchObject({ code: 'DATA' });
    return String(error);
  }
}

describe('loadIntents', () => {
  it('reads every file of the folder, in the order of names', () => {
    write('b');
    write('a', { commands: ['甲'], actions: { 'do-it': 'row' }, replies: { reply: '好' } });
    expect(loadIntents(dir).map((i) => [i.id, i.commands, i.actions])).toEqual([
      ['a', ['甲'], { 'do-it': 'row' }],
      ['b', [], {}],
    ]);
  });

  it('names file and path of an unknown key', () => {
    write('a', { exmaples: [] });
    expect(problem()).toContain('a.yaml');
    expect(problem()).toContain('exmaples');
  });

  it('names file and path of a wrong value', () => {
    write('a', { commands: ['OK now'] });
    expect(problem()).toMatch(/a\.yaml/);
    expect(problem()).toMatch(/commands\.0/);
  });

  it('names the second owner of a command, an action or an example', () => {
    write('a', { commands: ['帮助'], actions: { pick: 'row' }, examples: intent('x').examples });
    write('b', { commands: ['帮助'], actions: { pick: 'row' }, examples: intent('x').examples });
    for (const part of ['command 帮助', 'action pick', 'example x 0']) expect(problem()).toContain(part);
    expect(problem()).toMatch(/b\.yaml.*already in a\.yaml/);
  });

  it('compiles patterns, and names the path of one that is none', () => {
    write('a', {
      patterns: ['^a[\\s-]\\d$'],
      followUps: { row: { more: '^还有' } },
      attachments: { action: 'file', names: '\\.pdf$' },
    });
    const [read] = loadIntents(dir);
    expect(read?.patterns[0]?.test('A-1')).toBe(true);
    expect(read?.followUps).toMatchObject({ row: { more: /^还有/i }, offer: {}, listing: {} });
    expect(read?.attachments?.names?.test('清单.PDF')).toBe(true);
    write('a', { patterns: ['(a'] });
    expect(problem()).toMatch(/patterns\.0[\s\S]*Unterminated group/);
    write('a', { followUps: { row: { more: '[' } } });
    expect(problem()).toContain('followUps.row.more');
  });

  it('names the second owner of what only one intent can have', () => {
    const only = { followUps: { choice: 'pick', noRow: 'which' }, attachments: { action: 'file' } };
    write('a', only);
    write('b', only);
    for (const part of ['followUps.choice', 'followUps.noRow', 'attachments without names'])
      expect(problem()).toContain(`${part} is already in a.yaml`);
  });

  it('wants the id to be the file name, and enough examples', () => {
    write('a', {}, 'b.yaml');
    expect(problem()).toMatch(/b\.yaml.*id is a/);
    write('a', { examples: ['一'] }, 'b.yaml');
    expect(problem()).toContain('examples');
  });

  it('names a file that is no YAML, and an empty folder', () => {
    expect(problem()).toContain(dir);
    writeFileSync(join(dir, 'a.yaml'), 'id: [a');
    expect(problem()).toContain('a.yaml');
  });

  it('reports all files that are wrong at once', () => {
    write('a', { x: 1 });
    write('b', { y: 1 });
    expect(problem()).toMatch(/a\.yaml[\s\S]*b\.yaml/);
  });
});

describe('the intents of the program', () => {
  const intents = loadIntents('intents');
  const handlers = HANDLERS;

  it('are bound to handlers, one to one', () => {
    expect(() => checkBinding(intents, handlers, REPLIES)).not.toThrow();
    expect(Object.keys(handlers).sort()).toEqual(intents.map((i) => i.id).sort());
  });

  it('are reported when either side is missing', () => {
    const { help, ...rest } = handlers;
    expect(() => checkBinding(intents, rest, REPLIES)).toThrow(/help\.yaml has no handler/);
    expect(() => checkBinding(intents, { ...handlers, other: help }, REPLIES)).toThrow(/handler other/);
  });

  it('are reported when a reply is missing, or nobody reads one', () => {
    for (const [id, keys] of Object.entries(REPLIES))
      for (const key of keys) {
        const without = intents.map((it) => {
          const { [key]: _, ...replies } = it.replies;
          return it.id === id ? { ...it, replies } : it;
        });
        expect(() => checkBinding(without, handlers, REPLIES)).toThrow(
          `intents/${id}.yaml has no reply "${key}"`,
        );
      }
    for (const { id } of intents) {
      const more = intents.map((it) =>
        it.id === id ? { ...it, replies: { ...it.replies, extra: '好' } } : it,
      );
      expect(() => checkBinding(more, handlers, REPLIES)).toThrow(`intents/${id}.yaml has a reply "extra"`);
    }
  });

  it('are read: no handler declares a reply that it does not say', () => {
    const moduleOf: Record<string, string> = {
      ask_policy: 'outside',
      off_topic: 'outside',
      smalltalk: 'outside',
    };
    for (const [id, keys] of Object.entries(REPLIES)) {
      const source = readFileSync(`src/handlers/${moduleOf[id] ?? id}.ts`, 'utf8');
      for (const key of keys)
        expect(source, `${id}: ${key}`).toMatch(new RegExp(`\\((?:[^()]* [?:] )?'${key}'`));
    }
  });

  it('promise a later version where the function is not there yet', () => {
    for (const { replies } of intents) if (replies['coming']) expect(replies['coming']).toContain('后续版本');
  });
});
