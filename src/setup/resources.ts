/** What is loaded once and serves any edition, from the folders of the configuration. */
import { type Intent, loadIntents } from '../nlu/load.js';
import type { Directory } from '../organizations/directory.js';
import { type LiveDirectory, createLiveDirectory } from '../organizations/live.js';
import { type Emergencies, loadEmergencies } from '../nlu/emergencies.js';
import { type Calendar, loadCalendar } from '../calendar/calendar.js';
import { createLiveCalendar, type LiveCalendar } from '../calendar/follow.js';
import { type Policies, loadPolicies } from '../requests/policy.js';
import { type Form, loadForm } from '../evaluation/form.js';
import { type Rules, loadRules } from '../reminders/rules.js';
import { type Duty, loadDuties } from '../reminders/duties.js';
import { type Encoder, type LoadedEncoder, loadEncoder } from '../text/encoder.js';
import { FEATURES, type Calibration } from '../lists/decide.js';
import { type IntentModel, loadIntentModel } from '../nlu/model.js';
import { loadSpeechModels, type SpeechModels } from '../nlu/speech.js';
import { type VectorCache, createVectorCache } from '../text/vectors.js';
import type { CalibrationTools } from '../lists/calibration-samples.js';
import { Matter, OutsideMessage, SampleQuestion, teachesAsking } from '../lists/calibration-matters.js';
import { ServiceMatter } from '../lists/calibrate-guides.js';
import { BankMatter, readBank, type Bank } from '../lists/bank.js';
import { SPEECH_DIR, type Config } from '../config.js';
import type { Clock } from '../core/ports.js';
import { loadDirectorySource } from '../organizations/load.js';
import { join } from 'node:path';
import { readJsonLines, readCalibration } from '../lists/calibration-files.js';
import { BotError, errorText } from '../core/errors.js';
import { type Tokenizer, createTokenizer } from '../text/bm25.js';
import { PREPARED_MODEL } from './thread-file.js';
import { lookOf } from '../nlu/look.js';
import { matchExamples } from '../nlu/match.js';
import { createKeptParts, type KeptParts } from '../text/kept-part.js';
import type { FolderLists } from '../editions/folder.js';
import { domainTerms } from '../lists/knowledge.js';
import { createHash } from 'node:crypto';
import { makePrivateFolder } from '../files/private.js';
import { useParsed } from '../files/yaml.js';
import { accessSync, constants } from 'node:fs';

/** What is loaded once and serves any edition. */
export type Tools = {
  intents: Intent[];
  /** Of the files as they were read last, on the day that it is: see `liveDirectory`. */
  directory: Directory;
  liveDirectory: LiveDirectory;
  calendar: Calendar;
  liveCalendar: LiveCalendar;
  emergencies: Emergencies;
  policies: Policies;
  evaluationForm: Form | null;
  rules: Rules;
  duties: Duty[];
  encoder: Encoder | null;
  /** Why there is no encoder, for the operator; null when there is one. */
  encoderProblem: string | null;
  calibration: Calibration;
  /** Of the service guides; null where it was never fitted. */
  guideCalibration: Calibration | null;
  model: IntentModel;
  speech: SpeechModels;
  cacheOf: (name: string) => VectorCache | null;
  /** Folders of what is worked out once: the first one is written to, the others came with the program. */
  caches: readonly string[];
  /** Where what rows are found by is kept, by the words that they are cut to. */
  partsOf: (terms: readonly string[]) => KeptParts;
  /** What people say of standard matters; null without an encoder, or where no vectors are there for it. */
  bank: Bank | null;
  /** Read when they are asked for. */
  phrasingsOf: () => ReadonlyMap<string, string[]>;
  /** Taught the encoder nothing; some teach the intent model (`teachesAsking`). */
  matters: () => Matter[];
  /** Questions that taught neither. */
  unseenMatters: () => Matter[];
  outside: () => OutsideMessage[];
  /** What was asked of the sample county. */
  sampleQuestions: () => SampleQuestion[];
  /** What is asked of the sample guides, and services that no guide tells. */
  serviceQuestions: () => { matters: ServiceMatter[]; outside: OutsideMessage[] };
};

