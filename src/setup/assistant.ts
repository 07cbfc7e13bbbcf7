/** Everything that understands and answers, from the folders of the configuration; used by run.ts and the scripts. */
import { dirname, join } from 'node:path';
import type { Config } from '../config.js';
import type { Matcher } from '../core/bot.js';
import type { Edition, Row } from '../core/domain.js';
import type { Handler, TimerHandler } from '../core/types.js';
import type { HandlerDeps } from '../handlers/deps.js';
import { createHandlers, REPLIES } from '../handlers/index.js';
import type { Contacts } from '../lists/answer.js';
import { expectFigures } from '../lists/expected.js';
import { createGroupTexts } from '../editions/clusters.js';
import type { EditionService } from '../editions/editions.js';
import { readLists, type FolderLists } from '../editions/folder.js';
import { knownLists, listsRead } from '../editions/known-lists.js';
import { createKnowledge, domainTerms, type Knowledge } from '../lists/knowledge.js';
import { createPrecedents } from '../lists/precedents.js';
import { openEdition, writeEdition } from '../editions/published.js';
import { checkBinding } from '../nlu/load.js';
import { createMatcher, dangerScores } from '../nlu/match.js';
import { withoutSlips } from '../nlu/correct.js';
import { dangerIn } from '../nlu/emergencies.js';
import { normalizeText } from '../text/normalize.js';
import type { Restating } from '../nlu/rephrase.js';
import { deriveDirectory } from '../organizations/derive.js';
import type { Directory } from '../organizations/directory.js';
import { checkDutyRows } from '../reminders/duties.js';
import type { Platform } from '../core/chat.js';
import { once } from '../text/once.js';
import { slipsOf } from './slips.js';
import { type Tools, tokenizerOf, calibrationKey, calibrationTools } from './resources.js';
import { withReadings, type OnReadings } from '../readings/index.js';
import { createTimers } from '../timers/index.js';

export type Progress = (what: string, done: number, total: number) => void;
type RowProgress = (done: number, total: number) => void;

export type Assistant = {
  /** Of the edition in force at the moment: a copy of the object (a spread) would keep the old one. */
  readonly knowledge: Knowledge;
  /** Builds what answers from the edition while the old one answers, then swaps in one step. */
  bringIntoForce(edition: Edition): Promise<void>;
  /** The same for the edition in force, after units of the directory are called otherwise. */
  rebuild(): Promise<void>;
  /** Reads slips of the input method as what was meant. */
  match: Matcher;
  handlers: Record<string, Handler>;
  timers: Record<string, TimerHandler>;
};

export type AssistantOptions = {
  rephrase?: Restating | null;
  onProgress?: Progress;
  /** Platforms that run; the terminal alone by default. */
  platforms?: ReadonlySet<Platform>;
  /** The knowledge folder takes over from an edition that was imported from files. */
  isFolderForced?: boolean;
  /** Names the code that reads lists, where it is known: what it has read before is not read again. */
  program?: string;
  /** What its rows are found by is kept for the next start. */
  isInForce?: boolean;
  /** Who is told names and posts of officials; bound people alone when absent. */
  contacts?: Contacts;
  /** Who may complain about enforcement; bound people alone when absent. */
  oversight?: 'bound' | 'all';
  /** Reads what is meant by a text as it stands; in this thread when absent. */
  match?: Matcher;
  /** Told what each message was read as. */
  onReadings?: OnReadings;
  /** Links by which people come to the bot. */
  inviteLinks?: (payload: string) => string[];
  /** Editions made and published in chat; absent over lists under evaluation. */
  editions?: EditionService;
};

/** All that answers from an edition. `isInForce`: what its rows are found by is kept for the next start. */
export function knowledgeOf(
  { calibration, guideCalibration, encoder, cacheOf, bank, partsOf }: Tools,
  edition: Edition,
  directory: Directory,
  { onProgress, isInForce = false }: { onProgress?: RowProgress | undefined; isInForce?: boolean } = {},
): Promise<Knowledge> {
  return createKnowledge({
    ...{ edition, directory, calibration, guideCalibration, encoder, bank },
    vectors: cacheOf('rows'),
    tokenize: tokenizerOf(directory, edition),
    ...(isInForce && { parts: partsOf(domainTerms(directory, edition.lists, edition.rows)) }),
    ...(onProgress && { onProgress }),
  });
}

