/** The README is the manual: its commands, paths and settings must be true. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { SETTINGS } from '../src/config.js';

const readme = readFileSync('README.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const inCode = [...readme.matchAll(/`([^`\n]+)`/g)].map((m) => m[1] ?? '');

describe('README', () => {
  it('names only npm scripts that exist', () => {
    const named = [...readme.matchAll(/npm (?:run (?:-s )?([\w-]+)|(start|test))/g)].map((m) => m[1] ?? m[2]);
    expect(named.length).toBeGreaterThan(8);
    for (const name of named) expect(Object.keys(scripts)).toContain(name);
  });

  it('names only paths that exist', () => {
    const paths = inCode.filter((code) =>
      /^(src|tests|intents|knowledge|scripts)(\/[\w.-]+)*\/?$/.test(code),
    );
    expect(paths.length).toBeGreaterThan(8);
    for (const path of paths) expect(existsSync(path), path).toBe(true);
  });

  it('names only chat commands that exist', () => {
    const commands = new Set(
      readdirSync('intents').flatMap((file) => {
        const { commands = [] } = parse(readFileSync(join('intents', file), 'utf8')) as {
          commands?: string[];
        };
        return commands;
      }),
    );
    const tables = readme.split('\n').filter((line) => /^\| .*`[\u4e00-\u9fff]/.test(line));
    const said = tables.flatMap((line) =>
      [...(line.split('|')[1] ?? '').matchAll(/`([\u4e00-\u9fff]+)/g)].map((m) => m[1] ?? ''),
    );
    expect(said.length).toBeGreaterThan(30);
    // A call may go on without a space: 呼叫住建局.
    for (const word of said)
      expect(commands.has(word) || word.startsWith('呼叫') || word.startsWith('提交呼叫'), word).toBe(true);
  });

  it('names every setting and no other', () => {
    const named = new Set(inCode.filter((code) => /^[A-Z]+(_[A-Z]+)+$|^TZ$/.test(code)));
    expect([...named].sort()).toEqual([...SETTINGS].sort());
  });

  it('is what CI runs', () => {
    const ci = readFileSync('.ci/run', 'utf8');
    expect(readme).toContain('npm ci && npm test');
    expect(ci).toContain('npm ci && npm test');
  });

  it('lists the columns that the reader wants', () => {
    const header = readFileSync('knowledge/lists/duty.csv', 'utf8').split('\n')[0]?.split(',') ?? [];
    expect(readme).toContain(`${header.slice(0, -1).join(', ')}, and optionally ${header.at(-1)}`);
  });
});