/** What YAML files were read as when the program was built. */
export const PARSED_FILE = 'yaml.json';

/** Coefficients for the service guides: beside the encoder, and for words alone. */
export const GUIDE_FILE = 'calibration-guides.json';
export const GUIDE_WORDS_FILE = 'words-guides.json';

/** @throws BotError 'DATA' when intents, organizations or calibration are broken. */
export async function loadTools(
  config: Config,
  {
    intentsDir,
    clock,
    openEncoder = (dir) => loadEncoder(dir, { prepared: PREPARED_MODEL }),
    isUncalibrated = false,
  }: {
    intentsDir: string;
    clock: Clock;
    /** In this thread when absent. */
    openEncoder?: (dir: string) => Promise<LoadedEncoder>;
    /** Before the coefficients are fitted: what is on disk is not looked at, and nothing may be decided. */
    isUncalibrated?: boolean;
  },
): Promise<Tools> {
  probeFolder(config.dataDir);
  useParsed(join(config.prebuiltDir, 'cache', PARSED_FILE));
  const { knowledgeDir, calibrationDir, encoderDir, dataDir, prebuiltDir } = config;
  const intents = loadIntents(intentsDir);
  const source = loadDirectorySource(join(knowledgeDir, 'organizations'));
  const liveDirectory = createLiveDirectory(source, clock);
  const { directory } = liveDirectory;
  const liveCalendar = createLiveCalendar(loadCalendar(config.calendarDir));
  const { calendar } = liveCalendar;
  const emergencies = loadEmergencies(config.emergenciesFile);
  const policies = loadPolicies(config.requestsDir);
  const evaluationForm = loadForm(join(knowledgeDir, 'evaluation', 'form.yaml'), directory.resolve);
  const rules = loadRules(config.remindersDir);
  const duties = loadDuties(config.remindersDir);
  let { encoder, reason: encoderProblem } = await openEncoder(encoderDir);
  const matters = () => readJsonLines(join(calibrationDir, 'matters.jsonl'), Matter);
  const unseenMatters = () => [
    ...matters().filter((m, i) => !teachesAsking(m, i)),
    ...readJsonLines(join(calibrationDir, 'matters-2.jsonl'), Matter),
  ];
  const outside = () => readJsonLines(join(calibrationDir, 'outside.jsonl'), OutsideMessage);
  const wordsFile = join(calibrationDir, 'words.json');
  const unfitted = isUncalibrated ? unfittedFor(encoder?.modelHash ?? 'words') : null;
  let calibration = unfitted ?? (encoder ? readCalibration(join(encoderDir, 'calibration.json')) : null);
  if (encoder && calibration?.modelHash !== encoder.modelHash) {
    encoderProblem = `语义模型(${encoderDir})尚未校准。处理办法:运行 npm run calibrate`;
    encoder = null;
    calibration = null;
  }
  calibration ??= readCalibration(wordsFile);
  const guides = encoder ? join(encoderDir, GUIDE_FILE) : join(calibrationDir, GUIDE_WORDS_FILE);
  const fitted = unfitted ? null : readCalibration(guides);
  const guideCalibration = fitted?.modelHash === (encoder?.modelHash ?? 'words') ? fitted : null;
  if (!calibration)
    throw new BotError('DATA', `${wordsFile}:读不到校准系数。处理办法:运行 npm run calibrate`);
  const folders = [join(dataDir, 'cache'), join(prebuiltDir, 'cache')];
  const cacheOf = encoder ? cachesOf(encoder, folders) : () => null;
  const bank = encoder ? readBank(bankFile(config, encoder.modelHash), encoder.modelHash) : null;
  const model = await loadIntentModel({
    intents,
    questions: matters()
      .filter(teachesAsking)
      .flatMap((m) => m.questions),
    danger: emergencies,
    encoder,
    vectors: cacheOf('intents'),
    folders,
  });
  return {
    ...{ intents, directory, liveDirectory, calendar, liveCalendar, emergencies, policies, rules, duties },
    evaluationForm,
    encoder,
    encoderProblem,
    calibration,
    guideCalibration,
    model,
    speech: await loadSpeechModels(SPEECH_DIR, intents, folders, { encoder, vectors: cacheOf('speech') }),
    cacheOf,
    caches: folders,
    partsOf: (terms) => createKeptParts([encoder?.modelHash ?? null, terms], folders),
    bank,
    phrasingsOf: () =>
      new Map(
        readJsonLines(join(config.phrasingsDir, 'bank.jsonl'), BankMatter).map((m) => [m.id, m.phrasings]),
      ),
    matters,
    unseenMatters,
    outside,
    sampleQuestions: () => readJsonLines(join(calibrationDir, 'asked.jsonl'), SampleQuestion),
    serviceQuestions: () => ({
      matters: readJsonLines(join(calibrationDir, 'services.jsonl'), ServiceMatter),
      outside: [
        ...readJsonLines(join(calibrationDir, 'services-outside.jsonl'), OutsideMessage),
        // Policy questions ask of services that the sample guides tell: they are none outside them.
        ...outside().filter(({ kind }) => kind !== 'policy'),
      ],
    }),
  };
}

