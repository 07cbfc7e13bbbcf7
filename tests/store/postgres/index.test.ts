/** The PostgreSQL store against a real server. */
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPostgresStore } from '../../../src/store/postgres/index.js';
import { storeContract } from '../../contracts/store.contract.js';
import { claimOf, makeUpdate } from '../../helpers/changes.js';
import { START } from '../../helpers/clock.js';
import { createLogRecorder } from '../../helpers/context.js';
import {
  createSchema,
  dropLent,
  hasPostgres,
  lendSchema,
  runSql,
  type TestSchema,
} from '../../helpers/postgres.js';
import type { Change, Store, Claim } from '../../../src/core/store.js';

const keep = (store: Store, id: string, claim?: Claim) =>
  store.keepUpdate(makeUpdate(id), { isBound: true, now: START, ...(claim && { claim }) });
const DAY_MS = 24 * 3_600_000;

const isRunning = await hasPostgres();
const note = (text: string): Change => ({
  kind: 'note',
  note: { at: START, topic: 'no-row', text, rows: [], edition: 'e' },
});

describe.skipIf(!isRunning)('postgres', () => {
  afterAll(dropLent);
  storeContract('keeps the contract of a store', async () => {
    const schema = await lendSchema();
    const open = () => openPostgresStore({ url: schema.url, log: createLogRecorder() });
    let store = await open();
    return {
      store,
      async reopen() {
        await store.close();
        store = await open();
        return store;
      },
      async destroy() {
        await store.close();
        await schema.drop();
      },
    };
  });

  describe('for several processes', () => {
    let schema: TestSchema;
    let stores: Store[];
    let log: ReturnType<typeof createLogRecorder>;
    beforeEach(async () => {
      schema = await createSchema();
      stores = [];
      log = createLogRecorder();
    });
    afterEach(async () => {
      await Promise.all(stores.map((store) => store.close()));
      await schema.drop();
    });
    const open = async (): Promise<Store> => {
      const store = await openPostgresStore({ url: schema.url, log });
      stores.push(store);
      return store;
    };

    it('frees at its start what dead processes held, and nothing of those that live', async () => {
      const start = (instance: string) => openPostgresStore({ url: schema.url, log, instance });
      const outgoing = (chatId: string): Change => ({
        kind: 'outgoing',
        message: {
          key: `${chatId}#0`,
          conversation: { platform: 'feishu', chatId, isDirect: false },
          reply: { text: '您好' },
        },
        runAt: START,
      });
      const [living, dying] = [await start('living'), await start('dying')];
      stores.push(living);
      await living.commit([outgoing('a')]);
      await living.claimDueMessages(claimOf('living/1', START, DAY_MS), 9);
      await keep(living, 'u1', claimOf('living/2', START, DAY_MS));
      await dying.commit([outgoing('b')]);
      await dying.claimDueMessages(claimOf('dying/1', START, DAY_MS), 9);
      await keep(dying, 'u2', claimOf('dying/2', START, DAY_MS));
      await dying.close();
      const next = await open();
      expect(await next.claimDueMessages(claimOf('next/1', START, DAY_MS), 9)).toMatchObject([
        { message: { key: 'b#0' }, isInterrupted: true },
      ]);
      expect(await next.claimDueUpdates(claimOf('next/2', START, DAY_MS), 9)).toMatchObject([
        { update: { id: 'u2' }, crashes: 1 },
      ]);
    });

    it('keep their clocks in step with those that live, and know what they run', async () => {
      const start = async (instance: string) => {
        const store = await openPostgresStore({ url: schema.url, log, instance });
        stores.push(store);
        return store;
      };
      const first = await start('first');
      await first.beat(new Set(['telegram']), START);
      const second = await start('second');
      // The wall clock was set a day forward, or back, between the two starts.
      expect(await second.startTime(START + DAY_MS)).toBe(START);
      expect(await second.startTime(START - DAY_MS)).toBe(START);
      await first.beat(new Set(['telegram', 'feishu']), START + 1_000);
      const both = { telegram: 1, feishu: 2 };
      expect(await second.beat(new Set(['feishu']), START + 1_000)).toEqual(new Map(Object.entries(both)));
      expect(await second.beat(new Set(['feishu']), START + 60_000)).toEqual(new Map([['feishu', 1]]));
    });

    it('count values that cannot be stored against them, and not as a fault of the store', async () => {
      const store = await open();
      const bad = makeUpdate('\u0000');
      await expect(store.keepUpdate(bad, { isBound: true, now: START })).rejects.toMatchObject({
        code: 'INVALID',
      });
      await expect(store.findRequests({}, { offset: 1e300, limit: 1 })).rejects.toMatchObject({
        code: 'INVALID',
      });
    });

    it('is set up once by all that start at the same time', async () => {
      const opened = await Promise.all([open(), open(), open(), open()]);
      for (const store of opened) await store.commit([note('一')]);
      expect(await opened[0]?.listNotes()).toHaveLength(4);
      expect(log.lines.filter((line) => line.includes('0001_init.sql'))).toHaveLength(1);
    });

    it('refuses a database of a newer version and says what to do', async () => {
      await open();
      await runSql(schema.url, `insert into qingdan_migrations values (999, 'later')`);
      const error = await open().catch((e: unknown) => e);
      expect(error).toMatchObject({ code: 'STORE' });
      expect(String(error)).toMatch(/第999版.*第8版.*处理办法/);
    });

    it('keeps the order of commits over two stores, for whole conversations', async () => {
      const pair = [await open(), await open()];
      const chats = ['a', 'b', 'c'];
      const message = (chatId: string, key: string): Change => ({
        kind: 'outgoing',
        message: { key, conversation: { platform: 'console', chatId, isDirect: true }, reply: { text: key } },
        runAt: START,
      });
      // Each commit names the conversations in another order: without an order of locks they wait for each other.
      const commits = Array.from({ length: 40 }, (_, i) => {
        const turned = [...chats.slice(i % 3), ...chats.slice(0, i % 3)];
        return pair[i % 2]?.commit(
          turned.flatMap((c) => [message(c, `${i}#${c}0`), message(c, `${i}#${c}1`)]),
        );
      });
      await Promise.all(commits);
      const rows = await runSql(
        schema.url,
        `select conversation, key from outgoing order by conversation, seq`,
      );
      const first = rows.filter((_, i) => i % 2 === 0).map((row) => String(row.key).slice(0, -1));
      const second = rows.filter((_, i) => i % 2 === 1).map((row) => String(row.key).slice(0, -1));
      expect(first).toHaveLength(120);
      expect(second).toEqual(first);
    });

    it('goes on after the server has cut every connection', async () => {
      const store = await open();
      const cut = `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = '${schema.name}' and pid <> pg_backend_pid()`;
      expect((await runSql(schema.url, cut)).length).toBeGreaterThan(0);
      const attempt = () =>
        store.commit([note('一')]).then(
          () => true,
          (error: unknown) => {
            expect(error).toMatchObject({ code: 'STORE' });
            return false;
          },
        );
      let isCommitted = false;
      for (let i = 0; i < 20 && !isCommitted; i++) isCommitted = await attempt();
      expect(isCommitted).toBe(true);
      expect((await store.listNotes()).length).toBeGreaterThan(0);
    });

    it('keeps the ids of consumed updates for three days', async () => {
      const consume = async (id: string, at: number) => {
        // A new store prunes at its first commit.
        const store = await open();
        expect(await keep(store, id, claimOf('l', at))).toMatchObject({ lease: 'l' });
        await store.commit([{ kind: 'updateDone', id, lease: 'l', at }]);
        return store;
      };
      await consume('old', START);
      const after2 = await consume('u2', START + 2 * DAY_MS);
      expect(await keep(after2, 'old')).toBe('known');
      const after4 = await consume('u4', START + 4 * DAY_MS);
      expect(await keep(after4, 'old')).toBe('kept');
      expect(await keep(after4, 'u2')).toBe('known');
    });
  });
});

describe('a database that cannot be used', () => {
  const openError = (url: string) =>
    openPostgresStore({ url, log: createLogRecorder() }).catch((error: unknown) => error);

  it('is reported with its place and a remedy, without the password', async () => {
    const error = await openError('postgres://bot:Geheim99@127.0.0.1:1/qingdan');
    expect(error).toMatchObject({ code: 'STORE' });
    expect(String(error)).toMatch(/127\.0\.0\.1:1\/qingdan.*处理办法/);
    expect(String(error)).not.toContain('Geheim99');
  });

  it('is reported as a setting when the address is none', async () => {
    const error = await openError('bot:Geheim99 at localhost');
    expect(error).toMatchObject({ code: 'CONFIG' });
    expect(JSON.stringify(error) + String(error)).not.toContain('Geheim99');
  });
});
