/** Changes of a draft that were said in words, several in one sentence. */
import type { DraftChange } from '../../nlu/draft-words.js';
import { requestKindOf } from '../../nlu/request-kinds.js';
import type { Draft } from '../../requests/moves.js';
import { changeDraft, type DraftField } from './request-fields.js';
import type { Acting } from './requests.js';

export type Changed = { draft: Draft } | { problem: string; field?: DraftField };

export function changeAll(draft: Draft, changes: DraftChange[], acting: Acting): Changed {
  let changed: Changed = { draft };
  for (const change of changes) {
    if ('problem' in changed) return changed;
    changed = changeOne(changed.draft, change, acting);
  }
  return changed;
}

/** Another kind may be answered by other units. */
export const unitsFor = (
  kind: Draft['kind'],
  draft: Draft,
  { policies }: Acting['world'],
): Partial<Pick<Draft, 'lead' | 'support'>> =>
  policies[kind].answeredBy === policies[draft.kind].answeredBy ? {} : { lead: '', support: [] };

function changeOne(draft: Draft, { field, value }: DraftChange, { ctx, world, actor }: Acting): Changed {
  const said = { ...ctx, raw: value };
  const as = (name: DraftField): Changed => {
    const changed = changeDraft(draft, name, said, world, actor);
    return 'problem' in changed ? { ...changed, field: name } : changed;
  };
  switch (field) {
    case 'kind': {
      const kind = requestKindOf(value, value);
      return { draft: { ...draft, ...unitsFor(kind, draft, world), kind } };
    }
    case 'urgency':
      return { draft: { ...draft, urgency: value } };
    case 'swap': {
      const [wrong = '', right = ''] = value.split('→');
      const isThere = [draft.text, draft.place].some((it) => it.includes(wrong));
      if (!isThere)
        return {
          problem: `草稿里没有“${wrong}”。请写明改哪一项,例如:内容改为……、地点改为……。`,
          field: 'text',
        };
      const swap = (it: string): string => it.replaceAll(wholeName(it, wrong, right), () => right);
      return { draft: { ...draft, text: swap(draft.text), place: swap(draft.place) } };
    }
    case 'name': {
      const wrong = calledAlike(value, draft);
      if (wrong === null)
        return {
          problem: '没有找到要改的名称。请写明改哪一项,例如:内容改为……、地点改为……。',
          field: 'text',
        };
      return changeOne(draft, { field: 'swap', value: `${wrong}→${value}` }, { ctx, world, actor });
    }
    case 'more-text':
      return { draft: { ...draft, text: [draft.text, value].filter(Boolean).join(';') } };
    case 'more-support': {
      const changed = as('support');
      if ('problem' in changed) return changed;
      return { draft: { ...draft, support: [...new Set([...draft.support, ...changed.draft.support])] } };
    }
    case 'alone': {
      const changed = as('lead');
      return 'problem' in changed ? changed : { draft: { ...changed.draft, support: [] } };
    }
    case 'less-support': {
      // 配合单位去掉吧: those whom the message names beside it, else all.
      const named = world.directory.mentions(value || ctx.raw).map(({ unit }) => unit);
      if (value === '' && !draft.support.some((unit) => named.includes(unit)))
        return { draft: { ...draft, support: [] } };
      return { draft: { ...draft, support: draft.support.filter((unit) => !named.includes(unit)) } };
    }
    case 'lead': {
      const { lead } = draft;
      // Another row may be the other unit's; the old lead is not a supporter.
      const changed = as('lead');
      if ('problem' in changed) return changed;
      const support = changed.draft.support.filter((unit) => unit !== lead);
      return { draft: { ...changed.draft, support } };
    }
    case 'place': {
      const changed = as('place');
      const isOfText = draft.place.length > 1 && draft.text.includes(draft.place);
      if ('problem' in changed || !isOfText || !PLACE_WRONG.test(ctx.raw) || changed.draft.place === '')
        return changed;
      // 地方写错了,是岭头小学: it is as wrong where it stands in what was told.
      const text = draft.text.replaceAll(draft.place, () => changed.draft.place);
      return { draft: { ...changed.draft, text } };
    }
    default:
      return as(field);
  }
}
const PLACE_WRONG = /(?:地点|位置|地方|地址)(?:我|都|给)?(?:写|填|弄|搞|说|报|打)?(?:错|不对)/;

/** 不是湖滨 是东湖第二幼儿园, of 湖滨幼儿园; 不是西河桥 是南沟桥头, of 西河桥头: the end of the name is not written twice. */
function wholeName(said: string, wrong: string, right: string): string {
  for (let at = 1; at < right.length; at++) {
    const name = `${wrong}${right.slice(at)}`;
    if (said.includes(name)) return name;
  }
  return wrong;
}

/** The name there that ends as this one does and is as long: 石门桥, for 石岭桥. */
function calledAlike(name: string, { place, text }: Draft): string | null {
  const end = name.at(-1) ?? '';
  for (const said of [place, text])
    for (let at = said.indexOf(end); at >= 0; at = said.indexOf(end, at + 1)) {
      const found = said.slice(at + 1 - name.length, at + 1);
      if (at + 1 >= name.length && /^[\u4e00-\u9fff]+$/.test(found)) return found;
    }
  return null;
}
