import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Edition } from '../../src/core/domain.js';
import { createFollower, type FollowOptions } from '../../src/editions/follow.js';
import { writeEdition, writePointer } from '../../src/editions/published.js';
import { START } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';
import { makeList, makeRow } from '../helpers/lists.js';

const edition = (id: string): Edition => ({
  ...{ id, lists: [makeList()], rows: [makeRow()], publishedAt: START, expected: null },
});
const [OLD, NEW] = ['11111111', '22222222'];

let dataDir: string;
let said: string[];
let inForce: Edition;

const follower = (more: Partial<FollowOptions> = {}) =>
  createFollower({
    dataDir,
    assistant: {
      get knowledge() {
        return { edition: inForce };
      },
      bringIntoForce: (next) => Promise.resolve(void (inForce = next)),
    },
    check: () => undefined,
    onChange: (id) => said.push(`in force ${id}`),
    onRefused: (id, reason) => said.push(`refused ${id}: ${reason}`),
    ...more,
  });
const fileOf = (id: string) => join(dataDir, 'editions', `${id}.json`);
const point = (id: string) => writePointer(dataDir, { id, isImported: true, previous: OLD });

beforeEach(async () => {
  dataDir = makeFolder();
  said = [];
  inForce = edition(OLD);
  await writeEdition(dataDir, inForce, 'k1');
  await point(OLD);
});

describe('a running process', () => {
  it('keeps its edition while nothing is published, also when a draft was half published', async () => {
    const look = follower();
    await look();
    await writeEdition(dataDir, edition(NEW), 'k1');
    writeFileSync(join(dataDir, 'editions', `current.1-2-3.tmp`), NEW);
    await look();
    expect([inForce.id, said]).toEqual([OLD, []]);
  });

  it('takes what was published, once, and what was taken back', async () => {
    const look = follower();
    await writeEdition(dataDir, edition(NEW), 'k1');
    await point(NEW);
    await look();
    await look();
    await point(OLD);
    await look();
    expect(said).toEqual([`in force ${NEW}`, `in force ${OLD}`]);
  });

  it('answers from the old edition while the new one is built, and is not asked twice to build it', async () => {
    let finish = (): void => undefined;
    let builds = 0;
    const look = follower({
      assistant: {
        get knowledge() {
          return { edition: inForce };
        },
        async bringIntoForce(next) {
          builds++;
          await new Promise<void>((resolve) => (finish = resolve));
          inForce = next;
        },
      },
    });
    await writeEdition(dataDir, edition(NEW), 'k1');
    await point(NEW);
    const building = look();
    await look();
    expect([inForce.id, builds]).toEqual([OLD, 1]);
    finish();
    await building;
    expect(inForce.id).toBe(NEW);
  });

  it.each([
    ['is not there', () => rmSync(fileOf(NEW), { force: true })],
    ['is cut in half', () => writeFileSync(fileOf(NEW), '{"format":1,"edi')],
    [
      'is another one',
      () => writeFileSync(fileOf(NEW), JSON.stringify({ format: 1, edition: edition(OLD) })),
    ],
    ['is nothing that answers could come from', () => writeFileSync(fileOf(NEW), '{"format":1}')],
  ])('keeps the old edition and says so once when the new one %s, until it is mended', async (_, breakIt) => {
    const look = follower();
    await writeEdition(dataDir, edition(NEW), 'k1');
    await point(NEW);
    breakIt();
    await look();
    await look();
    expect(inForce.id).toBe(OLD);
    expect(said).toEqual([expect.stringContaining(`refused ${NEW}`)]);
    await writeEdition(dataDir, edition(NEW), 'k1');
    await look();
    expect(inForce.id).toBe(NEW);
  });

  it('refuses what it could not start with', async () => {
    const look = follower({
      check: () => {
        throw new Error('duties.yaml');
      },
    });
    await writeEdition(dataDir, edition(NEW), 'k1');
    await point(NEW);
    await look();
    expect([inForce.id, said]).toEqual([OLD, [`refused ${NEW}: duties.yaml`]]);
  });
});