/** An assistant over an edition that is given: lists under evaluation, or the one in force. */
export async function createAssistant(
  tools: Tools,
  edition: Edition,
  directory: Directory,
  options: AssistantOptions = {},
): Promise<Assistant> {
  const {
    rephrase = null,
    onProgress,
    platforms = new Set<Platform>(['console']),
    contacts,
    oversight,
    editions,
    inviteLinks,
  } = options;
  const { encoder, intents, model, calendar, policies, rules, duties, evaluationForm } = tools;
  let knowledge = await knowledgeOf(tools, edition, directory, {
    ...(onProgress && { onProgress: (done, total) => onProgress('清单', done, total) }),
    isInForce: options.isInForce ?? false,
  });
  // Most of a quarter of a second, which nobody waits for who says nothing.
  let slips = once(() => slipsOf(tools, knowledge));
  const embed = async (text: string) => (encoder ? encoder.embedQuery(text) : null);
  const precedents = createPrecedents(embed);
  const deps: HandlerDeps = {
    knowledge: () => knowledge,
    ...{ intents, rephrase, calendar, policies, rules, duties, precedents, platforms, evaluationForm },
    ...(contacts && { contacts }),
    ...(oversight && { oversight }),
    ...(editions && { editions }),
    ...(inviteLinks && { inviteLinks }),
    embed,
    async isDanger(text) {
      const said = normalizeText(text);
      return dangerIn(text, dangerScores(model, said, await embed(said)), tools.emergencies) !== null;
    },
    groupTexts: createGroupTexts(tools.cacheOf('notes')),
  };
  const handlers = createHandlers(deps);
  checkBinding(intents, handlers, REPLIES);
  let tail: Promise<unknown> = Promise.resolve();
  /** One after another: what takes longer must not put an older edition back. */
  const swap = (editionOf: () => Edition): Promise<void> => {
    const done = tail.then(async () => {
      const next = editionOf();
      knowledge = await knowledgeOf(tools, next, directoryFor(next, tools.directory));
      slips = once(() => slipsOf(tools, knowledge));
    });
    tail = done.catch(() => undefined);
    return done;
  };
  const asWritten = options.match ?? createMatcher({ intents, model, embed });
  const match = withoutSlips(asWritten, () => slips());
  return {
    get knowledge() {
      return knowledge;
    },
    bringIntoForce: (next) => swap(() => next),
    rebuild: () => swap(() => knowledge.edition),
    handlers: withReadings(handlers, { ...deps, match, speech: tools.speech }, options.onReadings),
    timers: createTimers(deps),
    match,
  };
}

/** The lists of the knowledge folder, published (or the last good edition with the reasons), and an assistant over them. */
export async function openAssistant(
  config: Config,
  tools: Tools,
  now: number,
  options: AssistantOptions = {},
): Promise<Assistant & { problems: string[] }> {
  const { edition, problems } = await openEdition({
    draft: await draftOf(config, tools, options.program ?? null),
    dataDir: config.dataDir,
    prebuiltDir: config.prebuiltDir,
    calibrationKey: calibrationKey(tools.calibration),
    now,
    expect: (checked) => expectFor(tools, checked, directoryFor(checked, tools.directory)),
    ...(options.isFolderForced && { isFolderForced: true }),
  });
  checkEdition(config, tools, edition.rows);
  const assistant = await createAssistant(tools, edition, directoryFor(edition, tools.directory), {
    ...options,
    isInForce: true,
  });
  const { matches } = assistant.knowledge.index;
  // Found out once: the next start reads them.
  if (matches && matches.key !== edition.matches?.key)
    await writeEdition(config.dataDir, { ...edition, matches }, calibrationKey(tools.calibration));
  return Object.assign(assistant, { problems });
}

/** Lists that this program has read before are not read again. */
async function draftOf(config: Config, tools: Tools, program: string | null): Promise<FolderLists> {
  const dir = join(config.knowledgeDir, 'lists');
  const read = () => readLists(dir, tools.directory);
  if (program === null) return read();
  const known = knownLists([dir, join(config.knowledgeDir, 'organizations')], program, tools.caches);
  const id = known.id();
  if (id !== null) return listsRead(id, read);
  const lists = read();
  await known.keep(lists);
  return lists;
}

/** @throws BotError 'DATA' when the county's own duties cite rows that are not there. */
export function checkEdition(config: Config, tools: Tools, rows: Row[]): void {
  // The program's own duties cite the sample county's lists: another county's are not measured by them.
  if (dirname(config.remindersDir) === config.knowledgeDir)
    checkDutyRows(config.remindersDir, tools.duties, rows);
}

/** The first lists of a county that has no directory yet bring its units. */
export function directoryFor(
  { lists, rows, aliases = [] }: Pick<Edition, 'lists' | 'rows' | 'aliases'>,
  own: Directory,
): Directory {
  const county = lists[0]?.scope.county;
  const directory = county && county !== own.county ? deriveDirectory(county, rows, own) : own;
  return aliases.length > 0 ? directory.withAliases(aliases) : directory;
}

/** The expected figures of an edition, from the calibration questions that taught neither encoder nor intents. */
export function expectFor(
  tools: Tools,
  draft: Pick<Edition, 'lists' | 'rows' | 'matches'>,
  directory: Directory,
  onProgress?: (done: number, total: number) => void,
) {
  return expectFigures(draft, tools.unseenMatters(), tools.outside(), tools.calibration, {
    ...calibrationTools(tools, tokenizerOf(directory, draft)),
    phrasingsOf: tools.phrasingsOf,
    ...(onProgress && { onProgress }),
  });
}
