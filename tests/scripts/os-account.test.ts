import { describe, expect, it } from 'vitest';
import { osAccount } from '../../scripts/shared/os-account.js';
import {
  approveDraft,
  commandLineApproval,
  isSameAccount,
  loadDraft,
  saveDraft,
} from '../../src/editions/drafts.js';
import { START } from '../helpers/clock.js';
import { makeFolder } from '../helpers/folder.js';
import { makeList, makeRow } from '../helpers/lists.js';

const DRAFT = {
  ...{ id: '22222222', base: '11111111', lists: [makeList()], rows: [makeRow()], files: ['a.xlsx'] },
  ...{ importedBy: '甲', importedAt: START, expected: null, lost: [] },
};

describe('the account of a command', () => {
  it.each([
    [{}, 'alice', 1000, 'os:alice'],
    [{ SUDO_USER: 'alice' }, 'root', 0, 'os:alice'],
    [{}, 'root', 0, 'os:root'],
    [{ SUDO_USER: 'alice' }, 'bob', 1001, 'os:bob+alice'],
    [{ SUDO_USER: 'alice' }, 'alice', 1000, 'os:alice'],
  ])('%j as %s', (env, username, uid, account) => {
    expect(osAccount(env, { username, uid })).toBe(account);
  });

  it('is the same behind sudo, and a claimed name makes nobody another', () => {
    expect(isSameAccount('os:alice', 'os:bob+alice')).toBe(true);
    expect(isSameAccount('os:alice', osAccount({ SUDO_USER: 'bob' }, { username: 'alice', uid: 1000 }))).toBe(
      true,
    );
    expect(isSameAccount('os:alice', 'os:bob')).toBe(false);
    expect(isSameAccount('telegram:1', 'os:1')).toBe(false);
    expect(isSameAccount('telegram:1', 'telegram:1')).toBe(true);
  });
});

describe('an approval at the command line', () => {
  const approve = async (importedAccount: string | undefined, account: string) => {
    const dataDir = makeFolder();
    await saveDraft(dataDir, { ...DRAFT, ...(importedAccount && { importedAccount }) });
    await approveDraft(dataDir, DRAFT.id, { by: '乙', account, now: START });
    return dataDir;
  };

  it.each(['os:alice', 'os:bob+alice'])(
    'of %s is refused for what alice imported, whatever the name',
    (account) => expect(approve('os:alice', account)).rejects.toThrow('另一账号'),
  );

  it('of another account is kept with name and account, and so is it for the record', async () => {
    const dataDir = await approve('os:alice', 'os:bob');
    expect(loadDraft(dataDir, DRAFT.id)).toMatchObject({
      ...{ importedBy: '甲', importedAccount: 'os:alice', approvedBy: '乙', approvedAccount: 'os:bob' },
    });
    expect(commandLineApproval(dataDir, DRAFT.id)).toEqual({
      ...{ act: 'edition-in-force', edition: DRAFT.id, importedBy: 'os:alice', approvedBy: 'os:bob' },
    });
  });

  it('in chat by the second person stays the rule', async () => {
    const dataDir = await approve('os:alice', 'telegram:2');
    expect(commandLineApproval(dataDir, DRAFT.id)).toBeNull();
    await approve(undefined, 'os:alice');
  });
});
