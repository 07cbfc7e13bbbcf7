/** 提请裁定, 裁定 with its correction and withdrawal, the admission of a 交办, and the leave of one's own leaders. */
import { noteVerdict, replyText } from '../core/effects.js';
import type { Request, Ruling } from '../core/request.js';
import type { Context, Effect, Handler } from '../core/types.js';
import { decidedOf } from '../editions/remarks.js';
import { createAct, type MoveSpec, type Said } from './shared/move.js';
import { byWords, needs, nothing, reasonBeside } from './shared/act-words.js';
import { unitField, wordsField } from './shared/move-form.js';
import { remark, remarkText, type HandlerDeps } from './deps.js';
import { parseRuling } from '../nlu/ruling.js';
import type { RequestWorld } from '../requests/effects.js';

const askRuling: MoveSpec = {
  move: 'ask-ruling',
  isMeant: byWords('req-ask-ruling', /^(申请|提请)裁定/),
  missing: needs('请写明争议所在,供编办裁定。'),
  make: (said, { assignment }) => ({
    kind: 'ask-ruling',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已提请编办裁定。',
};

/** Says no more than the move. */
const AGREED = /^(?:我|本镇|镇里)?(?:同意|准予|批准|准了|批了|可以)(?:上报|报)?[吧了。!\uff01\s]*$/;

const approve: MoveSpec = {
  move: 'approve',
  isMeant: byWords('req-approve', /^(?:同意|批准|准予)上报/),
  missing: nothing,
  make: (said) => {
    const text = said.text.trim().replace(AGREED, '');
    return { kind: 'approve', ...(text && { text }) };
  },
  done: '已同意上报,已送承办单位。',
};

const refuseApproval: MoveSpec = {
  move: 'refuse-approval',
  isMeant: byWords('req-no-approve', /^(?:不同意|不予|不准)上报/),
  missing: needs('请写明不同意上报的理由。'),
  make: (said) => ({ kind: 'refuse-approval', reason: said.text.trim() }),
  done: '已答复不同意上报,本件没有送出。',
};

const admit: MoveSpec = {
  move: 'admit',
  isMeant: byWords('req-admit', /^(准予|同意)交办/),
  missing: nothing,
  make: (said, { assignment }) => ({
    kind: 'admit',
    ...(said.text.trim() && { text: said.text.trim() }),
    ...(assignment && { assignment }),
  }),
  done: '已准予交办。',
};

const refuseAdmission: MoveSpec = {
  move: 'refuse-admission',
  isMeant: byWords('req-no-admit', /^(不予|不准|不同意)交办/),
  missing: needs('请写明不予交办的理由。'),
  make: (said, { assignment }) => ({
    kind: 'refuse-admission',
    reason: said.text.trim(),
    ...(assignment && { assignment }),
  }),
  done: '已答复不予交办。',
};

const rulingIn = (text: string, { directory, policies }: RequestWorld) =>
  parseRuling(text, directory.mentions, policies.ruling.listOffice);

/** What was said, else what the 编办 answered the question, where that names who leads. */
function textOf({ text }: Said, { kind, events }: Request, world: RequestWorld): string {
  const answered = events.findLast((event) => event.kind === 'answered')?.text ?? '';
  const isKnown = kind === 'inquiry' && text.trim() === '' && rulingIn(answered, world).lead !== '';
  return isKnown ? answered : text.trim();
}

const rule: MoveSpec = {
  move: 'rule',
  isMeant: () => true,
  missing: (said, { world, request }) => {
    const text = textOf(said, request, world);
    const { lead, support, denied, others } = rulingIn(text, world);
    const chosen = said.filled?.['lead'];
    if (chosen !== undefined && world.directory.resolve(chosen) !== lead)
      return '所选的主办单位与说明中写的不一致,请核对后重新填写。';
    if (lead !== '') return reasonBeside(text, world) ? null : '请写明裁定的理由和依据。';
    const named = [...support, ...denied, ...others].length > 0;
    return named
      ? '没有看清由哪一个单位主办。请写成“由某单位主办,某单位协办”,并写明理由和依据。'
      : '请写明由哪个单位主办、哪些单位协办,以及理由和依据。';
  },
  make: (said, { world, request, assignment }) => {
    const text = textOf(said, request, world);
    const { lead, support } = rulingIn(text, world);
    return { kind: 'rule', lead, support, text, ...(assignment && { assignment }) };
  },
  form: {
    fields: ({ text, world }) => [
      unitField('lead', '主办单位', world),
      { kind: 'words', name: 'support', label: '协办单位(没有的不填)' },
      wordsField(text, '理由和依据'),
    ],
    wordsOf: ({ lead = '', support = '', text = '' }) =>
      `由${lead}主办${support ? `,${support}协办` : ''}。${text}`,
  },
  done: '已裁定。',
};

/** The units of a ruling, read as those of a first one are. */
const correct: MoveSpec = {
  move: 'correct-ruling',
  isMeant: byWords('req-correct-ruling', /^(更正|变更|修改)裁定/),
  missing: rule.missing,
  ...(rule.form && { form: rule.form }),
  make: (said, { world }) => {
    const { lead, support } = rulingIn(said.text, world);
    return { kind: 'correct-ruling', lead, support, text: said.text.trim() };
  },
  done: '已更正裁定,以后的答复按更正后的裁定引用。',
};

const withdraw: MoveSpec = {
  move: 'withdraw-ruling',
  isMeant: byWords('req-withdraw-ruling', /^(撤销|撤回|收回)裁定/),
  missing: needs('请写明撤销裁定的理由。'),
  make: (said) => ({ kind: 'withdraw-ruling', reason: said.text.trim() }),
  done: '裁定已撤销,不再作为先例。',
};

/** 清单应补充: said of what a ruling finds missing in the lists. */
const IS_MISSING =
  /清单(?:应|需要?|要|应当|宜)?(?:予以)?(?:补充|增补|补列|补入|增加|增列|列明)|(?:列入|补入|增列入|写入|纳入)清单/;

/** Characters of a row's matter. */
const MATTER_MAX = 60;

export function createRuleRequest(deps: HandlerDeps): Handler {
  const act = createAct(deps, 'rule_request', [
    refuseApproval,
    approve,
    refuseAdmission,
    admit,
    askRuling,
    correct,
    withdraw,
    rule,
  ]);
  return async (ctx) => {
    const effects = await act(ctx);
    const rows = effects.flatMap((effect) =>
      effect.kind === 'ruling' ? [missingRow(effect.ruling, deps, ctx)] : [],
    );
    return [...effects, ...(await Promise.all(rows)).flat()];
  };
}

/**
 * What a ruling finds missing becomes a draft row with the units that it names: for the 编办 to complete. It follows the ruling:
 * a correction changes its units, and it goes when the ruling is withdrawn.
 */
async function missingRow(
  { request, matter, lead, support, text, isWithdrawn }: Ruling,
  deps: HandlerDeps,
  { read }: Context,
): Promise<Effect[]> {
  const question = remarkText(deps, `清单应补充:${matter}(裁定 ${request})`);
  const isDrafted = decidedOf(await read.listNotes()).some(
    ({ questions, verdict }) => questions.includes(question) && verdict.kind === 'new-row',
  );
  if (isWithdrawn === true)
    return isDrafted
      ? [noteVerdict([question], { kind: 'rejected' }), replyText('随裁定起草的清单新事项已一并撤回。')]
      : [];
  if (!isDrafted && !IS_MISSING.test(text)) return [];
  const listId = deps.knowledge().edition.lists.find(({ kind }) => kind === 'territorial')?.id ?? '';
  const row = {
    listId,
    matter: matter.replace(/\s+/g, '').slice(0, MATTER_MAX),
    phrasings: [],
    lead,
    support,
  };
  return [
    ...(isDrafted ? [] : [remark(deps, 'no-row', question, [])]),
    noteVerdict([question], { kind: 'new-row', ...row }),
    replyText(
      isDrafted
        ? '清单新事项的草稿已按更正后的裁定修改。'
        : '已按裁定起草清单新事项,请在清单文件中补全职责和依据后导入;未完善的不会发布。',
    ),
  ];
}