/** Vectors of the bank lie beside it, one file an encoder. */
export const bankFile = ({ phrasingsDir }: Pick<Config, 'phrasingsDir'>, modelHash: string): string =>
  join(phrasingsDir, `vectors-${modelHash}.bin`);

export function calibrationTools(tools: Tools, tokenize: Tokenizer): CalibrationTools {
  const cache = tools.cacheOf('calibration');
  const rows = tools.cacheOf('rows');
  return {
    tokenize,
    directory: tools.directory,
    vectors: cache,
    rowVectors: rows,
    bank: tools.bank,
    look: (text, vector) => lookOf(matchExamples(tools.model, text, vector)),
  };
}

/** The last one: a dictionary takes a third of a second to load, and a draft wants the same one for its index and its figures. */
let lastTokenizer: { terms: string; tokenize: Tokenizer } | null = null;

export function tokenizerOf(directory: Directory, edition: Pick<FolderLists, 'lists' | 'rows'>): Tokenizer {
  const words = domainTerms(directory, edition.lists, edition.rows);
  const terms = words.join('\n');
  if (lastTokenizer?.terms !== terms) lastTokenizer = { terms, tokenize: createTokenizer(words) };
  return lastTokenizer.tokenize;
}

/** One of each name as long as somebody uses it: a county's vectors are read once a draft, not four times. */
function cachesOf(encoder: Encoder, folders: string[]): (name: string) => VectorCache {
  const kept = new Map<string, WeakRef<VectorCache>>();
  return (name) => {
    const known = kept.get(name)?.deref();
    if (known) return known;
    const cache = createVectorCache(encoder, name, folders);
    kept.set(name, new WeakRef(cache));
    return cache;
  };
}

export const calibrationKey = (calibration: Calibration): string =>
  createHash('sha256').update(JSON.stringify(calibration)).digest('hex').slice(0, 8);

function unfittedFor(modelHash: string): Calibration {
  const nothing = { mean: [], deviation: [], weights: [], bias: 0 };
  return {
    modelHash,
    features: [...FEATURES],
    best: nothing,
    amongThree: nothing,
    answerAt: 1,
    askAt: 1,
    own: { answerAt: 1, askAt: 1 },
  };
}

/** The first thing that fails on a wrong DATA_DIR should say so. */
function probeFolder(dir: string): void {
  try {
    makePrivateFolder(dir);
    accessSync(dir, constants.W_OK);
  } catch (cause) {
    throw new BotError(
      'CONFIG',
      `设置 DATA_DIR 有误:无法写入 ${dir}(${errorText(cause)})。请换一个目录或检查权限`,
      {
        cause,
      },
    );
  }
}
