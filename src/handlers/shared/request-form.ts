/** The fields of a draft as a form, and what was filled in. */
import type { Filled, Form, FormField } from '../../core/form.js';
import { isRestricted } from '../../core/request.js';
import { isTownshipUnit } from '../../organizations/names.js';
import type { RequestWorld } from '../../requests/effects.js';
import { fixedLeadOf } from '../../requests/routing.js';
import type { Draft } from '../../requests/moves.js';
import { unitField } from './move-form.js';
import { changeDraft, changeWantedAt, type DraftField } from './request-fields.js';
import type { Acting } from './requests.js';

export const DRAFT_FORM = 'form-draft';

export function draftForm(draft: Draft, { world, actor }: Pick<Acting, 'world' | 'actor'>): Form {
  const { texts } = world.policies[draft.kind];
  const words = (name: string, label: string, value: string) => ({
    ...{ kind: 'words' as const, name, label },
    ...(value && { value }),
  });
  return {
    id: DRAFT_FORM,
    fields: [
      { ...words('text', '内容', draft.text), isLong: true, isRequired: true },
      ...leadFields(draft, { world, actor }),
      words('place', '地点', draft.place),
      {
        ...{ kind: 'time', name: 'wanted', label: '希望何时前办好(不限的不填)' },
        ...(draft.wantedAt !== null && { value: draft.wantedAt }),
      },
      {
        ...{ kind: 'choice', name: 'urgency', label: '紧急程度', value: draft.urgency },
        options: [
          { label: '一般', value: 'normal' },
          { label: '紧急', value: 'urgent' },
        ],
      },
      ...(hasSupport(draft, world)
        ? [words('support', `${texts.support}单位`, draft.support.join('、'))]
        : []),
    ],
  };
}

const hasSupport = ({ kind }: Draft, { policies }: RequestWorld): boolean =>
  policies[kind].answeredBy !== 'list-office' && !isRestricted({ kind });

/** Where nobody else is chosen, nobody is asked. */
function leadFields(draft: Draft, { world, actor }: Pick<Acting, 'world' | 'actor'>): FormField[] {
  const { answeredBy, texts } = world.policies[draft.kind];
  const isFixed = fixedLeadOf(answeredBy, draft.text, actor.organization, world.directory) !== null;
  if (answeredBy === 'list-office' || isFixed) return [];
  const label = `${texts.lead}单位`;
  if (answeredBy === 'team')
    return [{ kind: 'words', name: 'lead', label, ...(draft.lead && { value: draft.lead }) }];
  const others = world.directory.organizations
    .map(({ name }) => name)
    .filter((name) => isTownshipUnit(name) !== (answeredBy === 'township') || name === actor.organization);
  const { isRequired: _all, ...field } = unitField('lead', label, world, {
    without: others,
    value: draft.lead,
  });
  return [field];
}

export type FilledDraft = { draft: Draft; problem?: { field: DraftField; text: string } };

/** The draft with what was filled in; the first that is wrong stays as it was. What was left out of the form is unchanged. */
export function fillDraft(draft: Draft, filled: Filled, { ctx, world, actor }: Acting): FilledDraft {
  const { urgency } = filled;
  let next: Draft = { ...draft, ...(urgency && { urgency: urgency === 'urgent' ? 'urgent' : 'normal' }) };
  let problem: FilledDraft['problem'];
  for (const field of ['text', 'lead', 'support', 'place', 'wanted'] as const) {
    const value = filled[field];
    if (value === undefined || value === written(next, field)) continue;
    const changed =
      field === 'wanted'
        ? changeWantedAt(next, Number(value), ctx.now)
        : changeDraft(next, field, { ...ctx, raw: value || NONE }, world, actor);
    if ('draft' in changed) next = changed.draft;
    else problem ??= { field, text: changed.problem };
  }
  return { draft: next, ...(problem && { problem }) };
}

/** Taken out of its field. */
const NONE = '无';

function written(draft: Draft, field: 'text' | 'lead' | 'support' | 'place' | 'wanted'): string {
  if (field === 'wanted') return String(draft.wantedAt);
  return field === 'support' ? draft.support.join('、') : draft[field];
}
