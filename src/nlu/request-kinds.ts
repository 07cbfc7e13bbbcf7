/** How people name each kind of request. What a kind allows is data: `knowledge/requests/<kind>.yaml`. */
import type { RequestKind } from '../core/request.js';

type Words = {
  /** The word that a message begins with. */
  commands: string[];
  /** In a sentence; null for the kind that is meant unless the sentence says otherwise. */
  words: RegExp | null;
};

/** A sentence that names two is of the first. */
const REQUEST_KIND_WORDS: Record<RequestKind, Words> = {
  consent: { commands: ['征求意见'], words: /征求意见|征求.{0,6}意见|征得.{0,6}同意/ },
  ruling: { commands: ['申请裁定', '提请裁定'], words: /裁定|裁决|明确(?:责任|归属|由谁)|界定责任/ },
  confer: { commands: ['会商'], words: /会商|联合研判|共同研究|联席/ },
  dispatch: {
    commands: ['调度', '执法调度'],
    words: /执法调度|(?:执法|综合执法|城管|派出|司法|市监|自规)(?:中队|队|所)|调度.{0,6}(?:中队|执法|所)/,
  },
  task: { commands: ['交办'], words: /交办/ },
  advice: { commands: ['建议'], words: /建议(?!书)/ },
  call: { commands: ['呼叫'], words: null },
};
const KINDS = Object.entries(REQUEST_KIND_WORDS) as [RequestKind, Words][];

/** The command word decides where it names a kind, else the words of the sentence, else it is 呼叫. */
export const requestKindOf = (command: string, text: string): RequestKind =>
  KINDS.find(([, { commands }]) => commands.includes(command))?.[0] ??
  KINDS.find(([, { words }]) => words?.test(text))?.[0] ??
  'call';
