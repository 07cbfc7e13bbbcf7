/** What people marked as wrong or missing, put together by meaning, for the list office to decide on. */
import type { GroupTexts } from './clusters.js';
import type { Verdict, Note } from '../core/note.js';

/** A verdict that stands, on these questions. */
export type Decided = { questions: string[]; verdict: Verdict; at: number; edition: string };

/** One message: `rows` are `list/number`. `said` is the correction that was written. */
type Remark = {
  question: string;
  said: string;
  topic: Note['topic'];
  rows: string[];
  at: number;
  unit?: string;
};

export type Cluster = {
  /** Different ones, the most frequent first. */
  questions: string[];
  /** Messages. */
  count: number;
  topics: Partial<Record<Note['topic'], number>>;
  /** Rows that people chose themselves, `list/number`, the most frequent first. */
  chosen: { row: string; count: number }[];
  /** Corrections in people's own words. */
  said: string[];
  /** Who leads a row instead, as people said, the most frequent first. */
  units: { row: string; unit: string; count: number }[];
};

/** A person presses soon after the answer, if at all. */
const PRESSED_WITHIN_MS = 60 * 60_000;

/** The newest different questions that are put together at once: more would hold up the answers to others. */
const MAX_QUESTIONS = 600;

const ARROW = ' ⇒ ';

/** Verdicts that were not taken back, oldest first. */
export function decidedOf(notes: readonly Note[]): Decided[] {
  const standing = new Map<string, Decided>();
  for (const { verdict, text, at, edition } of notes) {
    if (!verdict) continue;
    standing.delete(text);
    if (verdict.kind !== 'withdrawn')
      standing.set(text, { questions: text.split('\n'), verdict, at, edition });
  }
  return [...standing.values()];
}

/** Remarks on which there is no verdict. What people say again of a later edition counts anew, unless it was turned down. */
export function pendingRemarks(notes: readonly Note[]): Remark[] {
  const decided = new Map(decidedOf(notes).flatMap((it) => it.questions.map((q) => [q, it] as const)));
  const isSettled = (question: string, note: Note): boolean => {
    const found = decided.get(question);
    if (!found) return false;
    return found.verdict.kind === 'rejected' || note.at <= found.at || note.edition === found.edition;
  };
  return notes.flatMap((note, i): Remark[] => {
    const { topic, text, at, rows, unit } = note;
    if (topic === 'verdict' || isSuperseded(note, notes, i)) return [];
    const [first = '', ...rest] = topic === 'wrong-answer' ? text.split(ARROW) : [text];
    const said = rest.join(ARROW).trim();
    const question = first.trim() || said;
    if (question === '' || isSettled(question, note)) return [];
    const keys = rows.map((ref) => ref.split('/').slice(1).join('/'));
    return [{ question, said, topic, at, rows: keys, ...(unit && { unit }) }];
  });
}

/** One message leaves two notes where its sender presses a button of the answer afterwards: the later one says more. */
function isSuperseded(note: Note, notes: readonly Note[], at: number): boolean {
  const later =
    note.topic === 'unanswered' ? 'no-row' : note.topic === 'not-this-row' ? 'chosen-instead' : null;
  if (later === null) return false;
  for (const next of notes.slice(at + 1)) {
    if (next.at - note.at > PRESSED_WITHIN_MS) return false;
    if (next.topic === later && next.text === note.text) return true;
  }
  return false;
}

/** The largest group first, then the one that was spoken of first. */
export async function clusterRemarks(remarks: readonly Remark[], group: GroupTexts): Promise<Cluster[]> {
  const byQuestion = new Map<string, Remark[]>();
  for (const remark of remarks) {
    const same = byQuestion.get(remark.question);
    if (same) same.push(remark);
    else byQuestion.set(remark.question, [remark]);
  }
  const questions = [...byQuestion.keys()].slice(-MAX_QUESTIONS);
  const groups = await group(questions);
  return groups
    .map((positions) => clusterOf(positions.map((at) => byQuestion.get(questions[at] ?? '') ?? [])))
    .sort((a, b) => b.count - a.count);
}

function clusterOf(parts: Remark[][]): Cluster {
  const remarks = parts.flat();
  const topics: Cluster['topics'] = {};
  const chosen = new Map<string, number>();
  const units = new Map<string, Cluster['units'][number]>();
  for (const { topic, rows, unit } of remarks) {
    topics[topic] = (topics[topic] ?? 0) + 1;
    const [row] = rows;
    if (unit && row) {
      const key = `${row} ${unit}`;
      units.set(key, { row, unit, count: (units.get(key)?.count ?? 0) + 1 });
    }
    if (topic === 'chosen-instead' && row) chosen.set(row, (chosen.get(row) ?? 0) + 1);
  }
  return {
    questions: [...parts].sort((a, b) => b.length - a.length).flatMap(([first]) => first?.question ?? []),
    count: remarks.length,
    topics,
    chosen: [...chosen].map(([row, count]) => ({ row, count })).sort((a, b) => b.count - a.count),
    said: [...new Set(remarks.map(({ said }) => said).filter(Boolean))],
    units: [...units.values()].sort((a, b) => b.count - a.count),
  };
}

const TOPIC_WORDS: [Note['topic'], string][] = [
  ['unanswered', '清单未列明'],
  ['no-row', '没有合适的事项'],
  ['not-this-row', '不是所答的事项'],
  ['wrong-answer', '指出答复有误'],
];

/** `12 条相近的问题,例如“…”:清单未列明 8 条,常选定第36项 4 条`. `nameOf` names a row, or null where it is gone. */
export function clusterLine(cluster: Cluster, nameOf: (row: string) => string | null): string {
  const { count, questions, topics, chosen } = cluster;
  const parts = TOPIC_WORDS.flatMap(([topic, words]) =>
    topics[topic] ? [`${words} ${topics[topic]} 条`] : [],
  );
  for (const { row, count: times } of chosen.slice(0, 2))
    parts.push(`常被改选为${nameOf(row) ?? '已不在清单中的事项'} ${times} 条`);
  for (const { row, unit, count: times } of cluster.units.slice(0, 2))
    parts.push(`建议${nameOf(row) ?? '已不在清单中的事项'}改由${unit}负责 ${times} 条`);
  return `${count} 条相近的问题,例如“${questions[0] ?? ''}”:${parts.join(',')}`;
}
