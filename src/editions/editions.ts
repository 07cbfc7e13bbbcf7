/** The service of the 编办: files in, draft editions, approval, publishing, the way back. All that chat does to editions on disk. */
import type { Edition, List, Person, Row } from '../core/domain.js';
import { BotError } from '../core/errors.js';
import {
  approveDraft,
  draftOfPrevious,
  listDrafts,
  loadDraft,
  publishDraft,
  type StoredDraft,
} from './drafts.js';
import { loadMemory, remapOf, remember } from './import/memory.js';
import type { FileReading } from './import/read-file.js';
import {
  dropKeptFile,
  isKeptFor,
  keepFile,
  lastKeptFile,
  loadKeptFile,
  type KeptFile,
  type Remarks,
} from './kept-files.js';
import { contentOf, listPublished, type PublishedList } from './listed.js';
import { makeDraft, type DraftReport, type EditionTools } from './make-draft.js';
import {
  createPhrasingService,
  type MakeDraft,
  type PhrasingService,
  type PhrasingsTaken,
} from './phrasings/service.js';
import { editionFile, readEdition, readPointer } from './published.js';
import type { Note } from '../core/note.js';

/** `account`: `platform:id`. */
type By = { by: string; account?: string; now: number };
/** `drafts`: those that were made from the edition in force, newest first. */
export type EditionList = PublishedList & { drafts: StoredDraft[] };

/** How far a draft is: texts embedded, since when (ms), or then questions asked again. */
export type DraftProgress = { what: string; done: number; total: number; begunAt?: number };

export type EditionService = {
  /** Of the county's own directory, also while lists that brought their own units are in force. */
  readonly people: readonly Person[];
  list(): EditionList;
  /** A published edition or a draft; 现行 or `current` is the one in force. @throws BotError 'DATA' */
  content(id: string): { id: string; isDraft: boolean; lists: List[]; rows: Row[] };
  /** @throws BotError 'DATA' when there is none of that id. */
  draft(id: string): StoredDraft;
  /** Reads a file as the command line does and keeps it; nothing is changed. */
  preview(
    file: Pick<KeptFile, 'name' | 'bytes' | 'remarks'>,
    by: By,
  ): Promise<{ id: string; reading: FileReading }>;
  /** Reads the file that a person sent last again with these remarks added. @throws BotError 'DATA' when there is none. */
  previewAgain(remarks: Remarks, by: By): Promise<{ id: string; reading: FileReading }>;
  /** Nothing for a file that somebody else sent. */
  drop(fileId: string, by: string): Promise<void>;
  /** @throws BotError 'DATA' when the file is not kept any more, is somebody else's, or has problems. */
  makeDraft(fileId: string, by: By, notes?: Note[]): Promise<DraftReport>;
  /** Of a draft that this process makes at the moment of a file; null when it makes none. */
  progressOf(fileId: string): DraftProgress | null;
  phrasings: Pick<PhrasingService, 'canGenerate' | 'batches'> & {
    /** Checks what a model answered and makes a draft of what is taken. @throws BotError 'DATA' */
    take(file: Pick<KeptFile, 'name' | 'bytes'>, by: By, notes: Note[]): Promise<PhrasingsTaken>;
    generate(by: By, notes: Note[]): Promise<PhrasingsTaken>;
  };
  /** Approves and publishes; repeating it changes nothing more. @throws BotError 'DATA' or 'CONFLICT', and nothing changed. */
  publish(id: string, by: By): Promise<Edition>;
  /** The edition before as a draft, for a second person. @throws BotError 'DATA' when there is none. */
  takeBack(by: By): Promise<StoredDraft>;
};

