/** Compares what people saw with what they should have seen. Pure. */

export type Expected = {
  /** Key of the answer: `${update.id}#0`. */
  key: string;
  /** False for a click that the platform saw no acknowledgement of and does not give again: both ways are right. */
  isAccepted: boolean;
  /** An edit that is made twice looks like one. */
  isEdit: boolean;
  /** Positions of its answers in the order in which they appeared. */
  seenAt: number[];
  noteToken?: string;
};

export type Observed = {
  /** One list a chat, in the order in which the chat's updates were given. */
  chats: Expected[][];
  /** Keys that the bot reported. */
  uncertain: ReadonlySet<string>;
  /** Messages that nobody waited for. */
  strays: string[];
  notes: string[];
};

export type Verdict = {
  accepted: number;
  answered: number;
  lost: number;
  doubled: number;
  outOfOrder: number;
  /** Reported as uncertain: arrived once, not at all, more than once. */
  uncertainArrived: number;
  uncertainMissing: number;
  uncertainDoubled: number;
  unacknowledgedClicks: number;
  strays: number;
  notesLost: number;
  notesDoubled: number;
  /** One line each. */
  problems: string[];
};

export function judge({ chats, uncertain, strays, notes }: Observed): Verdict {
  const verdict: Verdict = {
    accepted: 0,
    answered: 0,
    lost: 0,
    doubled: 0,
    outOfOrder: 0,
    uncertainArrived: 0,
    uncertainMissing: 0,
    uncertainDoubled: 0,
    unacknowledgedClicks: 0,
    strays: strays.length,
    notesLost: 0,
    notesDoubled: 0,
    problems: strays.map((stray) => `stray: ${stray}`),
  };
  const problem = (field: 'lost' | 'doubled' | 'outOfOrder' | 'notesLost' | 'notesDoubled', key: string) => {
    verdict[field] += 1;
    verdict.problems.push(`${field}: ${key}`);
  };
  for (const chat of chats) {
    let latest = -1;
    for (const { key, isAccepted, isEdit, seenAt, noteToken } of chat) {
      const count = isEdit ? Math.min(seenAt.length, 1) : seenAt.length;
      const isUncertain = uncertain.has(key);
      if (isAccepted) verdict.accepted += 1;
      else verdict.unacknowledgedClicks += 1;
      if (count > 0) verdict.answered += 1;
      if (isUncertain && count === 1) verdict.uncertainArrived += 1;
      if (isUncertain && count === 0) verdict.uncertainMissing += 1;
      if (isUncertain && count > 1) verdict.uncertainDoubled += count - 1;
      if (!isUncertain && count === 0 && isAccepted) problem('lost', key);
      for (let extra = 1; !isUncertain && extra < count; extra += 1) problem('doubled', key);
      const first = seenAt[0];
      if (first !== undefined && first < latest) problem('outOfOrder', key);
      latest = Math.max(latest, first ?? -1);
      if (noteToken === undefined) continue;
      const kept = notes.filter((note) => note.endsWith(noteToken)).length;
      if (kept === 0) problem('notesLost', key);
      for (let extra = 1; extra < kept; extra += 1) problem('notesDoubled', key);
    }
  }
  return verdict;
}

/** What may not happen; what is uncertain was reported and is not held against the bot. */
export function isFailed(verdict: Verdict): boolean {
  const { lost, doubled, outOfOrder, strays, notesLost, notesDoubled } = verdict;
  return lost + doubled + outOfOrder + strays + notesLost + notesDoubled > 0;
}
