/** Whoever is asked: the assistant over the sample county, or over lists under evaluation. */
import { createAssistant, expectFor, openAssistant, type Assistant } from '../../src/setup/assistant.js';
import { loadConfig, readEnv } from '../../src/config.js';
import type { User } from '../../src/core/chat.js';
import type { Expected, Person } from '../../src/core/domain.js';
import { BotError } from '../../src/core/errors.js';
import { readSingleCsv } from '../../src/editions/folder.js';
import { problemText } from '../../src/files/problem.js';
import { deriveDirectory } from '../../src/organizations/derive.js';
import type { Tools } from '../../src/setup/resources.js';

/** The sample county's cadre who asks; a county under evaluation gets one like him. */
const SAMPLE_USER: User = { platform: 'console', id: '张三' };
const CADRE: Person = {
  name: '评测员',
  organization: '评测镇',
  posts: [],
  roles: ['township-cadre'],
  accounts: ['console:评测员'],
};

export type Subject = Assistant & { user: User; expected: Expected | null; encoder: Tools['encoder'] };

export async function sampleSubject(tools: Tools): Promise<Subject> {
  const config = loadConfig(readEnv());
  const assistant = await openAssistant(config, tools, Date.now());
  if (assistant.problems.length > 0) throw new BotError('DATA', assistant.problems.join('\n'));
  return {
    ...assistant,
    user: SAMPLE_USER,
    expected: assistant.knowledge.edition.expected,
    encoder: tools.encoder,
  };
}

/** The list as a fresh edition of a county of its own; units that the directory does not know come from the list. */
export async function csvSubject(tools: Tools, file: string): Promise<Subject> {
  const draft = readSingleCsv(file, '评测县');
  if (draft.problems.length > 0) throw new BotError('DATA', draft.problems.map(problemText).join('\n'));
  const directory = deriveDirectory('评测县', draft.rows, tools.directory, [CADRE]);
  const expected = await expectFor(tools, draft, directory);
  const edition = { id: draft.id, lists: draft.lists, rows: draft.rows, publishedAt: 0, expected };
  const assistant = await createAssistant(tools, edition, directory);
  return { ...assistant, user: { platform: 'console', id: CADRE.name }, expected, encoder: tools.encoder };
}