export function createEditionService(tools: EditionTools): EditionService {
  const { dataDir, directory } = tools;
  const underWay = new Map<string, DraftProgress>();
  let tail: Promise<unknown> = Promise.resolve();
  /** One change at a time: a draft is made of the edition that is in force then. */
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = tail.then(task, task);
    tail = done.catch(() => undefined);
    return done;
  };

  const read = async ({ name, bytes, remarks }: KeptFile): Promise<FileReading> => {
    const { readListFile } = await import('./import/read-file.js');
    const { kind, stated, corrections } = remarks;
    return readListFile(name, bytes, {
      ...(kind && { kind }),
      ...(stated.title && { title: stated.title }),
      ...(stated.scope && { scope: stated.scope }),
      directory,
      remap: remapOf(corrections, loadMemory(dataDir), stated.issuer),
    });
  };
  const currentEdition = (): Edition => {
    const id = readPointer(dataDir)?.id ?? '';
    const stored = readEdition(editionFile(dataDir, id));
    if (!stored) throw new BotError('DATA', '读不到现行版次。处理办法:请管理员检查 DATA_DIR。');
    return stored.edition;
  };

  const phrasings = createPhrasingService(tools, () => contentOf(dataDir, 'current'));
  /** Asking and checking takes minutes: only the draft waits its turn. */
  const draftWith =
    ({ by, account, now }: By, notes: Note[]): MakeDraft =>
    (from, files) =>
      inTurn(() =>
        makeDraft(tools, {
          ...{ readings: [], stated: {}, current: currentEdition(), from, files, by, now, notes },
          ...(account && { account }),
        }),
      );

  return {
    phrasings: {
      canGenerate: phrasings.canGenerate,
      batches: (by) => phrasings.batches(by),
      take: (file, by, notes) => phrasings.take(file, by, draftWith(by, notes)),
      generate: (by, notes) => phrasings.generate(by, draftWith(by, notes)),
    },
    // Asked for at each use: people come and go while the process runs.
    get people() {
      return directory.people;
    },
    list() {
      const published = listPublished(dataDir);
      const { current } = published;
      const drafts = listDrafts(dataDir).filter(({ id, base }) => base === current && id !== current);
      return { ...published, drafts };
    },
    content: (id) => contentOf(dataDir, id),
    draft: (id) => loadDraft(dataDir, id),
    async preview({ name, bytes, remarks }, { by, now }) {
      const kept = await keepFile(dataDir, { name, by, bytes, remarks }, now);
      return { id: kept.id, reading: await read(kept) };
    },
    async previewAgain({ kind, stated, corrections }, { by, now }) {
      const last = lastKeptFile(dataDir, by);
      if (!last) throw new BotError('DATA', '没有待导入的文件。处理办法:请先发送文件。');
      const remarks = {
        ...last.remarks,
        ...(kind && { kind }),
        stated: { ...last.remarks.stated, ...stated },
        corrections: { ...last.remarks.corrections, ...corrections },
      };
      const kept = await keepFile(dataDir, { ...last, remarks }, now);
      return { id: kept.id, reading: await read(kept) };
    },
    async drop(fileId, by) {
      if (isKeptFor(dataDir, fileId, by)) await dropKeptFile(dataDir, fileId);
    },
    progressOf: (fileId) => underWay.get(fileId) ?? null,
    makeDraft: (fileId, { by, account, now }, notes = []) =>
      inTurn(async () => {
        const tell = (progress: DraftProgress): unknown => underWay.set(fileId, progress);
        const kept = loadKeptFile(dataDir, fileId, by);
        const reading = await read(kept);
        if (reading.problems.length > 0)
          throw new BotError('DATA', '文件有问题,未作任何更改。处理办法:请改正后重新发送。');
        const { stated, corrections } = kept.remarks;
        const report = await makeDraft(tools, {
          ...{ readings: [reading], stated, current: currentEdition(), by, now, notes },
          onIndexing: (done, total) => tell({ what: '计算语义', done, total, begunAt: now }),
          onExpecting: (done, total) => tell({ what: '预计答复', done, total }),
          onAsking: (done, total) => tell({ what: '重问已存问题', done, total }),
          ...(account && { account }),
        }).finally(() => underWay.delete(fileId));
        if (Object.keys(corrections).length > 0)
          for (const { issuer, table } of reading.lists)
            if (stated.issuer ?? issuer)
              await remember(dataDir, stated.issuer ?? issuer, [table.header], corrections);
        return report;
      }),
    publish: (id, { now, ...who }) =>
      inTurn(async () => {
        await approveDraft(dataDir, id, { ...who, now });
        return publishDraft(dataDir, id, { calibrationKey: tools.calibrationKey, now, check: tools.check });
      }),
    takeBack: (who) => inTurn(() => draftOfPrevious(dataDir, who)),
  };
}
